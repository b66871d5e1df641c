#![no_main]

use libfuzzer_sys::fuzz_target;
use portcullis_core::patterns::{Limits, Pattern, Set, Syntax};

// Whatever the source of a RegExp is, it is refused with a reason, or what it is translated to compiles and can be searched.
fuzz_target!(|input: (&str, u8, Vec<u16>)| {
    let (source, letters, text) = input;
    let flags = ["i", "m", "s", "u"].iter().enumerate().filter(|(bit, _)| letters >> bit & 1 == 1);
    let pattern = Pattern {
        label: "one".into(),
        source: source.into(),
        flags: flags.map(|(_, flag)| *flag).collect(),
        syntax: Syntax::Script,
    };
    match Set::new(&[pattern], &Limits::DEFAULT) {
        Ok(mut set) => {
            let test = set.test(&text).expect("the text is short");
            assert_eq!(
                set.matches(&text).expect("the text is short"),
                if test { vec![0] } else { vec![] }
            );
        }
        Err(error) => {
            let shown = error.to_string();
            assert!(
                ["ERR_PATTERNS_SYNTAX", "ERR_PATTERNS_SIZE"].contains(&error.code()),
                "{shown}"
            );
            // The translation itself is always read.
            assert!(!shown.contains("cannot be read"), "{shown}");
        }
    }
});
