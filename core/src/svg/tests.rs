use proptest::prelude::*;

use super::{Policy, Removal, Sanitizer, elements, graph, value};
use crate::Error;

#[derive(serde::Deserialize)]
struct Vectors {
    ordinary: Vec<Vector>,
    hostile: Vec<Vector>,
}

#[derive(serde::Deserialize)]
struct Vector {
    name: String,
    svg: String,
    gives: Option<String>,
    code: Option<String>,
}

fn vectors() -> Vectors {
    serde_json::from_str(include_str!("../../../__test__/vectors/svg.json")).unwrap()
}

fn usual() -> Sanitizer {
    Sanitizer::new(Policy::default()).unwrap()
}

/// `inner` in a root.
fn svg(inner: &str) -> String {
    format!(r#"<svg xmlns="http://www.w3.org/2000/svg">{inner}</svg>"#)
}

fn sanitized(inner: &str) -> Result<String, Error> {
    usual().sanitize(svg(inner).as_bytes())
}

#[test]
fn returns_what_the_vectors_say() {
    let Vectors { ordinary, hostile } = vectors();
    assert!(ordinary.len() >= 40 && hostile.len() >= 150);
    let sanitizer = usual();
    for Vector { name, svg, gives, code } in ordinary.into_iter().chain(hostile) {
        match sanitizer.sanitize(svg.as_bytes()) {
            Ok(safe) => {
                assert_eq!(Some(&safe), gives.as_ref(), "{name}");
                assert_eq!(sanitizer.sanitize(safe.as_bytes()).as_ref(), Ok(&safe), "{name}");
            }
            Err(error) => assert_eq!(Some(error.code()), code.as_deref(), "{name}"),
        }
    }
}

#[test]
fn returns_the_same_with_a_report() {
    let sanitizer = usual();
    for Vector { name, svg, .. } in vectors().hostile {
        let reported = sanitizer.report(svg.as_bytes()).map(|sanitized| sanitized.svg);
        assert_eq!(reported, sanitizer.sanitize(svg.as_bytes()), "{name}");
    }
}

#[test]
fn keeps_its_lists_in_order() {
    let names: Vec<_> = elements::names().collect();
    assert!(names.is_sorted());
    assert!(names.iter().all(|name| elements::find(name).is_some()));
    for name in super::Attributes::new().names() {
        assert!(!name.starts_with("on") && !name.contains(':'), "{name}");
    }
}

#[test]
fn rejects_bytes_that_are_no_utf8() {
    let utf16: Vec<u8> = svg("").encode_utf16().flat_map(u16::to_le_bytes).collect();
    for bytes in [utf16.as_slice(), &[&[0xFF, 0xFE][..], &utf16].concat(), b"<svg>\xC0\xBCscript>"]
    {
        assert_eq!(usual().sanitize(bytes), Err(Error::SvgEncoding));
    }
}

#[test]
fn rejects_what_is_over_a_bound_and_accepts_what_is_not() {
    let policy = Policy {
        max_bytes: 200,
        max_elements: 4,
        max_depth: 3,
        max_attributes: 3,
        max_drawn: 6,
        ..Policy::default()
    };
    let sanitizer = Sanitizer::new(policy).unwrap();
    let check = |inner: &str| sanitizer.sanitize(svg(inner).as_bytes()).map(drop);
    assert_eq!(check(&" ".repeat(154)), Ok(()));
    assert_eq!(check(&" ".repeat(155)), Err(Error::SvgTooLarge));
    assert_eq!(check("<g/><g/><g/>"), Ok(()));
    assert_eq!(check("<g/><g/><g/><x/>"), Err(Error::SvgElements));
    assert_eq!(check("<g><g></g></g>"), Ok(()));
    assert_eq!(check("<g><g><g></g></g></g>"), Err(Error::SvgDepth));
    assert_eq!(check(r#"<g a="1" b="2" c='>'/>"#), Ok(()));
    assert_eq!(check(r#"<g a="1" b="2" c='>' d = "/>"/>"#), Err(Error::SvgAttributes));
    assert_eq!(check(r##"<g id="a"><g/></g><use href="#a"/>"##), Ok(()));
    let filter = r#"<filter id="f"><feFlood/></filter>"#;
    assert_eq!(check(filter), Err(Error::SvgExpansion));
}

#[test]
fn counts_namespaces_however_they_are_written() {
    let many = |between: &str| {
        let each: String = (0..65).map(|i| format!("{between}xmlns:p{i}=\"urn:{i}\"")).collect();
        Sanitizer::new(Policy { max_attributes: 200, ..Policy::default() })
            .unwrap()
            .sanitize(format!("<svg{each} xmlns=\"{}\"/>", super::build::SVG).as_bytes())
    };
    for between in [" ", "\n", "\t\t", " \r\n "] {
        assert_eq!(many(between), Err(Error::SvgAttributes));
    }
}

#[test]
fn follows_references_to_their_size() {
    // Two levels of three: 1 + 9 * (g, use, rect) and so on; the numbers are small enough to count by hand.
    let nested =
        r##"<rect id="a"/><g id="b"><use href="#a"/><use href="#a"/></g><use href="#b"/>"##;
    // svg, rect, g + 2 * (use + rect), use + g + 2 * (use + rect)
    let least = 1 + 1 + 5 + 6;
    for (max_drawn, accepted) in [(least, true), (least - 1, false)] {
        let sanitizer = Sanitizer::new(Policy { max_drawn, ..Policy::default() }).unwrap();
        assert_eq!(sanitizer.sanitize(svg(nested).as_bytes()).is_ok(), accepted);
    }
}

#[test]
fn rejects_every_way_to_draw_a_thing_many_times() {
    let rects = "<rect/>".repeat(20);
    let path = format!(r#"<path id="p" d="M0 0{}"/>"#, "h1".repeat(40));
    let marker = format!(r#"<marker id="m">{rects}</marker>"#);
    let shapes = format!(r#"<g id="g">{rects}</g>"#);
    // Each draws 20 things at 20 places, which is 400; the document itself has less than 70.
    for inner in [
        format!(r##"<pattern id="m">{rects}</pattern><g fill="url(#m)">{rects}</g>"##),
        format!(r##"<pattern id="m">{rects}</pattern><g style="stroke:url(#m)">{rects}</g>"##),
        format!(r##"{marker}<g marker-start="url(#m)">{rects}</g>"##),
        format!(r##"{marker}{shapes}<use href="#g" marker-end="url(#m)"/>"##),
        format!(r##"{marker}{path}<g marker-mid="url(#m)"><use href="#p"/></g>"##),
        format!(r##"{marker}<g style="marker:url(#m)">{path}</g>"##),
        format!(r##"{shapes}<g>{}</g>"##, r##"<use href="#g"/>"##.repeat(20)),
        format!(
            r##"<filter id="m"><feBlend/></filter>{}"##,
            r##"<g filter="url(#m)"/>"##.repeat(20)
        ),
        format!(r##"<mask id="m">{rects}</mask>{}"##, r##"<g mask="url(#m)"/>"##.repeat(20)),
    ] {
        let sanitizer =
            |max_drawn| Sanitizer::new(Policy { max_drawn, ..Policy::default() }).unwrap();
        let svg = svg(&inner);
        assert_eq!(sanitizer(399).sanitize(svg.as_bytes()), Err(Error::SvgExpansion), "{inner}");
        assert!(sanitizer(1000).sanitize(svg.as_bytes()).is_ok(), "{inner}");
    }
}

#[test]
fn rejects_a_stylesheet_that_expands() {
    let sheet = format!("<style>g{{fill:{}}}</style>", "a".repeat(100));
    let sanitizer = Sanitizer::new(Policy { max_bytes: 1000, ..Policy::default() }).unwrap();
    assert!(sanitizer.sanitize(svg(&(sheet.clone() + &"<g/>".repeat(9))).as_bytes()).is_ok());
    let wide = svg(&(sheet + &"<g/>".repeat(10)));
    assert_eq!(sanitizer.sanitize(wide.as_bytes()), Err(Error::SvgExpansion));
}

#[test]
fn bounds_the_work_of_a_stylesheet() {
    // Rules times elements, declarations times selectors, classes times classes: each would be 10^9 steps or more.
    let classes = |count: usize| (0..count).map(|i| format!("c{i}")).collect::<Vec<_>>();
    let many = format!(
        "<style>{}{{{}}}</style>",
        ".a,".repeat(100_000) + ".a",
        "fill:red;".repeat(50_000)
    );
    let rules = format!(
        "<style>{}</style>{}",
        ".a{fill:red}".repeat(30_000),
        r#"<g class="a"/>"#.repeat(15_000)
    );
    let long = format!("<style>.{}{{fill:red}}</style>", classes(60_000).join("."));
    let wide = format!(r#"{}<g class="{}"/>"#, ".a{fill:red}".repeat(100), "a ".repeat(100_000));
    for inner in [
        many.clone() + r#"<g class="a"/>"#,
        rules,
        wide,
        long + &format!(r#"<g class="{}"/>"#, classes(60_000).join(" ")),
    ] {
        let _ = sanitized(&inner);
    }
    assert_eq!(sanitized(&(many + r#"<g class="a"/>"#)), Err(Error::SvgExpansion));
}

#[test]
fn judges_values_without_the_syntax_that_hides_others() {
    let judge = |value| value::judge(value, value::Lists::One, "");
    for refused in [
        "\\72 ed",
        "red /* x */",
        "blur(1px) \\",
        "é\u{301}blur(1)",
        "\u{e9}blur(1)",
        "a;b",
        "calc(1px;2px)",
        "'a\\'",
        "'a",
        "rgb(1",
        "1)",
        "url(#a",
        "url(#a b)",
        "url()",
        "URL(x)",
        "'a;b'",
        "a\0b",
        "red!important",
        "<a",
        "'<'",
    ] {
        assert_eq!(judge(refused), None, "{refused}");
    }
    for (given, kept) in [
        ("RGB(1, 2, 3)", "RGB(1, 2, 3)"),
        ("calc((1px + 2px) * 3)", "calc((1px + 2px) * 3)"),
        ("'Times New Roman', serif", "'Times New Roman', serif"),
        ("url( \"#a\" ) red", "url(#a) red"),
        ("Url('#\u{e9}') none url(#b)", "url(#\u{e9}) none url(#b)"),
        ("'url(//x)'", "'url(//x)'"),
    ] {
        assert_eq!(judge(given).as_deref(), Some(kept));
    }
    assert!(value::judge("a;url(#b);c", value::Lists::Many, "").is_some());
}

#[test]
fn removes_references_in_a_circle_of_any_length() {
    for length in [1, 2, 3, 500] {
        let ring: String = (0..length)
            .map(|i| format!(r##"<g id="n{i}"><use href="#n{}"/></g>"##, (i + 1) % length))
            .collect();
        let safe = sanitized(&ring).unwrap();
        assert!(!safe.contains("href"), "{length}");
    }
    // A chain of the same length has an end, and stays.
    let chain: String =
        (0..500).map(|i| format!(r##"<g id="n{i}"><use href="#n{}"/></g>"##, i + 1)).collect();
    let sanitizer = Sanitizer::new(Policy { max_drawn: 2_000_000, ..Policy::default() }).unwrap();
    assert_eq!(sanitizer.sanitize(svg(&chain).as_bytes()).unwrap().matches("href").count(), 500);
}

#[test]
fn reports_names_and_counts_but_no_values() {
    let hidden = format!("<{}/>", "x".repeat(200));
    let sanitized = usual()
        .report(svg(&format!(r#"<script>secret</script><g onclick="secret"/><g onclick="2" style="top:1px"/>{hidden}"#)).as_bytes())
        .unwrap();
    let lines: Vec<_> = sanitized
        .removed
        .iter()
        .map(|(removed, count)| {
            (removed.removal, removed.element.as_str(), removed.name.as_str(), *count)
        })
        .collect();
    let long = "x".repeat(64);
    assert_eq!(
        lines,
        [
            (Removal::Element, "", "script", 1),
            (Removal::Attribute, "g", "onclick", 2),
            (Removal::Property, "g", "top", 1),
            (Removal::Element, "", long.as_str(), 1),
        ]
    );
}

#[test]
fn reads_numbers_as_their_largest() {
    for within in [
        "1000",
        "-1000",
        "1e3",
        "+1e+3",
        "999.99",
        ".5.5",
        "10-20",
        "none",
        "1000px 50%",
        "1e",
        "a1b2",
        "button.click",
        "..",
        "1..",
    ] {
        assert!(value::is_within(within, 1000), "{within}");
    }
    for beyond in [
        "1001",
        "-1001",
        "1e4",
        "1E+4",
        "1000.1",
        "10-2000",
        "0 0 1e99 1",
        "1e999",
        "99999999999999999999",
    ] {
        assert!(!value::is_within(beyond, 1000), "{beyond}");
    }
}

#[test]
fn puts_the_prefix_before_ids_and_references_once() {
    let policy = Policy { id_prefix: "u1-".into(), ..Policy::default() };
    let sanitizer = Sanitizer::new(policy).unwrap();
    let inner = r##"<g id="a" fill="url(#b)" aria-labelledby="a c"><use href="#a" style="filter:url('#f') blur(1px)"/></g>"##;
    let safe = sanitizer.sanitize(svg(inner).as_bytes()).unwrap();
    let expected = r##"<g id="u1-a" fill="url(#u1-b)" aria-labelledby="u1-a u1-c"><use style="filter:url(#u1-f) blur(1px)"/></g>"##;
    assert_eq!(safe, svg(expected));
    let timed = r#"<animate attributeName="x" begin="b.click; .5s;-1.5s; 2s;u1-c.end+1.5s" end="d.begin"/>"#;
    let safe_timed = sanitizer.sanitize(svg(timed).as_bytes()).unwrap();
    let begin = r#"begin="u1-b.click;.5s;-1.5s;2s;u1-c.end+1.5s" end="u1-d.begin""#;
    assert!(safe_timed.contains(begin), "{safe_timed}");
    assert_eq!(sanitizer.sanitize(safe_timed.as_bytes()).as_ref(), Ok(&safe_timed));
    assert_eq!(sanitizer.sanitize(safe.as_bytes()), Ok(safe));
}

#[test]
fn rejects_a_prefix_that_is_no_name() {
    for prefix in ["a b", "\"", "#", "ü<", &"x".repeat(65)] {
        let policy = Policy { id_prefix: prefix.into(), ..Policy::default() };
        assert!(matches!(Sanitizer::new(policy), Err(Error::SvgOption { option: "idPrefix", .. })));
    }
}

#[test]
fn finishes_in_linear_time_whatever_is_repeated() {
    // Each would take minutes if it were quadratic in an unoptimised build.
    let wide = Policy { max_bytes: 4 << 20, max_elements: 200_000, ..Policy::default() };
    let sanitizer = Sanitizer::new(wide).unwrap();
    for part in [
        "<a ",
        "<!--",
        "<![CDATA[",
        "<?x ",
        "&#",
        "<g a=\"",
        "xmlns=\"\" ",
        "url(#a",
        "((",
        "</g",
        "<g/>",
        "]]>",
        "/*",
    ] {
        let _ = sanitizer.sanitize(part.repeat((1 << 20) / part.len()).as_bytes());
        let _ = sanitizer.sanitize(svg(&part.repeat((1 << 20) / part.len())).as_bytes());
        let attribute = part.replace(['<', '"', '&'], "").repeat(20_000);
        let _ = sanitizer.sanitize(svg(&format!("<g fill=\"{attribute}\"/>")).as_bytes());
        let _ = sanitizer.sanitize(svg(&format!("<style>{attribute}</style><g/>")).as_bytes());
    }
}

/// Pieces of SVG, of what does not belong there, and of broken markup.
const PIECES: &[&str] = &[
    "<g>",
    "</g>",
    "<g id=\"a\">",
    "<use href=\"#a\"/>",
    "<use href=\"#b\"/>",
    "<g id=\"b\" fill=\"url(#a)\">",
    "<title>",
    "</title>",
    "<text>",
    "</text>",
    "<style>g{fill:url(#a);top:1px}</style>",
    "<script>1</script>",
    "<x:g xmlns:x=\"http://www.w3.org/2000/svg\">",
    "</x:g>",
    "<p xmlns=\"http://www.w3.org/1999/xhtml\">",
    "</p>",
    "<![CDATA[<i>]]>",
    "<!-- x -->",
    "<?x y?>",
    "&lt;",
    "&amp;",
    "&#13;",
    "&#9;",
    "x",
    "\n",
    "\u{e9}",
    "\u{1F600}",
    "<rect onclick=\"1\" width=\"9\" style=\"fill:red;fill:url(//x);stroke:url( '#a' )\"/>",
    "<set attributeName=\"href\" to=\"1\"/>",
    "<set attributeName=\"fill\" to=\"url(#a);b\"/>",
    "<path d=\"M0 0\n1 1\" marker-mid=\"url(#b)\"/>",
    "<a href=\"javascript:1\">",
    "<a href=\"#a\">",
    "</a>",
    "<foreignObject>",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, ..ProptestConfig::default() })]

    #[test]
    fn returns_a_fixpoint_of_known_names(pieces in prop::collection::vec(0..PIECES.len(), 0..24)) {
        let mut open = Vec::new();
        let mut inner = String::new();
        for piece in pieces.iter().filter_map(|at| PIECES.get(*at)) {
            // Half of the end tags fit, so that many documents are well-formed.
            if let Some(name) = piece.strip_prefix("</").filter(|_| open.last() != Some(piece)) {
                let Some(end) = open.pop() else { continue };
                inner.push_str(end);
                let _ = name;
                continue;
            }
            inner.push_str(piece);
            if let Some(end) = end_of(piece) { open.push(end) } else if piece.starts_with("</") { open.pop(); }
        }
        for end in open.iter().rev() { inner.push_str(end) }
        let sanitizer = usual();
        if let Ok(safe) = sanitizer.sanitize(svg(&inner).as_bytes()) {
            let again = sanitizer.sanitize(safe.as_bytes());
            prop_assert_eq!(again.as_ref(), Ok(&safe));
            let document = roxmltree::Document::parse(&safe).unwrap();
            for node in document.descendants().filter(|node| node.is_element()) {
                prop_assert!(elements::find(node.tag_name().name()).is_some());
                prop_assert_eq!(node.tag_name().namespace(), Some(super::build::SVG));
                prop_assert!(node.attributes().all(|one| !one.name().starts_with("on")));
            }
            prop_assert!(!safe.contains("//x") && !safe.contains("javascript") && !safe.contains("<!"));
        }
    }

    #[test]
    fn never_panics_on_any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = usual().report(&bytes);
    }
}

fn end_of(piece: &str) -> Option<&'static str> {
    let name = piece.strip_prefix('<')?.split([' ', '>']).next()?;
    let is_open = !piece.ends_with("/>") && !piece.contains("</");
    let ends = ["</g>", "</title>", "</text>", "</x:g>", "</p>", "</a>", "</foreignObject>"];
    ends.into_iter().find(|end| {
        is_open && end.strip_prefix("</").is_some_and(|end| end.strip_suffix('>') == Some(name))
    })
}

#[test]
fn never_follows_a_link_or_an_animation_to_its_size() {
    let mut report = super::Report::wanted(false);
    let mut tree = Vec::new();
    assert_eq!(graph::bound(&mut tree, 0, &mut report), Ok(()));
    let links = r##"<g id="g"><rect/></g>"##.to_owned() + &r##"<a href="#g"/>"##.repeat(20);
    let sanitizer = Sanitizer::new(Policy { max_drawn: 23, ..Policy::default() }).unwrap();
    assert!(sanitizer.sanitize(svg(&links).as_bytes()).is_ok());
}
