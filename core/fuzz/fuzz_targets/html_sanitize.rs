//! What the sanitizer returns has tags of its policy alone when it is parsed again, and is returned unchanged when it is sanitized
//! again, under three policies.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use portcullis_core::html::{Policy, Reason, Sanitizer};

const POLICIES: [&str; 3] = [
    r#"{ "tags": ["b", "p"], "maxDepth": 3, "maxLength": 65536 }"#,
    r#"{
        "tags": ["a", "b", "blockquote", "div", "em", "h1", "h2", "img", "li", "ol", "p", "pre", "table", "tbody", "td", "tr", "ul"],
        "attributes": { "*": ["lang", "title", "data-*"], "a": ["href"], "img": ["src", "srcset"] },
        "schemes": ["http", "https"], "relativeUrls": true, "linkRel": "noopener", "linkRelAlways": true, "dropContent": ["nav"],
        "maxDepth": 128, "maxLength": 65536
    }"#,
    r#"{
        "tags": ["a", "button", "caption", "col", "colgroup", "dd", "dl", "dt", "form", "h1", "h3", "hr", "i", "iframe", "li", "nobr",
            "p", "rb", "rp", "rt", "rtc", "ruby", "span", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "x-y"],
        "attributes": { "*": ["id", "name", "class", "href", "src", "aria-*"] },
        "styles": { "*": { "color": [".*"], "font-family": [".*"] } }, "classes": { "p": ["a-*"] },
        "schemes": ["https"], "schemesByAttribute": { "src": ["https", "data"] }, "iframeHosts": ["a.example"],
        "rename": { "u": "i" }, "idPrefix": "u-", "disallowed": "escape", "maxDepth": 256, "maxLength": 65536
    }"#,
];

static SANITIZERS: LazyLock<Vec<Sanitizer>> = LazyLock::new(|| {
    let read = |json: &&str| Policy::from_json(json).and_then(Sanitizer::new);
    POLICIES.iter().map(read).collect::<Result<_, _>>().unwrap_or_default()
});

fuzz_target!(|html: &str| {
    assert_eq!(SANITIZERS.len(), POLICIES.len());
    for sanitizer in SANITIZERS.iter() {
        let Ok(safe) = sanitizer.sanitize(html) else { continue };
        if safe.len() > sanitizer.max_length() {
            continue;
        }
        let Ok((again, removed)) = sanitizer.report(&safe) else { panic!("its own output is refused") };
        assert_eq!(again, safe);
        // Every tag that a second parse finds is one that the policy keeps, and so is every attribute but `rel`, which is set again.
        let is_set = |one: Option<&str>| one == Some("rel");
        let left = removed.iter().find(|one| one.reason != Reason::Attribute || !is_set(one.attribute.as_deref()));
        assert!(left.is_none(), "{left:?}");
    }
});
