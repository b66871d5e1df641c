//! Names of parameters, encoded and decoded.

use memchr::{memchr, memchr_iter, memchr2};

use super::Dialect;
use super::node::Span;
use crate::Error;

/// No index of more digits is below the limit of an array.
const MOST_INDEX_DIGITS: usize = 7;

/// The name and the value of a parameter; a parameter without `=` has an empty value.
pub(super) fn split(parameter: &[u8], dialect: Dialect) -> Result<(&[u8], &[u8]), Error> {
    let Some((name, value)) = memchr(b'=', parameter).and_then(|at| parameter.split_at_checked(at))
    else {
        return Ok((parameter, b""));
    };
    let value = value.get(1..).unwrap_or_default();
    if dialect == Dialect::Extended && !ends_with_bracket(name) {
        let mut before = memchr_iter(b'=', value).map(|at| value.get(..at).unwrap_or_default());
        if before.any(ends_with_bracket) {
            return Err(Error::InputForm);
        }
    }
    Ok((name, value))
}

/// Whether an encoded text ends with `]`.
fn ends_with_bracket(encoded: &[u8]) -> bool {
    let is_encoded =
        encoded.last_chunk::<3>().is_some_and(|last| last.eq_ignore_ascii_case(b"%5d"));
    encoded.last() == Some(&b']') || is_encoded
}

/// The key in the brackets that open at `at`, in a decoded name that ends at `end`.
pub(super) fn bracketed(text: &[u8], at: usize, end: usize) -> Result<Span, Error> {
    let rest = text.get(at + 1..end).unwrap_or_default();
    let close = memchr2(b'[', b']', rest).ok_or(Error::InputForm)?;
    let is_pair = text.get(at) == Some(&b'[') && rest.get(close) == Some(&b']');
    if is_pair { Ok(Span::new(at + 1, at + 1 + close)) } else { Err(Error::InputForm) }
}

/// The number that a key is, if JavaScript would write it so; a number too large for any array counts as the largest.
pub(super) fn number(key: &[u8]) -> Option<usize> {
    let is_canonical =
        key.iter().all(u8::is_ascii_digit) && (key.first() != Some(&b'0') || key.len() == 1);
    if !is_canonical || key.is_empty() {
        return None;
    }
    if key.len() > MOST_INDEX_DIGITS {
        return Some(usize::MAX);
    }
    Some(key.iter().fold(0, |number, digit| number * 10 + usize::from(digit - b'0')))
}
