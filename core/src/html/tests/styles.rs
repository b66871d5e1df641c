//! The `style` attribute.

use super::*;

fn styled(style: &str) -> String {
    let all = |list: &[&str]| list.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>();
    let properties = [
        ("color".into(), all(&["red|blue", "(?:rgb|hsla?)\\(.*\\)", "#[0-9a-f]{3}"])),
        ("font-family".into(), all(&[".*"])),
        ("width".into(), all(&[".*"])),
        ("background".into(), all(&["(?s).*"])),
        ("text-align".into(), all(&["(?m)^left$", "(?i:right)"])),
    ];
    let styles = [("p".into(), properties.into())].into();
    let policy = Policy { styles, ..small("p", &[]) };
    let quoted = style.replace('&', "&amp;").replace('"', "&quot;");
    let once = clean_by(policy.clone(), &format!("<p style=\"{quoted}\"></p>"));
    assert_eq!(clean_by(policy, &once), once, "{style}");
    let value = once.strip_prefix("<p").and_then(|rest| rest.strip_suffix("></p>")).unwrap();
    let value = value.strip_prefix(" style=\"").and_then(|rest| rest.strip_suffix('"'));
    value.unwrap_or_default().replace("&quot;", "\"")
}

#[test]
fn keeps_honest_declarations() {
    for (style, safe) in [
        ("color:red", "color: red"),
        ("COLOR : red ;", "color: red"),
        ("color:red;color:blue", "color: red; color: blue"),
        (
            "color: rgb(1, 2, 3); width: calc(100% - (2 * 3px))",
            "color: rgb(1, 2, 3); width: calc(100% - (2 * 3px))",
        ),
        ("font-family: \"Times New Roman\", serif", "font-family: \"Times New Roman\", serif"),
        ("font-family: 'a;b'; color: red", "font-family: 'a;b'; color: red"),
        ("font-family: 'it(s'", "font-family: 'it(s'"),
        ("background: linear-gradient(red, blue)", "background: linear-gradient(red, blue)"),
        ("text-align:RIGHT", "text-align: RIGHT"),
        ("color: red; float: left", "color: red"),
    ] {
        assert_eq!(styled(style), safe, "{style}");
    }
}

#[test]
fn keeps_no_value_that_loads_or_runs() {
    for value in [
        "url(x)",
        "URL(x)",
        "url( 'x' )",
        "u\\72l(x)",
        "\\75rl(x)",
        "image(x)",
        "image-set('x' 1x)",
        "-webkit-image-set(x)",
        "expression(alert(1))",
        "expr/**/ession(x)",
        "var(--x)",
        "env(x)",
        "attr(x)",
        "element(#x)",
        "paint(x)",
        "src('x')",
        "cross-fade(x)",
        "éurl(x)",
        "calc(url(x))",
        "javascript:x",
        "progid:x",
        "a{b",
        "}",
        "@import 'x'",
        "<b>",
        "a\nb",
        "a\u{2}b",
        "\u{1}",
        "(",
        ")",
        "[)",
        "'a",
        "\"a\n\"",
        "/*",
        "a /* b */ c",
        "1\\",
    ] {
        assert_eq!(styled(&format!("background: {value}")), "", "{value}");
    }
}

#[test]
fn drops_the_bad_declaration_alone() {
    for bad in [
        "background: url(a;b)",
        "background: u\\72l(x)",
        "background: a/* ; */b",
        "width: 'a\\';'",
        "width: [;]",
        "x",
        ":",
        "width",
        "\\;: a",
    ] {
        assert_eq!(
            styled(&format!("color: red; {bad}; text-align: left")),
            "color: red; text-align: left",
            "{bad}"
        );
    }
    // What is not closed takes the rest with it.
    for open in ["background: url(a", "background: 'a", "background: /* a"] {
        assert_eq!(
            styled(&format!("color: red; {open}; text-align: left")),
            "color: red",
            "{open}"
        );
    }
}

#[test]
fn matches_values_as_a_whole() {
    for value in ["redx", "xred", "red blue", "red\nblue", "rgb(1)x", "#ABC", "#abcd"] {
        assert_eq!(styled(&format!("color: {value}")), "", "{value}");
    }
    assert_eq!(styled("text-align: x\nleft"), "");
}

#[test]
fn takes_the_patterns_of_the_tag_before_those_of_every_tag() {
    let of = |value: &str| [("color".into(), vec![value.to_owned()])].into();
    let styles = [("*".into(), of("red")), ("p".into(), of("blue"))].into();
    let policy = Policy { styles, ..small("p b", &[]) };
    let html = "<p style=color:red>1</p><p style=color:blue>2</p><b style=color:red>3</b>";
    assert_eq!(
        clean_by(policy, html),
        "<p>1</p><p style=\"color: blue\">2</p><b style=\"color: red\">3</b>"
    );
}
