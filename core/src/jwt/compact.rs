//! The compact serialisation (RFC 7515 section 7.1): three canonical base64url parts and two dots.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

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
        let mut parts = token.splitn(3, |&byte| byte == b'.');
        let (Some(header), Some(payload), Some(signature)) =
            (parts.next(), parts.next(), parts.next())
        else {
            return Err(Error::JwtMalformed);
        };
        if header.is_empty() || signature.contains(&b'.') {
            return Err(Error::JwtMalformed);
        }
        let message = token.get(..header.len() + 1 + payload.len()).ok_or(Error::JwtMalformed)?;
        Ok(Self { header, payload, signature, message })
    }
}

/// Decodes canonical base64url: no padding, no white space, no loose bits at the end. Anything else would give
/// one token several spellings, which defeats whatever is keyed by the token's text.
pub(super) fn decode(part: &[u8]) -> Result<Vec<u8>, Error> {
    URL_SAFE_NO_PAD.decode(part).map_err(|_| Error::JwtMalformed)
}

pub(super) fn encode_onto(text: &mut Vec<u8>, bytes: &[u8]) -> Result<(), Error> {
    let start = text.len();
    text.resize(start + base64::encoded_len(bytes.len(), false).unwrap_or(0), 0);
    let room = text.get_mut(start..).ok_or(Error::JwtMalformed)?;
    URL_SAFE_NO_PAD.encode_slice(bytes, room).map_err(|_| Error::JwtMalformed)?;
    Ok(())
}
