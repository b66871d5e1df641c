//! Attributes: which are kept, and what of their values.

use super::*;

#[test]
fn judges_names_of_a_pattern_as_if_they_were_listed() {
    let policy = Policy { id_prefix: "u-".into(), ..small("p", &[("*", "aria-* data-*")]) };
    assert_eq!(
        clean_by(
            policy,
            "<p aria-labelledby=x aria-label='a b' data-a=1 data-\"x=2 data-é=3 data=4>"
        ),
        "<p aria-labelledby=\"u-x\" aria-label=\"a b\" data-a=\"1\"></p>"
    );
}

#[test]
fn writes_values_in_the_spelling_of_the_policy() {
    let values = [("a".into(), [("target".into(), strings("_blank _self"))].into())].into();
    let policy = Policy { values, ..small("a", &[]) };
    let html = "<a target=_BLANK>1</a><a target=_self>2</a><a target=_top>3</a><a target>4</a>";
    let safe = "<a target=\"_blank\">1</a><a target=\"_self\">2</a><a>3</a><a>4</a>";
    assert_eq!(clean_by(policy, html), safe);
}

#[test]
fn judges_listed_values_of_urls_as_urls() {
    let values = [("a".into(), [("href".into(), strings("javascript:x /y"))].into())].into();
    let policy = Policy { values, ..small("a", &[]) };
    assert_eq!(
        clean_by(policy, "<a href=javascript:x>1</a><a href=/y>2</a>"),
        "<a>1</a><a href=\"/y\">2</a>"
    );
}

#[test]
fn judges_each_url_of_a_list() {
    let policy = small("a img", &[("a", "ping"), ("img", "attributionsrc srcset")]);
    for (html, safe) in [
        ("<a ping='/a https://b.example/'></a>", "<a ping=\"/a https://b.example/\"></a>"),
        ("<a ping='/a javascript:x'></a>", "<a></a>"),
        ("<a ping=''></a>", "<a></a>"),
        ("<img attributionsrc='ftp://x/'>", "<img>"),
        ("<img srcset='a 1x, javascript:x 2x, b 640w, c'>", "<img srcset=\"a 1x, b 640w, c\">"),
        ("<img srcset='a 1q'>", "<img>"),
        ("<img srcset='\u{1} 1x'>", "<img>"),
        ("<img srcset=',,'>", "<img>"),
        ("<img srcset='a,b 1x,c'>", "<img srcset=\"a,b 1x, c\">"),
    ] {
        assert_eq!(clean_by(policy.clone(), html), safe, "{html}");
    }
}

#[test]
fn keeps_classes_by_name_and_prefix() {
    let classes = [("*".into(), strings("note lang-*"))].into();
    let policy = Policy { classes, ..small("p", &[]) };
    let html = "<p class='note evil lang-rust lang'>1<p class=evil>2<p class=' \u{c}note\t'>3";
    let safe = "<p class=\"note lang-rust\">1</p><p>2</p><p class=\"note\">3</p>";
    assert_eq!(clean_by(policy, html), safe);
}

#[test]
fn keeps_every_class_where_the_policy_lists_the_attribute() {
    assert_eq!(
        clean_by(small("p", &[("p", "class")]), "<p class='a  b'>"),
        "<p class=\"a  b\"></p>"
    );
}
