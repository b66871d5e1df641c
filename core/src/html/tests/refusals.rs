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
