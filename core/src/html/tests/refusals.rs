//! Policies that cannot be kept safely are refused when they are set up.

use super::*;

/// What the refusal says.
fn refused(policy: Policy) -> String {
    let error = Sanitizer::new(policy).expect_err("the policy is refused");
    assert!(error.code().starts_with("ERR_HTML_OPTION"), "{}", error.code());
    error.to_string()
}

#[test]
fn refuses_patterns_of_attributes_that_could_stand_for_urls() {
    for pattern in
        ["sr*", "hre*", "s*", "*", "form*", "style*", "data*", "on-*", "http-*", "Data-*"]
    {
        let text = refused(small("a", &[("a", pattern)]));
        assert!(text.contains("attributes"), "{pattern}: {text}");
    }
    for pattern in ["data-*", "aria-*"] {
        assert!(Sanitizer::new(small("a", &[("*", pattern)])).is_ok(), "{pattern}");
    }
}

#[test]
fn refuses_attributes_that_run_scripts_or_change_tags() {
    for name in [
        "onclick",
        "onx",
        "srcdoc",
        "http-equiv",
        "is",
        "xlink:href",
        "xml:base",
        "datasrc",
        "style",
        "HREF",
        "a\"b",
    ] {
        refused(small("a", &[("a", name)]));
        refused(small("a", &[("*", name)]));
        let values = [("a".into(), [(name.into(), strings("x"))].into())].into();
        refused(Policy { values, ..small("a", &[]) });
    }
}

#[test]
fn refuses_an_attribute_with_no_value() {
    let values = [("a".into(), [("target".into(), Vec::new())].into())].into();
    assert!(refused(Policy { values, ..small("a", &[]) }).contains("values"));
}

#[test]
fn refuses_to_rename_tags_that_are_read_apart() {
    for from in [
        "script",
        "style",
        "title",
        "iframe",
        "template",
        "noscript",
        "textarea",
        "xmp",
        "plaintext",
        "svg",
        "math",
        "B",
        "x\"",
        "",
    ] {
        let rename = [(from.into(), "p".into())].into();
        assert!(refused(Policy { rename, ..small("p", &[]) }).contains("rename"), "{from}");
    }
}

#[test]
fn refuses_to_rename_what_is_kept_or_dropped_and_to_what_is_not_kept() {
    let rename = |from: &str, to: &str| [(from.into(), to.into())].into();
    refused(Policy { rename: rename("b", "p"), ..small("b p", &[]) });
    refused(Policy { rename: rename("b", "i"), ..small("p", &[]) });
    refused(Policy { rename: rename("b", "p"), drop_content: strings("b"), ..small("p", &[]) });
    // By one name to another, in whatever order they are read.
    let chain = [("b".into(), "p".into()), ("i".into(), "b".into())].into();
    refused(Policy { rename: chain, ..small("p", &[]) });
}

#[test]
fn refuses_to_keep_and_to_drop_a_tag() {
    let policy = Policy { drop_content: strings("b p"), ..small("p", &[]) };
    assert!(refused(policy).contains("dropContent"));
}

#[test]
fn refuses_tags_that_a_parser_reads_apart_or_that_act_on_the_page() {
    for tag in [
        "script",
        "style",
        "template",
        "textarea",
        "title",
        "noscript",
        "xmp",
        "plaintext",
        "noembed",
        "noframes",
        "select",
        "option",
        "selectedcontent",
        "svg",
        "math",
        "annotation-xml",
        "font-face",
        "object",
        "embed",
        "applet",
        "base",
        "meta",
        "link",
        "frame",
        "frameset",
        "html",
        "head",
        "body",
        "image",
        "marquee",
        "B",
        "",
        "a b",
        "x-\u{e9}",
        "-a",
    ] {
        let tags = vec![tag.to_owned()];
        assert!(refused(Policy { tags, ..small("", &[]) }).contains("tags"), "{tag}");
    }
}

#[test]
fn refuses_parts_of_tables_without_the_others() {
    for tags in ["table", "td", "table tr td", "table tbody tr", "table tbody tr td col"] {
        assert!(refused(small(tags, &[])).contains("tags"), "{tags}");
    }
    assert!(Sanitizer::new(small("table tbody tr td", &[])).is_ok());
}

#[test]
fn refuses_prefixes_of_ids_that_are_not_part_of_a_name() {
    for prefix in ["a b", "a\t", "#", "\"", "é"] {
        assert!(
            refused(Policy { id_prefix: prefix.into(), ..small("p", &[]) }).contains("idPrefix"),
            "{prefix}"
        );
    }
}

#[test]
fn refuses_bounds_out_of_range() {
    for (max_depth, max_length) in [(0, 1), (257, 1), (1, 0), (1, (16 << 20) + 1)] {
        let error = Sanitizer::new(Policy { max_depth, max_length, ..small("p", &[]) })
            .expect_err("refused");
        assert_eq!(error.code(), "ERR_HTML_OPTION_RANGE");
    }
    assert!(
        Sanitizer::new(Policy { max_depth: 256, max_length: 16 << 20, ..small("p", &[]) }).is_ok()
    );
}

#[test]
fn refuses_schemes_that_run_scripts() {
    for scheme in [
        "javascript",
        "vbscript",
        "data",
        "blob",
        "about",
        "filesystem",
        "JavaScript",
        "http:",
        "",
        "a b",
    ] {
        let text = refused(Policy { schemes: vec![scheme.into()], ..small("a", &[]) });
        assert!(text.contains("schemes"), "{scheme}");
    }
    let schemes_by_attribute = [("href".into(), strings("javascript"))].into();
    refused(Policy { schemes_by_attribute, ..small("a", &[]) });
}

#[test]
fn refuses_names_of_dropped_tags_that_no_parser_makes() {
    for name in ["Form", "foreignObject", "", "<b>", " b"] {
        assert!(
            refused(Policy { drop_content: vec![name.into()], ..small("p", &[]) })
                .contains("dropContent")
        );
    }
}

#[test]
fn refuses_patterns_and_properties_of_styles() {
    let styles = |name: &str, pattern: &str| Policy {
        styles: [("p".into(), [(name.into(), vec![pattern.to_owned()])].into())].into(),
        ..small("p", &[])
    };
    for pattern in ["a)|(b", "(", "(?x)a # ", "(?=a)", "a{100000}", r"\1"] {
        assert!(refused(styles("color", pattern)).contains("styles"), "{pattern}");
    }
    for name in ["--x", "behavior", "-moz-binding", "COLOR", "", "color;", "a b"] {
        assert!(refused(styles(name, "red")).contains("styles"), "{name}");
    }
}

#[test]
fn refuses_hosts_of_frames_that_are_more_than_hosts() {
    for host in [
        "",
        "https://a.example",
        "a.example/",
        "a.example:443",
        "u@a.example",
        "a b",
        "*.a.example",
        "a.example\\",
        "a\t",
        "a.example?",
        "a.example#",
        "[::1]",
        "xn--\u{e9}",
        "a%2e",
        "exa<mple",
    ] {
        let policy =
            Policy { iframe_hosts: vec![host.into()], ..small("iframe", &[("iframe", "src")]) };
        assert!(refused(policy).contains("iframeHosts"), "{host}");
    }
}
