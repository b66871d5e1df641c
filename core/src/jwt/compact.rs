//! The compact serialisation (RFC 7515 section 7.1): three canonical base64url parts and two dots.

use base64::alphabet::URL_SAFE;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, NO_PAD, URL_SAFE_NO_PAD};
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

/// How base64url is read. Canonical in either way, without white space or loose bits at the end: anything else would give
/// one token several spellings, which defeats whatever is keyed by the token's text.
#[derive(Clone, Copy)]
pub(super) struct Base64(&'static GeneralPurpose);

const PADDED: GeneralPurpose =
    GeneralPurpose::new(&URL_SAFE, NO_PAD.with_decode_padding_mode(DecodePaddingMode::Indifferent));

impl Base64 {
    /// As RFC 7515 section 2 has it: no padding.
    pub(super) const STRICT: Self = Self(&URL_SAFE_NO_PAD);
    /// With padding or without.
    pub(super) const LENIENT: Self = Self(&PADDED);

    pub(super) fn decode(self, part: &[u8]) -> Result<Vec<u8>, Error> {
        self.0.decode(part).map_err(|_| Error::JwtMalformed)
    }

    /// As [`Self::decode`], into a buffer that is used again.
    pub(super) fn decode_into(self, part: &[u8], bytes: &mut Vec<u8>) -> Result<(), Error> {
        bytes.resize(base64::decoded_len_estimate(part.len()), 0);
        let length = self.0.decode_slice(part, bytes).map_err(|_| Error::JwtMalformed)?;
        bytes.truncate(length);
        Ok(())
    }

    /// Decodes a signature into `room` and returns the part that it fills.
    pub(super) fn decode_signature<'r>(
        self,
        part: &[u8],
        room: &'r mut [u8],
    ) -> Result<&'r [u8], Error> {
        let length = self.0.decode_slice(part, room).map_err(|error| match error {
            DecodeSliceError::DecodeError(_) => Error::JwtMalformed,
            DecodeSliceError::OutputSliceTooSmall => Error::JwtSignature,
        })?;
        room.get(..length).ok_or(Error::JwtMalformed)
    }
}

/// The most bytes that this much base64url stands for.
pub(super) const fn decoded_bytes(part: &[u8]) -> usize {
    part.len() / 4 * 3 + part.len() % 4 * 3 / 4
}

pub(super) fn encode_onto(text: &mut Vec<u8>, bytes: &[u8]) -> Result<(), Error> {
    let start = text.len();
    text.resize(start + base64::encoded_len(bytes.len(), false).unwrap_or(0), 0);
    let room = text.get_mut(start..).ok_or(Error::JwtMalformed)?;
    URL_SAFE_NO_PAD.encode_slice(bytes, room).map_err(|_| Error::JwtMalformed)?;
    Ok(())
}
