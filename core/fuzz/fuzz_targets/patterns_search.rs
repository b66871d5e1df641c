#![no_main]

use libfuzzer_sys::fuzz_target;
use portcullis_core::patterns::{Limits, Pattern, Set, Syntax};

const KNOWN: [(&str, &str); 5] =
    [("a", ""), (".", "su"), ("^[^a]$", "u"), ("\\ud83d", ""), ("[^]", "")];

// Any units are searched, and what a few patterns find is what a look at the units says.
fuzz_target!(|input: (&str, Vec<u16>)| {
    let (source, text) = input;
    let mut patterns: Vec<_> = KNOWN
        .iter()
        .map(|(source, flags)| Pattern {
            label: "known".into(),
            source: (*source).into(),
            flags: (*flags).into(),
            syntax: Syntax::Script,
        })
        .collect();
    patterns.push(Pattern {
        label: "any".into(),
        source: source.into(),
        flags: String::new(),
        syntax: Syntax::Engine,
    });
    let Ok(mut set) = Set::new(&patterns, &Limits::DEFAULT) else { return };
    let found = set.matches(&text).expect("the text is short");
    assert_eq!(set.test(&text).expect("the text is short"), !found.is_empty());
    let points: Vec<_> = char::decode_utf16(text.iter().copied()).collect();
    let has = |index: u32| found.contains(&index);
    assert_eq!(has(0), text.contains(&0x61));
    assert_eq!(has(1), !text.is_empty());
    assert_eq!(has(2), points.len() == 1 && points[0] != Ok('a'));
    assert_eq!(has(3), text.contains(&0xD83D));
    assert_eq!(has(4), !text.is_empty());
});
