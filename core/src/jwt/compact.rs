//! The compact serialisation (RFC 7515 section 7.1): three canonical base64url parts and two dots.

use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use base64::{DecodeSliceError, Engine};

use crate::Error;

/// A token cut at its dots; nothing is decoded yet.
pub(super) struct Compact<'t> {
    pub(super) header: &'t [u8],
    pub(super) payload: &'t [u8],
    pub(super) signature: &'t [u8],
    /// What was signed: header, dot, payload.
    pub(super) message: &'t [u8],
}

impl<'t> Compact<'t> {
    pub(super) fn parse(token: &'t [u8]) -> Result<Self, Error> {
        let (header, rest) = cut(token)?;
        let (payload, signature) = cut(rest)?;
        if header.is_empty() || memchr::memchr(b'.', signature).is_some() {
            return Err(Error::JwtMalformed);
        }
        let message = token.get(..header.len() + 1 + payload.len()).ok_or(Error::JwtMalformed)?;
        Ok(Self { header, payload, signature, message })
    }
}

/// What stands before and after the first dot.
fn cut(text: &[u8]) -> Result<(&[u8], &[u8]), Error> {
    let dot = memchr::memchr(b'.', text).ok_or(Error::JwtMalformed)?;
    let (before, after) = text.split_at_checked(dot).ok_or(Error::JwtMalformed)?;
    Ok((before, after.get(1..).unwrap_or_default()))
}

/// Decodes canonical base64url: no padding, no white space, no loose bits at the end. Anything else would give
/// one token several spellings, which defeats whatever is keyed by the token's text.
pub(super) fn decode(part: &[u8]) -> Result<Vec<u8>, Error> {
    URL_SAFE_NO_PAD.decode(part).map_err(|_| Error::JwtMalformed)
}

/// As [`decode`], into a buffer that is used again.
pub(super) fn decode_into(part: &[u8], bytes: &mut Vec<u8>) -> Result<(), Error> {
    bytes.resize(base64::decoded_len_estimate(part.len()), 0);
    let length = URL_SAFE_NO_PAD.decode_slice(part, bytes).map_err(|_| Error::JwtMalformed)?;
    bytes.truncate(length);
    Ok(())
}

/// The longest signature that is looked at, in bytes: that of HS512.
pub(super) const LONGEST_SIGNATURE: usize = 64;

/// Decodes a signature into `room` and returns the part that it fills.
pub(super) fn decode_signature<'r>(
    part: &[u8],
    room: &'r mut [u8; LONGEST_SIGNATURE],
) -> Result<&'r [u8], Error> {
    let length = URL_SAFE_NO_PAD.decode_slice(part, room).map_err(|error| match error {
        DecodeSliceError::DecodeError(_) => Error::JwtMalformed,
        DecodeSliceError::OutputSliceTooSmall => Error::JwtSignature,
    })?;
    room.get(..length).ok_or(Error::JwtMalformed)
}

pub(super) fn encode_onto(text: &mut Vec<u8>, bytes: &[u8]) -> Result<(), Error> {
    let start = text.len();
    text.resize(start + base64::encoded_len(bytes.len(), false).unwrap_or(0), 0);
    let room = text.get_mut(start..).ok_or(Error::JwtMalformed)?;
    URL_SAFE_NO_PAD.encode_slice(bytes, room).map_err(|_| Error::JwtMalformed)?;
    Ok(())
}
