use proptest::prelude::*;

use super::html;

fn units(text: &str) -> Vec<u16> {
    text.encode_utf16().collect()
}

/// One character after the other, with nothing clever about it.
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
