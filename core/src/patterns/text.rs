//! JavaScript text as bytes that the engine searches.
//!
//! Without the flag `u` a RegExp reads UTF-16 units, with it code points. Both forms below write a unit below U+D800 or above
//! U+DFFF as UTF-8 does, so that they differ only for text with surrogates:
//! - units: each surrogate is three bytes of its own (CESU-8).
//! - points: a pair is the four bytes of its code point, a lone surrogate is three bytes (WTF-8).
//!
//! Nothing is lost: two texts never become the same bytes, and a lone surrogate matches what it matches in JavaScript.

/// A buffer above this size is not kept.
const LARGEST_KEPT_BYTES: usize = 64 * 1024;

const FIRST_SURROGATE: u16 = 0xD800;
const LAST_SURROGATE: u16 = 0xDFFF;

/// The bytes of one text, in a buffer that the next text reuses.
#[derive(Debug, Default)]
pub(super) struct Buffer(Vec<u8>);

impl Buffer {
    /// Writes the form of units, and returns it and whether the text has surrogates.
    pub(super) fn units(&mut self, text: &[u16]) -> (&[u8], bool) {
        let bytes = self.start(text);
        let mut has_surrogates = false;
        let mut rest = text;
        while let Some((unit, tail)) = ascii(rest, bytes).split_first() {
            has_surrogates |= (FIRST_SURROGATE..=LAST_SURROGATE).contains(unit);
            push_unit(*unit, bytes);
            rest = tail;
        }
        (&self.0, has_surrogates)
    }

    /// Writes the form of code points.
    pub(super) fn points(&mut self, text: &[u16]) -> &[u8] {
        let bytes = self.start(text);
        for point in char::decode_utf16(text.iter().copied()) {
            match point {
                Ok(char) => push_char(char, bytes),
                Err(lone) => push_unit(lone.unpaired_surrogate(), bytes),
            }
        }
        &self.0
    }

    fn start(&mut self, text: &[u16]) -> &mut Vec<u8> {
        if self.0.capacity() > LARGEST_KEPT_BYTES {
            self.0 = Vec::new();
        }
        self.0.clear();
        self.0.reserve(text.len());
        &mut self.0
    }
}

/// Writes the ASCII at the start of a text, and returns what follows. Whole blocks are narrowed at once.
fn ascii<'a>(text: &'a [u16], bytes: &mut Vec<u8>) -> &'a [u16] {
    const BLOCK: usize = 32;
    let mut rest = text;
    while let Some((block, tail)) = rest.split_first_chunk::<BLOCK>() {
        if block.iter().fold(0, |all, unit| all | unit) >= 0x80 {
            break;
        }
        bytes.extend_from_slice(&block.map(|unit| unit as u8));
        rest = tail;
    }
    let length = rest.iter().take(BLOCK).take_while(|unit| **unit < 0x80).count();
    let (start, tail) = rest.split_at(length);
    bytes.extend(start.iter().map(|unit| *unit as u8));
    tail
}

fn push_unit(unit: u16, bytes: &mut Vec<u8>) {
    match unit {
        0..0x80 => bytes.push(unit as u8),
        0x80..0x800 => bytes.extend([0xC0 | (unit >> 6) as u8, tail(unit)]),
        _ => bytes.extend([0xE0 | (unit >> 12) as u8, tail(unit >> 6), tail(unit)]),
    }
}

const fn tail(bits: u16) -> u8 {
    0x80 | (bits & 0x3F) as u8
}

fn push_char(char: char, bytes: &mut Vec<u8>) {
    bytes.extend_from_slice(char.encode_utf8(&mut [0; 4]).as_bytes());
}
