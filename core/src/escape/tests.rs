use proptest::prelude::*;

use super::Html;

/// The escaped text as UTF-16, whichever form it came in.
fn html(text: &[u16]) -> Option<Vec<u16>> {
    match super::html(text) {
        Html::Clean => None,
        Html::Late(first) => {
            let (clean, rest) = text.split_at(first);
            // A place of 0 would be found again and again.
            assert!(first > 0 && !rest.is_empty() || text.len() < 4);
            Some([clean, &naive(rest)].concat())
        }
        Html::Latin1(bytes) => Some(bytes.into_iter().map(u16::from).collect()),
        Html::Utf16(units) => Some(units),
    }
}

fn units(text: &str) -> Vec<u16> {
    text.encode_utf16().collect()
}

/// The naive twin: looks at one character after the other.
fn naive(text: &[u16]) -> Vec<u16> {
    text.iter()
        .flat_map(|unit| match char::from_u32(u32::from(*unit)) {
            Some('"') => units("&quot;"),
            Some('&') => units("&amp;"),
            Some('\'') => units("&#39;"),
            Some('<') => units("&lt;"),
            Some('>') => units("&gt;"),
            _ => vec![*unit],
        })
        .collect()
}

#[derive(serde::Deserialize)]
struct Vector {
    name: String,
    text: String,
    html: String,
}

#[test]
fn returns_what_the_vectors_say() {
    let file = include_str!("../../../__test__/vectors/escape.json");
    let vectors: Vec<Vector> = serde_json::from_str(file).unwrap();
    assert!(!vectors.is_empty());
    for Vector { name, text, html: expected } in vectors {
        let escaped = html(&units(&text)).unwrap_or_else(|| units(&text));
        assert_eq!(String::from_utf16_lossy(&escaped), expected, "{name}");
    }
}

#[test]
fn returns_nothing_when_the_text_is_clean() {
    for length in 0..200 {
        assert_eq!(html(&vec![0x3042; length]), None);
        assert_eq!(html(&vec![0xD800; length]), None);
    }
}

#[test]
fn never_misses_a_character_wherever_it_stands() {
    for length in 1..100 {
        for at in 0..length {
            let mut text = vec![u16::from(b'a'); length];
            text[at] = u16::from(b'<');
            assert_eq!(html(&text), Some(naive(&text)), "length {length}, at {at}");
        }
    }
}

#[test]
fn returns_the_narrow_form_exactly_when_every_unit_is_below_256() {
    assert!(matches!(super::html(&[0x3C, 0xFF]), Html::Latin1(_)));
    for wide in [0x100, 0x13C, 0xD800, 0xFFFF] {
        assert!(matches!(super::html(&[0x3C, wide]), Html::Utf16(_)), "{wide:x}");
    }
}

#[test]
fn returns_the_place_of_the_first_special_when_it_is_in_the_last_quarter() {
    let mut text = units(&"a".repeat(100));
    text[75] = u16::from(b'<');
    assert_eq!(super::html(&text), Html::Late(75));
    text[74] = u16::from(b'<');
    assert!(matches!(super::html(&text), Html::Latin1(_)));
}

proptest! {
    #[test]
    fn returns_what_the_naive_twin_returns(text in proptest::collection::vec(
        prop_oneof![Just(34u16), Just(38), Just(39), Just(60), Just(62), 0u16..128, any::<u16>()], 0..300,
    )) {
        let escaped = html(&text).unwrap_or_else(|| text.clone());
        prop_assert_eq!(&escaped, &naive(&text));
        prop_assert_eq!(html(&text).is_none(), escaped == text);
    }
}
