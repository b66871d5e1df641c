//! The quick pass over claims against the guard, which is its twin: what the one accepts the other accepts too, with the
//! same names and values.

use super::super::claims::Claims;
use super::super::flat;
use super::super::strict::{Members, Value as Told, read_guarded};
use super::*;

/// What a reader told, in a form that does not depend on the reader.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Record {
    names: Vec<Vec<u8>>,
    values: Vec<Normal>,
}

#[derive(Debug, PartialEq)]
pub(super) enum Normal {
    Text(String),
    Number(f64),
    Json(String),
}

impl<'t> Members<'t> for Record {
    fn restart(&mut self) {
        *self = Self::default();
    }

    fn name(&mut self, name: &[u8]) {
        self.names.push(name.to_vec());
    }

    fn value(&mut self, value: Told<'t>) {
        let normal = match (value, value.text()) {
            (_, Some(text)) => Normal::Text(text.into_owned()),
            (Told::Number(number), _) => Normal::Number(number),
            (Told::Json(json) | Told::Text(json), _) => {
                json.parse().map_or_else(|_| Normal::Json(json.into()), Normal::Number)
            }
        };
        self.values.push(normal);
    }
}

fn quick(json: &[u8]) -> Option<Record> {
    let mut record = Record::default();
    flat::read(json, &mut record).map(|()| record)
}

pub(super) fn guarded(json: &[u8]) -> Result<Record, Error> {
    let mut record = Record::default();
    read_guarded(json, &mut record).map(|()| record)
}

/// Compares the readers, and tells whether the quick one read the text.
pub(super) fn agree(json: &[u8]) -> bool {
    let text = String::from_utf8_lossy(json);
    let required = ["toString".to_owned(), "sub".to_owned()];
    let (parsed, twin) = (Claims::parse(json, &required), Claims::parse_guarded(json, &required));
    assert_eq!(parsed, twin, "{text}");
    let Some(record) = quick(json) else { return false };
    assert_eq!(guarded(json).as_ref(), Ok(&record), "{text}");
    true
}

#[test]
fn reads_plain_objects_quickly() {
    let long = "n".repeat(40);
    let plain = [
        "{}".to_owned(),
        r#"{"":""}"#.into(),
        r#"{"sub":"Zoë","exp":1793000900,"nbf":0,"a":12345678,"b":999999999999999}"#.into(),
        r#"{"aud":["web","app"],"x":{"roles":[],"y":{"z":[1]}},"t":true,"f":false,"n":null}"#
            .into(),
        r#"{"x":{"a":1},"y":{"a":1}}"#.into(),
        format!(r#"{{"{long}":"{long}"}}"#),
        format!("{{{}}}", (0..16).map(|n| format!(r#""k{n}":{n}"#)).collect::<Vec<_>>().join(",")),
    ];
    for json in plain {
        assert!(agree(json.as_bytes()), "{json}");
    }
}

#[test]
fn leaves_to_the_guard_what_it_does_not_know() {
    let members = |count: usize| {
        let members: Vec<_> = (0..count).map(|n| format!(r#""k{n}":{n}"#)).collect();
        format!("{{{}}}", members.join(","))
    };
    let accepted = [
        r#"{"a":"\u0041"}"#.to_owned(),
        r#"{"\u0061":1}"#.into(),
        r#"{ "a":1}"#.into(),
        r#"{"a": 1}"#.into(),
        " {}\n".into(),
        r#"{"a":-1}"#.into(),
        r#"{"exp":1793000900.5}"#.into(),
        r#"{"exp":1e9}"#.into(),
        r#"{"a":1000000000000000}"#.into(),
        r#"{"a":[[[[1]]]]}"#.into(),
        members(17),
        format!(r#"{{"a":"{}"}}"#, "x".repeat(8_192)),
        // The same mark for different names.
        r#"{"12345678-a-12345678":1,"12345678-b-12345678":2}"#.into(),
    ];
    for json in accepted {
        assert!(!agree(json.as_bytes()), "{json}");
        assert!(guarded(json.as_bytes()).is_ok(), "{json}");
    }
}

#[test]
fn never_accepts_what_the_guard_rejects() {
    const REJECTED: &[&[u8]] = &[
        b"",
        b"{",
        b"[]",
        b"{}{}",
        br#"{"a"}"#,
        br#"{"a":}"#,
        br#"{"a":1,}"#,
        br#"{,"a":1}"#,
        br#"{"a":1"b":2}"#,
        br#"{"a":1]"#,
        br#"{"a":[1,]}"#,
        br#"{"a":[1}"#,
        br#"{"a":01}"#,
        br#"{"a":00}"#,
        br#"{"a":0123456789}"#,
        br#"{"a":1.}"#,
        br#"{"a":1234567:}"#,
        br#"{"a":tru}"#,
        br#"{"a":nulls}"#,
        br#"{"a":"b}"#,
        br#"{"a":"b"#,
        br#"{"a":1,"a":2}"#,
        br#"{"":1,"":2}"#,
        br#"{"longer than eight":1,"longer than eight":2}"#,
        br#"{"a":1,"\u0061":2}"#,
        br#"{"x":{"a":1,"a":2}}"#,
        br#"{"x":[{"a":1,"a":2}]}"#,
        b"{\"a\":\"\x1f\"}",
        b"{\"a\":\"\xff\"}",
        b"{\"a\":\"\xed\xa0\x80\"}",
        b"\xef\xbb\xbf{}",
    ];
    for json in REJECTED {
        let text = String::from_utf8_lossy(json);
        assert!(guarded(json).is_err(), "{text}");
        assert!(!agree(json), "{text}");
    }
}

#[test]
fn reads_whole_numbers_as_the_guard_does_whatever_their_length() {
    for digits in 1..=20 {
        for first in ["", "0", "9", "4294967"] {
            let number = format!("{first}{}", &"12345678901234567890"[..digits]);
            let is_quick = agree(format!(r#"{{"exp":{number}}}"#).as_bytes());
            let is_plain = number.len() <= 15 && !number.starts_with('0');
            assert_eq!(is_quick, is_plain, "{number}");
        }
    }
}

proptest! {
    #[test]
    fn agrees_with_the_guard_on_any_bytes(json in proptest::collection::vec(any::<u8>(), 0..80)) {
        agree(&json);
    }

    #[test]
    fn agrees_with_the_guard_on_any_text(name in "\\PC{0,20}", text in "\\PC{0,40}", number in any::<u64>()) {
        let claims = serde_json::json!({ name: text, "sub": text, "exp": number }).to_string();
        agree(claims.as_bytes());
    }
}
