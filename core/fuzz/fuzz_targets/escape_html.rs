#![no_main]

use libfuzzer_sys::fuzz_target;
use portcullis_core::escape::{Html, html};

// Whatever comes in, nothing that could open markup is left, and what was escaped decodes to what it was.
fuzz_target!(|bytes: &[u8]| {
    let text: Vec<u16> =
        bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
    let special = |unit: &u16| [34, 38, 39, 60, 62].contains(unit);
    let escaped = match html(&text) {
        Html::Clean => return assert!(!text.iter().any(special)),
        Html::Late(first) => return assert_eq!(text.iter().position(special), Some(first)),
        Html::Latin1(bytes) => bytes.into_iter().map(u16::from).collect(),
        Html::Utf16(units) => units,
    };
    assert!(!escaped.iter().any(|unit| [34, 39, 60, 62].contains(unit)));
    assert_eq!(decode(&escaped), text);
});

fn decode(escaped: &[u16]) -> Vec<u16> {
    let mut text = Vec::new();
    let mut rest = escaped;
    while let Some((unit, tail)) = rest.split_first() {
        if *unit != 38 {
            text.push(*unit);
            rest = tail;
            continue;
        }
        let end = rest.iter().position(|unit| *unit == 59).expect("an entity ends");
        text.push(match String::from_utf16_lossy(&rest[..=end]).as_str() {
            "&quot;" => 34,
            "&amp;" => 38,
            "&#39;" => 39,
            "&lt;" => 60,
            "&gt;" => 62,
            other => panic!("{other} is no entity of ours"),
        });
        rest = &rest[end + 1..];
    }
    text
}
