//! Numbers of JSON (RFC 8259 section 6).

use crate::Error;

/// A number of at most this many digits is below the largest double, whatever its digits are.
const SAFE_DIGITS: usize = 308;

/// The end of the number that starts at `at`.
///
/// # Errors
/// `ERR_INPUT_SYNTAX`, and `ERR_INPUT_NUMBER` for what `JSON.parse` would turn into an infinity.
#[inline]
pub(super) fn number_end(text: &str, start: usize) -> Result<usize, Error> {
    let bytes = text.as_bytes();
    let first = start + usize::from(bytes.get(start) == Some(&b'-'));
    let mut end = digits_end(bytes, first)?;
    if end - first > 1 && bytes.get(first) == Some(&b'0') {
        return Err(Error::InputSyntax);
    }
    let mut is_small = end - first <= SAFE_DIGITS;
    if bytes.get(end) == Some(&b'.') {
        end = digits_end(bytes, end + 1)?;
    }
    if let Some(b'e' | b'E') = bytes.get(end) {
        let sign = bytes.get(end + 1).filter(|byte| matches!(byte, b'+' | b'-'));
        end = digits_end(bytes, end + 1 + usize::from(sign.is_some()))?;
        // A negative exponent makes nothing larger, and the exact value of a tiny number is expensive to find: a body full
        // of them took ten times as long to judge as to parse.
        is_small &= sign == Some(&b'-');
    }
    if is_small || is_finite(text.get(start..end)) { Ok(end) } else { Err(Error::InputNumber) }
}

/// The end of a run of at least one digit.
#[inline]
fn digits_end(bytes: &[u8], start: usize) -> Result<usize, Error> {
    let mut end = start;
    while bytes.get(end).is_some_and(u8::is_ascii_digit) {
        end += 1;
    }
    if end == start { Err(Error::InputSyntax) } else { Ok(end) }
}

#[cold]
fn is_finite(number: Option<&str>) -> bool {
    number.and_then(|number| number.parse::<f64>().ok()).is_some_and(f64::is_finite)
}
