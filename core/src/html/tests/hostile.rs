//! Classes of attacks: what looks harmless in one parse, and is not in the next.

use super::*;

/// Each document, and what is left of it.
fn leaves(cases: &[(&str, &str)]) {
    for (html, safe) in cases {
        assert_eq!(clean(html), *safe, "{html}");
        assert_eq!(clean(safe), *safe, "{html}, again");
    }
}

#[test]
fn namespaces_that_switch() {
    leaves(&[
        ("<svg><p><style><!--</style><img src=x onerror=x>-->", "<p><img src=\"x\">--&gt;</p>"),
        ("<math><mtext><table><mglyph><style><img src=x onerror=x>", ""),
        ("<form><math><mtext></form><form><mglyph><style></math><img src onerror=x>", ""),
        ("<svg><a><b>x</b></a></svg>y", "<b>x</b>y"),
        ("<svg><desc><b>x</b></desc></svg>y", "y"),
        ("<svg><foreignObject><p>x</p></foreignObject></svg>y", "y"),
        ("<svg>x<svg><g>y</g>z</svg></svg>", "xz"),
        ("<math><svg><b>x", "<b>x</b>"),
        (
            "<svg></p><style><a title=\"</style><img src onerror=x>\">",
            "<p></p><img src=\"\">\"&gt;",
        ),
    ]);
}

#[test]
fn raw_text_that_breaks_out() {
    for tag in ["style", "script", "title", "noscript", "noembed", "noframes", "iframe", "template"]
    {
        let html = format!("<{tag}><a title=\"</{tag}><img src=x onerror=x>\">");
        assert!(!clean(&html).contains("onerror"), "{tag}");
    }
    leaves(&[
        ("<textarea></textarea/><img src=x onerror=x>", "<img src=\"x\">"),
        ("<xmp><p title=\"</xmp><img src=x onerror=x>\">", "&lt;p title=\"<img src=\"x\">\"&gt;"),
        ("<plaintext><b>", "&lt;b&gt;"),
        ("<listing>&lt;img onerror=x&gt;</listing>", "&lt;img onerror=x&gt;"),
        ("<svg><title><style><img src=x></title></svg>", ""),
        ("<noscript><p title='</noscript><img src=x onerror=x>'>", "<img src=\"x\">'&gt;"),
    ]);
}

#[test]
fn integration_points_of_mathml() {
    leaves(&[
        (
            "<math><annotation-xml encoding=\"text/html\"><style><img src=x onerror=x></style></annotation-xml></math>",
            "",
        ),
        ("<math><annotation-xml encoding=text/html><p>x</p></annotation-xml>y</math>", "y"),
        ("<math><annotation-xml><p>x</p>", "<p>x</p>"),
    ]);
}

#[test]
fn parts_of_tables_that_move() {
    leaves(&[
        (
            "<table><b>x</b><tr><td>y</table>",
            "<b>x</b><table><tbody><tr><td>y</td></tr></tbody></table>",
        ),
        ("<table>x<tr>y<td>z</table>", "xy<table><tbody><tr><td>z</td></tr></tbody></table>"),
        (
            "<table><tr><td><table><i>x",
            "<table><tbody><tr><td><i>x</i><table></table></td></tr></tbody></table>",
        ),
        ("<table><svg><style><img onerror=x></table>", "<img><table></table>"),
        (
            "<table><a href=/1><table><a href=/2>",
            "<a href=\"/1\" rel=\"noopener noreferrer\"></a><table></table><a href=\"/2\" rel=\"noopener noreferrer\"></a><table></table>",
        ),
    ]);
}

#[test]
fn formatting_that_is_adopted() {
    leaves(&[
        ("<b><p>x</b>y</p>", "<b></b><p><b>x</b>y</p>"),
        (
            "<a href=/1>x<div><a href=/2>y",
            "<a href=\"/1\" rel=\"noopener noreferrer\">x</a><div><a href=\"/1\" rel=\"noopener noreferrer\"></a><a href=\"/2\" rel=\"noopener noreferrer\">y</a></div>",
        ),
        ("<b><i></b>x</i>", "<b><i></i></b><i>x</i>"),
        ("<p><object><p>x", "<p>x</p>"),
    ]);
}

