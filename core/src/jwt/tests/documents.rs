//! The two readers of claims on many documents: made of what claims hold, and then changed byte by byte.

use super::flat::{agree, guarded};

/// Xorshift with a fixed seed, so that a failure repeats.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % bound
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }
}

const NAMES: &[&str] = &[
    "exp",
    "nbf",
    "iat",
    "iss",
    "sub",
    "aud",
    "jti",
    "sid",
    "nonce",
    "toString",
    "roles",
    "a",
    "",
    "ü",
    "12345678",
    "123456789",
    "https://example.com/claim",
    "exp ",
    "nbg",
    r"\u0065xp",
];
const SCALARS: &[&str] = &[
    "0",
    "1",
    "17930009",
    "1793000900",
    "123456789012345",
    "1234567890123456",
    "-1",
    "1.5",
    "1e3",
    "1e999",
    "01",
    r#""""#,
    r#""user-1""#,
    r#""Zoë""#,
    r#""https://api.example.com/a/b""#,
    r#""a\"b""#,
    r#""\ud800""#,
    "true",
    "false",
    "null",
    "nul",
];

fn value(random: &mut Random, depth: usize, json: &mut String) {
    match random.below(if depth == 0 { 6 } else { 9 }) {
        0..=5 => json.push_str(random.pick(SCALARS)),
        6 => object(random, depth - 1, json),
        _ => {
            json.push('[');
            for at in 0..random.below(4) {
                json.push_str(if at == 0 { "" } else { "," });
                value(random, depth - 1, json);
            }
            json.push(']');
        }
    }
}

fn object(random: &mut Random, depth: usize, json: &mut String) {
    json.push('{');
    for at in 0..random.below(7) {
        json.push_str(if at == 0 { "" } else { "," });
        json.push_str(&format!("\"{}\":", random.pick(NAMES)));
        value(random, depth, json);
    }
    json.push('}');
}

fn mutate(random: &mut Random, json: &mut Vec<u8>) {
    const BYTES: &[u8] = b"{}[]\":,.-+eE0123456789tfn \\u\n\x00\x1f\x7f\x80\xff\xc3\xbc";
    let at = random.below(json.len());
    match random.below(4) {
        0 => json[at] = random.pick(BYTES),
        1 => json.insert(at, random.pick(BYTES)),
        2 => drop(json.remove(at)),
        _ => json.truncate(at + 1),
    }
}

#[test]
fn agrees_with_the_guard_on_made_and_changed_documents() {
    const DOCUMENTS: usize = 250_000;
    let (mut random, mut quick, mut accepted) = (Random(0x9e37_79b9_7f4a_7c15), 0, 0);
    for number in 0..DOCUMENTS {
        let mut json = String::new();
        object(&mut random, 4, &mut json);
        let mut json = json.into_bytes();
        for _ in 0..number % 3 {
            mutate(&mut random, &mut json);
        }
        quick += usize::from(agree(&json));
        accepted += usize::from(guarded(&json).is_ok());
    }
    // Both kinds must come up often, or the comparison says nothing.
    assert!(
        quick > DOCUMENTS / 20 && accepted > quick && accepted < DOCUMENTS / 2,
        "{quick}, {accepted}"
    );
}
