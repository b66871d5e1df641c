//! The compact serialisation (RFC 7515 section 7.1): three canonical base64url parts and two dots.

use base64_simd::{AsOut as _, URL_SAFE_NO_PAD};

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
pub(super) enum Base64 {
    /// As RFC 7515 section 2 has it: no padding.
    Strict,
    /// With padding or without.
    Lenient,
}

impl Base64 {
    pub(super) const fn new(lenient_padding: bool) -> Self {
        if lenient_padding { Self::Lenient } else { Self::Strict }
    }

    pub(super) fn decode(self, part: &[u8]) -> Result<Vec<u8>, Error> {
        let mut bytes = Vec::new();
        self.decode_into(part, &mut bytes)?;
        Ok(bytes)
    }

    /// As [`Self::decode`], into a buffer that is used again.
    pub(super) fn decode_into(self, part: &[u8], bytes: &mut Vec<u8>) -> Result<(), Error> {
        let part = self.bare(part)?;
        bytes.resize(decoded_bytes(part), 0);
        let decoded = URL_SAFE_NO_PAD.decode(part, bytes.as_mut_slice().as_out());
        decoded.map(|_| ()).map_err(|_| Error::JwtMalformed)
    }

    /// Decodes a signature into `room` and returns the part that it fills.
    pub(super) fn decode_signature<'r>(
        self,
        part: &[u8],
        room: &'r mut [u8],
    ) -> Result<&'r [u8], Error> {
        let part = self.bare(part)?;
        // The engine takes a room that is too small for a mistake of ours.
        let room = room.get_mut(..decoded_bytes(part)).ok_or(Error::JwtSignature)?;
        let decoded = URL_SAFE_NO_PAD.decode(part, room.as_out());
        decoded.map(|bytes| &*bytes).map_err(|_| Error::JwtMalformed)
    }

    /// The part without its padding, where that is allowed and complete.
    fn bare(self, part: &[u8]) -> Result<&[u8], Error> {
        let bare = match (self, part) {
            (Self::Strict, part) => return Ok(part),
            (Self::Lenient, [bare @ .., b'=', b'='] | [bare @ .., b'=']) => bare,
            (Self::Lenient, part) => return Ok(part),
        };
        if part.len().is_multiple_of(4) { Ok(bare) } else { Err(Error::JwtMalformed) }
    }
}

/// The bytes that this much base64url stands for.
pub(super) const fn decoded_bytes(part: &[u8]) -> usize {
    part.len() / 4 * 3 + part.len() % 4 * 3 / 4
}

pub(super) fn encode_onto(text: &mut Vec<u8>, bytes: &[u8]) -> Result<(), Error> {
    let start = text.len();
    text.resize(start + URL_SAFE_NO_PAD.encoded_length(bytes.len()), 0);
    let room = text.get_mut(start..).ok_or(Error::JwtMalformed)?;
    let _text = URL_SAFE_NO_PAD.encode(bytes, room.as_out());
    Ok(())
}
