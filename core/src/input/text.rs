//! JSON strings: finds where their plain text ends, and unescapes them.

use super::word::{below, equal};
use crate::Error;

/// Returns where the plain text that starts at `at` ends: at a quote, a backslash, a control character, or (with `DOT`) a dot.
///
/// Eight bytes at a time: most strings of a body are too short for a wider step to pay.
#[inline]
pub(super) fn plain_end<const DOT: bool>(bytes: &[u8], mut at: usize) -> usize {
    while let Some(chunk) = bytes.get(at..).and_then(|rest| rest.first_chunk::<8>()) {
        let word = u64::from_le_bytes(*chunk);
        let mut marks = equal(word, b'"') | equal(word, b'\\') | below(word, b' ');
        if DOT {
            marks |= equal(word, b'.');
        }
        if marks != 0 {
            return at + (marks.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    let is_plain =
        |byte: &u8| *byte >= b' ' && !matches!(byte, b'"' | b'\\') && !(DOT && *byte == b'.');
    while bytes.get(at).is_some_and(is_plain) {
        at += 1;
    }
    at
}

/// The end of the string whose text starts at `at`: the place after its closing quote.
#[inline]
pub(super) fn string_end(bytes: &[u8], mut at: usize) -> Result<usize, Error> {
    loop {
        at = plain_end::<false>(bytes, at);
        match bytes.get(at) {
            Some(b'"') => return Ok(at + 1),
            Some(b'\\') => at = escape(bytes, at)?.1,
            _ => return Err(Error::InputSyntax),
        }
    }
}

/// The unescaped text of the string that starts at `at`, and the place after its closing quote.
#[cold]
pub(super) fn unescape(bytes: &[u8], mut at: usize) -> Result<(Vec<u8>, usize), Error> {
    let mut text = Vec::new();
    loop {
        let start = at;
        at = plain_end::<false>(bytes, at);
        text.extend_from_slice(bytes.get(start..at).unwrap_or_default());
        match bytes.get(at) {
            Some(b'"') => return Ok((text, at + 1)),
            Some(b'\\') => {
                let (char, next) = escape(bytes, at)?;
                text.extend_from_slice(char.encode_utf8(&mut [0; 4]).as_bytes());
                at = next;
            }
            _ => return Err(Error::InputSyntax),
        }
    }
}

/// The character of the escape whose backslash stands at `at`, and the place after it.
fn escape(bytes: &[u8], at: usize) -> Result<(char, usize), Error> {
    let char = match bytes.get(at + 1) {
        Some(b'u') => return unicode_escape(bytes, at + 2),
        Some(byte @ (b'"' | b'\\' | b'/')) => char::from(*byte),
        Some(b'b') => '\u{8}',
        Some(b'f') => '\u{c}',
        Some(b'n') => '\n',
        Some(b'r') => '\r',
        Some(b't') => '\t',
        _ => return Err(Error::InputSyntax),
    };
    Ok((char, at + 2))
}

/// `at` is the place of the first of four hexadecimal digits.
fn unicode_escape(bytes: &[u8], at: usize) -> Result<(char, usize), Error> {
    let unit = unit(bytes, at)?;
    if let Some(char) = char::from_u32(unit) {
        return Ok((char, at + 4));
    }
    let is_pair = unit < 0xDC00 && bytes.get(at + 4..at + 6) == Some(br"\u");
    let low = if is_pair { self::unit(bytes, at + 6)? } else { 0 };
    if !(0xDC00..0xE000).contains(&low) {
        return Err(Error::InputSurrogate);
    }
    let code = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
    Ok((char::from_u32(code).ok_or(Error::InputSurrogate)?, at + 10))
}

fn unit(bytes: &[u8], at: usize) -> Result<u32, Error> {
    let digits = bytes.get(at..at + 4).ok_or(Error::InputSyntax)?;
    digits.iter().try_fold(0, |unit, digit| {
        let value = char::from(*digit).to_digit(16).ok_or(Error::InputSyntax)?;
        Ok(unit << 4 | value)
    })
}
