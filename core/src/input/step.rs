//! The steps of the quick pass: each looks at the next bytes of a text.

use super::word::{HIGH_BITS, LOW_BITS, first_word, string_marks};

const ZEROS: u64 = LOW_BITS * b'0' as u64;

/// What stands for a key of less than eight bytes in comparisons: its text. `bits`: where its end is marked.
#[inline(always)]
pub(super) const fn short_mark(first: u64, bits: u32) -> u64 {
    // The mark is the high bit of the byte behind the key.
    first & ((1 << (bits - 7)) - 1)
}

/// What stands for a longer key. Equal keys have equal marks. Different keys may share a mark; the scan then compares them.
#[inline(always)]
pub(super) fn long_mark(first: u64, name: &[u8]) -> Option<u64> {
    let last = u64::from_le_bytes(*name.last_chunk()?);
    Some(first.rotate_left(29) ^ last ^ (name.len() as u64).wrapping_mul(LOW_BITS))
}

/// The length of a key of at least eight bytes.
#[inline(always)]
pub(super) fn long_key(key: &[u8]) -> Option<usize> {
    let mut length = 8;
    loop {
        let marks = string_marks(first_word(key.get(length..)?)?);
        if marks != 0 {
            return Some(length + marks.trailing_zeros() as usize / 8);
        }
        length += 8;
    }
}

/// How many of the next eight bytes are digits before the first that is none.
#[inline(always)]
pub(super) fn digits(text: &[u8]) -> Option<usize> {
    let digits = first_word(text)? ^ ZEROS;
    // A digit is at most 9, so that 0x76 more stays below 0x80.
    let others = (digits | digits.wrapping_add(LOW_BITS * 0x76)) & HIGH_BITS;
    Some(others.trailing_zeros() as usize / 8)
}

#[inline(always)]
pub(super) fn has_exponent(rest: &[u8]) -> bool {
    matches!(rest.first(), Some(b'e' | b'E'))
}

/// What follows this byte, if it is next.
#[inline(always)]
pub(super) fn expect_now(rest: &[u8], byte: u8) -> Option<&[u8]> {
    rest.split_first().filter(|(first, _)| **first == byte).map(|(_, rest)| rest)
}

/// What follows this byte, if it is next after white space.
#[inline(always)]
pub(super) fn expect(rest: &[u8], byte: u8) -> Option<&[u8]> {
    expect_now(rest, byte).or_else(|| {
        let (first, rest) = after_space(rest)?;
        (first == byte).then_some(rest)
    })
}

/// The next byte that is not white space, and what follows.
#[inline(always)]
pub(super) fn next(rest: &[u8]) -> Option<(u8, &[u8])> {
    let (first, others) = rest.split_first()?;
    if *first > b' ' { Some((*first, others)) } else { after_space(rest) }
}

#[inline(never)]
pub(super) fn after_space(mut rest: &[u8]) -> Option<(u8, &[u8])> {
    while let [b' ' | b'\n' | b'\r' | b'\t', others @ ..] = rest {
        rest = others;
    }
    rest.split_first().map(|(first, others)| (*first, others))
}