#[test]
fn depth_at_which_browsers_flatten() {
    let deep = |tag: &str, times: usize| format!("{}x", tag.repeat(times));
    let safe = clean(&deep("<div>", 600));
    assert_eq!((safe.matches("<div>").count(), safe.contains('x')), (256, true));
    assert_eq!(
        Sanitizer::new(article()).unwrap().sanitize(&deep("<div>", 1_100)),
        Err(Error::HtmlComplex)
    );
    let shallow = Policy { max_depth: 2, ..article() };
    assert_eq!(clean_by(shallow, "<div><p><b>x</b></p></div>"), "<div><p>x</p></div>");
}

#[test]
fn comments_that_end_early() {
    leaves(&[
        ("<!--><img src=x onerror=x>-->", "<img src=\"x\">--&gt;"),
        ("<!---><b>x</b>-->", "<b>x</b>--&gt;"),
        ("<!-- --!><b>x</b>-->", "<b>x</b>--&gt;"),
        ("<!-- <b> -- > --><i>x</i>", "<i>x</i>"),
        ("<!--", ""),
        ("<![CDATA[<b>x]]>", "x]]&gt;"),
        ("<svg><![CDATA[<img onerror=x>]]></svg>", "&lt;img onerror=x&gt;"),
        ("<?x <b>?>y", "?&gt;y"),
        ("<!doctype html><b>x", "<b>x</b>"),
    ]);
}

#[test]
fn templates_selects_and_copies_of_options() {
    leaves(&[
        ("<template><img src=x onerror=x></template>y", "y"),
        ("<template><template><b>x</template></template>", ""),
        ("<select><option><img src=x onerror=x></option></select>", "<img src=\"x\">"),
        (
            "<select><button><selectedcontent><b>x</b></selectedcontent></button><option selected>y</select>",
            "<b>x</b>y",
        ),
    ]);
}

#[test]
fn attributes_without_quotes_and_odd_characters() {
    leaves(&[
        ("<img src=x`onerror=x alt=a>", "<img src=\"x&#96;onerror=x\" alt=\"a\">"),
        ("<img/src=x/onerror=x>", "<img src=\"x/onerror=x\">"),
        ("<img src='x'onerror=x>", "<img src=\"x\">"),
        ("<img\u{c}src=x\u{c}onerror=x>", "<img src=\"x\">"),
        ("<im\0g src=x onerror=x>", ""),
        ("<img src=x \0onerror=x>", "<img src=\"x\">"),
        (
            "<p title='\"><img src=x onerror=x>'>",
            "<p title=\"&quot;&gt;&lt;img src=x onerror=x&gt;\"></p>",
        ),
        ("<p title=a title=b TITLE=c>", "<p title=\"a\"></p>"),
        ("<p title=\"a\r\nb&#13;c\">", "<p title=\"a\nb&#13;c\"></p>"),
        ("x\0y", "xy"),
        ("<b/onclick=x>y", "<b>y</b>"),
        ("<B ONCLICK=x>y</B>", "<b>y</b>"),
        ("<<b>x", "&lt;<b>x</b>"),
        ("<p\u{a0}onclick=x>", ""),
        ("<a href=\"x\"y\"z\" onclick=x>", "<a href=\"x\" rel=\"noopener noreferrer\"></a>"),
    ]);
}

#[test]
fn ids_that_clobber_the_page() {
    let policy = Policy {
        id_prefix: "u-".into(),
        ..small("a p form img label", &[("*", "id name for href usemap")])
    };
    for (html, safe) in [
        ("<img name=getElementById>", "<img name=\"u-getElementById\">"),
        ("<form id=config><a id='x y'>", "<form id=\"u-config\"><a id=\"u-x u-y\"></a></form>"),
        ("<label for=a></label>", "<label for=\"u-a\"></label>"),
        ("<a href=#a></a><a href=/b#a></a>", "<a href=\"#u-a\"></a><a href=\"/b#a\"></a>"),
        ("<img usemap=#m><img usemap=/m>", "<img usemap=\"#u-m\"><img>"),
        ("<p id=u-a></p><p id=' '></p>", "<p id=\"u-a\"></p><p></p>"),
    ] {
        assert_eq!(clean_by(policy.clone(), html), safe, "{html}");
        assert_eq!(clean_by(policy.clone(), safe), safe, "{html}, again");
    }
    assert_eq!(clean("<p id=x name=y>"), "<p></p>");
}

