//! Vectors shared with the Node tests, and a property against a naive twin that looks at one unit after the other.

use proptest::prelude::*;

use super::script::Flags;
use super::{Limits, Pattern, Set, Syntax, translate};
use crate::Error;

#[derive(serde::Deserialize)]
struct Vectors {
    matches: Vec<Vector>,
    refused: Vec<Refused>,
}

#[derive(serde::Deserialize)]
struct Vector {
    source: String,
    flags: String,
    text: String,
    expected: bool,
}

#[derive(serde::Deserialize)]
struct Refused {
    source: String,
    flags: String,
    reason: String,
}

fn vectors() -> Vectors {
    serde_json::from_str(include_str!("../../../__test__/vectors/patterns.json")).unwrap()
}

fn pattern(source: &str, flags: &str, syntax: Syntax) -> Pattern {
    Pattern { label: "one".into(), source: source.into(), flags: flags.into(), syntax }
}

fn script(source: &str, flags: &str) -> Result<Set, Error> {
    Set::new(&[pattern(source, flags, Syntax::Script)], &Limits::DEFAULT)
}

fn engine(source: &str, limits: &Limits) -> Result<Set, Error> {
    Set::new(&[pattern(source, "", Syntax::Engine)], limits)
}

fn units(text: &str) -> Vec<u16> {
    text.encode_utf16().collect()
}

fn code_of<T>(result: Result<T, Error>) -> &'static str {
    result.map_or_else(|error| error.code(), |_| "ok")
}

#[test]
fn matches_what_the_vectors_say() {
    let Vectors { matches, .. } = vectors();
    assert!(matches.len() > 40);
    for Vector { source, flags, text, expected } in matches {
        let mut set = script(&source, &flags).unwrap_or_else(|error| panic!("{source}: {error}"));
        assert_eq!(set.test(&units(&text)).unwrap(), expected, "/{source}/{flags} on {text:?}");
    }
}

#[test]
fn refuses_what_the_vectors_say() {
    let Vectors { refused, .. } = vectors();
    assert!(refused.len() > 25);
    for Refused { source, flags, reason } in refused {
        let error = script(&source, &flags).expect_err(&source);
        assert_eq!(error.code(), "ERR_PATTERNS_SYNTAX", "{source}");
        assert!(error.to_string().contains(&reason), "/{source}/{flags}: {error}");
    }
}

#[test]
fn reads_halves_of_a_pair_as_the_flag_u_decides() {
    let pair = units("\u{1F600}");
    let test = |source, flags, text: &[u16]| script(source, flags).unwrap().test(text).unwrap();
    assert!(test("^..$", "", &pair) && !test("^.$", "", &pair));
    assert!(test("^.$", "u", &pair) && !test("^..$", "u", &pair));
    for lone in [[0xD83D], [0xDE00]] {
        assert!(test("^.$", "", &lone) && test("^.$", "u", &lone) && test("^[^a]$", "i", &lone));
        assert!(test(r"^[\ud800-\udfff]$", "", &lone) && !test(r"\ufffd", "u", &lone));
    }
    assert!(test(r"\ud83d", "", &pair) && !test(r"\ud83d", "u", &pair));
}

#[test]
fn never_matches_a_lone_surrogate_with_a_string() {
    let mut set = engine("(?s)^.$", &Limits::DEFAULT).unwrap();
    assert!(set.test(&units("\u{1F600}")).unwrap());
    assert!(!set.test(&[0xD83D]).unwrap());
}

#[test]
fn finds_each_pattern_in_the_form_that_it_reads() {
    let patterns = [
        pattern("^..$", "", Syntax::Script),
        pattern("^.$", "u", Syntax::Script),
        pattern("^.$", "", Syntax::Engine),
        pattern("b", "", Syntax::Script),
    ];
    let mut set = Set::new(&patterns, &Limits::DEFAULT).unwrap();
    assert_eq!(set.matches(&units("\u{1F600}")).unwrap(), [0, 1, 2]);
    assert_eq!(set.matches(&units("a")).unwrap(), [1, 2]);
    assert_eq!(set.matches(&units("ab")).unwrap(), [0, 3]);
    assert_eq!(set.matches(&units("abc")).unwrap(), [3]);
}

