//! Any text: parsing a stored hash never panics, and what it accepts has one canonical form.
#![no_main]

use libfuzzer_sys::fuzz_target;
use portcullis_core::password::Phc;

fuzz_target!(|text: &str| {
    let Ok(phc) = Phc::parse(text) else { return };
    assert!(text.len() <= Phc::MAX_BYTES);
    let canonical = phc.to_string();
    let Ok(again) = Phc::parse(&canonical) else {
        panic!("the canonical form is refused: {canonical}")
    };
    assert!(again == phc);
    assert_eq!(again.to_string(), canonical);
});
