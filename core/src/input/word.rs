//! Eight bytes at a time, as one number: most texts of a body are too short for a wider step to pay.

pub(super) const LOW_BITS: u64 = u64::from_le_bytes([0x01; 8]);
pub(super) const HIGH_BITS: u64 = u64::from_le_bytes([0x80; 8]);

/// A byte repeated in a word.
const fn splat(byte: u8) -> u64 {
    LOW_BITS * byte as u64
}

/// Marks the high bit of every byte below `bound` (at most 0x80). The first mark is always right. Later marks may be
/// wrong, because the subtraction borrows from the next byte.
pub(super) const fn below(word: u64, bound: u8) -> u64 {
    word.wrapping_sub(splat(bound)) & !word & HIGH_BITS
}

/// Marks the high bit of every byte that equals `byte`; as in [`below`], the first mark is right.
pub(super) const fn equal(word: u64, byte: u8) -> u64 {
    below(word ^ splat(byte), 1)
}

/// Marks the high bit of every quote, backslash and control character; the first mark is right.
#[inline(always)]
pub(super) const fn string_marks(word: u64) -> u64 {
    // This moves the quote to the place of the space, right above the control characters, and the space away from it.
    let low = (word ^ splat(b'"' ^ b' ')).wrapping_sub(splat(b' ' + 1));
    let backslash = (word ^ splat(b'\\')).wrapping_sub(LOW_BITS);
    (low | backslash) & !word & HIGH_BITS
}

/// The first eight bytes, with zeros behind the end; `None` where nothing is left.
#[inline(always)]
pub(super) fn first_word(rest: &[u8]) -> Option<u64> {
    match rest.first_chunk() {
        Some(chunk) => Some(u64::from_le_bytes(*chunk)),
        None => last_word(rest),
    }
}

#[cold]
fn last_word(rest: &[u8]) -> Option<u64> {
    let word = rest.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte));
    (!rest.is_empty()).then_some(word)
}