#[test]
fn text_of_templates_of_the_page_stays_text() {
    for text in ["{{ constructor.constructor('x')() }}", "${x}", "[[x]]"] {
        assert_eq!(clean(text), text);
    }
    assert_eq!(clean("<% x %>"), "&lt;% x %&gt;");
    assert_eq!(clean("<p v-html=x ng-app x-data=y @click=z :href=z hx-get=/>"), "<p></p>");
}

#[test]
fn links_that_open_a_window() {
    let links = |link_rel_always| Policy {
        link_rel: Some("noopener".into()),
        link_rel_always,
        ..small("a form", &[("*", "href target rel action")])
    };
    for (html, safe) in [
        ("<a href=/ target=_blank></a>", "<a href=\"/\" target=\"_blank\" rel=\"noopener\"></a>"),
        ("<a href=/ target=x rel=opener></a>", "<a href=\"/\" target=\"x\" rel=\"noopener\"></a>"),
        (
            "<form action=/ target=_blank></form>",
            "<form action=\"/\" target=\"_blank\" rel=\"noopener\"></form>",
        ),
        ("<a href=/ rel=opener></a>", "<a href=\"/\"></a>"),
    ] {
        assert_eq!(clean_by(links(false), html), safe, "{html}");
    }
    assert_eq!(
        clean_by(links(true), "<a href=/></a><a>x</a>"),
        "<a href=\"/\" rel=\"noopener\"></a><a>x</a>"
    );
}

#[test]
fn tags_that_are_not_kept() {
    let with = |disallowed| Policy {
        disallowed,
        rename: [("strike".into(), "s".into())].into(),
        drop_content: strings("nav"),
        ..small("b s", &[])
    };
    let html = "<x a=\"1\"><b>y</b></x><strike onclick=x>z</strike><nav>n</nav>";
    for (disallowed, safe) in [
        (Disallowed::Unwrap, "<b>y</b><s>z</s>"),
        (Disallowed::Drop, "<s>z</s>"),
        (Disallowed::Escape, "&lt;x a=\"1\"&gt;<b>y</b>&lt;/x&gt;<s>z</s>"),
    ] {
        assert_eq!(clean_by(with(disallowed), html), safe);
    }
}

#[test]
fn lengths_and_reports() {
    let policy = Policy { max_length: 4, ..small("b", &[]) };
    let sanitizer = Sanitizer::new(policy).unwrap();
    assert_eq!(sanitizer.sanitize("<b>é"), Err(Error::HtmlTooLong));
    assert_eq!((sanitizer.sanitize("<b>x"), sanitizer.max_length()), (Ok("<b>x</b>".into()), 4));
    let html =
        "<script>secret</script><x-é><p onclick=secret><b><div>".to_owned() + &"<i>".repeat(200);
    let (_, removed) = Sanitizer::new(article()).unwrap().report(&html).unwrap();
    let told: Vec<_> = removed
        .iter()
        .map(|one| (one.tag.as_str(), one.attribute.as_deref(), one.reason.word()))
        .collect();
    assert_eq!(
        told[..3],
        [
            ("script", None, "content"),
            ("x-é", None, "not-listed"),
            ("p", Some("onclick"), "attribute")
        ]
    );
    assert!(removed.len() <= 100 && !format!("{removed:?}").contains("secret"));
}

#[test]
fn policies_are_read_as_json() {
    let policy = Policy::from_json(r#"{ "tags": ["b"], "idPrefix": "u-", "maxDepth": 3, "maxLength": 9, "disallowed": "drop" }"#).unwrap();
    assert_eq!(
        (policy.id_prefix.as_str(), policy.max_depth, policy.disallowed),
        ("u-", 3, Disallowed::Drop)
    );
    for json in ["", r#"{ "tags": 1 }"#, r#"{ "disallowed": "x" }"#] {
        assert_eq!(Policy::from_json(json).map(|_| ()).unwrap_err().code(), "ERR_HTML_OPTION");
    }
}