#[test]
fn refuses_what_exceeds_a_limit() {
    let limits = Limits { max_patterns: 1, max_pattern_units: 20, max_depth: 3, ..Limits::DEFAULT };
    let two = [pattern("a", "", Syntax::Engine), pattern("b", "", Syntax::Engine)];
    assert_eq!(code_of(Set::new(&two, &limits)), "ERR_PATTERNS_SIZE");
    assert_eq!(code_of(engine(&"a".repeat(21), &limits)), "ERR_PATTERNS_SIZE");
    assert_eq!(code_of(engine(&"a".repeat(20), &limits)), "ok");
    assert_eq!(code_of(engine("((((a))))", &limits)), "ERR_PATTERNS_SIZE");
    assert_eq!(code_of(engine("(a{999}){999}", &limits)), "ERR_PATTERNS_SIZE");
    let deep = [pattern("((((a))))", "", Syntax::Script)];
    assert_eq!(code_of(Set::new(&deep, &limits)), "ERR_PATTERNS_SIZE");
    assert_eq!(code_of(script("(?:a{999}){999}", "")), "ERR_PATTERNS_SIZE");
    let wrong = Limits { max_depth: 101, ..Limits::DEFAULT };
    assert_eq!(code_of(engine("a", &wrong)), "ERR_PATTERNS_OPTION_RANGE");
}

#[test]
fn refuses_a_text_that_is_too_long() {
    let limits = Limits { max_text_units: 3, ..Limits::DEFAULT };
    let mut set = engine("a", &limits).unwrap();
    assert!(set.test(&units("bba")).unwrap());
    assert_eq!(code_of(set.test(&units("bbba"))), "ERR_PATTERNS_TEXT_TOO_LONG");
    assert_eq!(code_of(set.matches(&units("bbba"))), "ERR_PATTERNS_TEXT_TOO_LONG");
}

#[test]
fn refuses_strings_that_could_match_half_a_character() {
    for source in [r"(?-u:\xFF)", r"(?s-u:.)", r"(?-u:\W)", "(", "a{2", r"(?=a)", r"(a)\1"] {
        assert_eq!(code_of(engine(source, &Limits::DEFAULT)), "ERR_PATTERNS_SYNTAX", "{source}");
    }
    for flags in ["ii", "g", "u", "i-"] {
        let patterns = [pattern("a", flags, Syntax::Engine)];
        assert_eq!(
            code_of(Set::new(&patterns, &Limits::DEFAULT)),
            "ERR_PATTERNS_SYNTAX",
            "{flags}"
        );
    }
}

#[test]
fn compiles_the_deepest_pattern_that_the_bounds_allow() {
    let limits = Limits { max_depth: 100, max_pattern_units: 4096, ..Limits::DEFAULT };
    for (open, close) in [("(?:a", ")*"), ("(?:^|", "[^a]|b)?"), ("(", ")")] {
        let source = format!("{}a{}", open.repeat(100), close.repeat(100));
        let set = Set::new(&[pattern(&source, "i", Syntax::Script)], &limits);
        assert_eq!(set.err(), None, "{open}");
    }
}

/// The naive twin: `(?:[first-last]|x)` on any unit.
fn has_unit(text: &[u16], first: u16, last: u16) -> bool {
    text.iter().any(|unit| (first..=last).contains(unit) || *unit == u16::from(b'x'))
}

proptest! {
    #[test]
    fn finds_a_range_of_units_wherever_it_is(
        text in prop::collection::vec(prop_oneof![any::<u16>(), 0xD7F0u16..0xE010, 0u16..0x80], 0..80),
        ends in (any::<u16>(), any::<u16>()),
    ) {
        let (first, last) = (ends.0.min(ends.1), ends.0.max(ends.1));
        let mut set = script(&format!(r"[\u{first:04x}-\u{last:04x}]|x"), "").unwrap();
        prop_assert_eq!(set.test(&text).unwrap(), has_unit(&text, first, last));
        prop_assert_eq!(set.matches(&text).unwrap().len(), usize::from(has_unit(&text, first, last)));
    }

    #[test]
    fn never_panics_and_always_writes_what_the_engine_reads(
        source in r"[-\\^$.*+?()\[\]{}|a-c0-3,:<>=!uxdwsbBkcpé\u{1F600}]{0,24}",
        letters in "[imsu]{0,4}",
    ) {
        let Ok(flags) = Flags::read(&letters) else { return Ok(()) };
        if translate(&source, flags, 20).is_ok() {
            let code = code_of(script(&source, &letters));
            prop_assert!(["ok", "ERR_PATTERNS_SIZE"].contains(&code), "{}: {}", source, code);
        }
    }
}
