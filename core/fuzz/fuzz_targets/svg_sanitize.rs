//! What the sanitizer returns is well-formed, has names of its lists alone, refers to nothing outside, and is returned unchanged
//! when it is sanitized again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use portcullis_core::svg::{Policy, Sanitizer};
use roxmltree::Document;

const SVG: &str = "http://www.w3.org/2000/svg";
const FORBIDDEN: [&str; 6] = ["script", "foreignObject", "style", "iframe", "metadata", "handler"];

fuzz_target!(|bytes: &[u8]| {
    let policy = Policy { max_elements: 200, max_drawn: 2000, ..Policy::default() };
    let Ok(sanitizer) = Sanitizer::new(policy) else { unreachable!("the policy is within its bounds") };
    let Ok(safe) = sanitizer.sanitize(bytes) else { return };
    assert_eq!(sanitizer.sanitize(safe.as_bytes()), Ok(safe.clone()));
    let Ok(document) = Document::parse(&safe) else { panic!("accepted, and not well-formed") };
    for node in document.descendants().filter(|node| node.is_element()) {
        assert_eq!(node.tag_name().namespace(), Some(SVG));
        assert!(!FORBIDDEN.contains(&node.tag_name().name()));
        for attribute in node.attributes() {
            assert!(!attribute.name().to_ascii_lowercase().starts_with("on"));
            let (name, value) = (attribute.name(), attribute.value());
            assert!(name != "href" || value.starts_with('#') || value.starts_with("data:image/"));
            let is_text = matches!(name, "lang" | "aria-label");
            let outside = value.split("url(").skip(1).any(|rest| !rest.starts_with('#'));
            assert!(is_text || name == "href" || !outside, "{name}");
        }
    }
});
