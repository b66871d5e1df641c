//! Percent-encoding of forms: `+` is a space, `%` and two hexadecimal digits are one byte of UTF-8.

use super::super::word::{below, equal};
use crate::Error;

const HEX: &[u8; 16] = b"0123456789abcdef";

/// Appends what an encoded text stands for; with `JSON`, as the inside of a JSON string.
///
/// # Errors
/// `ERR_INPUT_FORM` for a `%` without two hexadecimal digits, `ERR_INPUT_UTF8` for percent-encoded bytes that are not UTF-8.
#[inline]
pub(super) fn decode<const JSON: bool>(encoded: &[u8], into: &mut Vec<u8>) -> Result<(), Error> {
    let start = into.len();
    let (mut at, mut has_bytes) = (0, false);
    loop {
        let end = plain_end::<JSON>(encoded, at);
        into.extend_from_slice(encoded.get(at..end).unwrap_or_default());
        let Some(&byte) = encoded.get(end) else { break };
        at = end + 1;
        let decoded = match byte {
            b'+' => b' ',
            b'%' => {
                at += 2;
                escaped(encoded, end + 1)?
            }
            other => other,
        };
        has_bytes |= byte == b'%' && !decoded.is_ascii();
        push::<JSON>(decoded, into);
    }
    let is_utf8 = || into.get(start..).is_some_and(|text| str::from_utf8(text).is_ok());
    if !has_bytes || is_utf8() { Ok(()) } else { Err(Error::InputUtf8) }
}

/// Appends text as the inside of a JSON string.
#[inline]
pub(super) fn escape(text: &[u8], into: &mut Vec<u8>) {
    let is_plain = |byte: &u8| *byte >= b' ' && !matches!(byte, b'"' | b'\\');
    if text.iter().all(is_plain) {
        into.extend_from_slice(text);
    } else {
        text.iter().for_each(|byte| push::<true>(*byte, into));
    }
}

#[inline]
fn push<const JSON: bool>(byte: u8, into: &mut Vec<u8>) {
    match byte {
        b'"' | b'\\' if JSON => into.extend_from_slice(&[b'\\', byte]),
        0..b' ' if JSON => {
            let digit = |value: u8| HEX.get(usize::from(value)).copied().unwrap_or(b'0');
            into.extend_from_slice(&[b'\\', b'u', b'0', b'0', digit(byte >> 4), digit(byte & 15)]);
        }
        _ => into.push(byte),
    }
}

/// The byte that two hexadecimal digits stand for.
#[inline]
fn escaped(encoded: &[u8], at: usize) -> Result<u8, Error> {
    let [high, low] =
        *encoded.get(at..).and_then(<[u8]>::first_chunk::<2>).ok_or(Error::InputForm)?;
    let digit = |byte: u8| char::from(byte).to_digit(16).ok_or(Error::InputForm);
    Ok((digit(high)? << 4 | digit(low)?) as u8)
}

/// Where the text that stands for itself ends.
#[inline]
fn plain_end<const JSON: bool>(bytes: &[u8], mut at: usize) -> usize {
    while let Some(chunk) = bytes.get(at..).and_then(<[u8]>::first_chunk::<8>) {
        let word = u64::from_le_bytes(*chunk);
        let mut marks = equal(word, b'%') | equal(word, b'+');
        if JSON {
            marks |= equal(word, b'"') | equal(word, b'\\') | below(word, b' ');
        }
        if marks != 0 {
            return at + (marks.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    let is_plain = |byte: &u8| match byte {
        b'%' | b'+' => false,
        b'"' | b'\\' | 0..b' ' => !JSON,
        _ => true,
    };
    at + bytes.get(at..).unwrap_or_default().iter().take_while(|byte| is_plain(byte)).count()
}
