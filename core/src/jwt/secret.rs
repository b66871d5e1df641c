use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use zeroize::Zeroizing;

use super::algorithm::Algorithm;
use super::key::{Strength, unfit};
use crate::Error;

/// An HMAC secret that was found fit for its algorithm. Wiped when dropped.
pub struct Secret(Zeroizing<Vec<u8>>);

/// How texts and encodings of keys begin; none of them is a secret. The first bytes of DER are a SEQUENCE and
/// its length.
const PEM_MARK: &[u8] = b"-----BEGIN ";
const SSH_MARKS: [&[u8]; 3] = [b"ssh-rsa AAAA", b"ssh-ed25519 AAAA", b"ecdsa-sha2-nistp"];
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";
const DER_SEQUENCE_LONG: [u8; 2] = [0x30, 0x82];
const DER_SEQUENCE_SHORT: [u8; 2] = [0x30, 0x81];

impl Secret {
    /// Takes the bytes of a secret.
    ///
    /// # Errors
    /// `ERR_JWT_KEY` when it is empty, or is a key's PEM, DER or JWK text: whoever holds the public key could
    /// otherwise sign (the key-confusion attack).
    pub fn new(bytes: &[u8]) -> Result<Self, Error> {
        if bytes.is_empty() {
            return Err(unfit("is empty; an HMAC secret needs at least 32 random bytes"));
        }
        if is_key_encoding(bytes) {
            return Err(unfit(
                "is a PEM, DER or JWK text, not an HMAC secret: anyone who knows that text could sign tokens",
            ));
        }
        Ok(Self(Zeroizing::new(bytes.to_vec())))
    }

    /// The bytes, where they are enough for this algorithm.
    ///
    /// # Errors
    /// `ERR_JWT_KEY` when the secret is shorter than the hash (RFC 7518 section 3.2).
    pub(super) fn fits(&self, algorithm: Algorithm, strength: Strength) -> Result<&[u8], Error> {
        let least = least_bytes(algorithm);
        if strength == Strength::Full && self.0.len() < least {
            return Err(unfit(format!(
                "has {} bytes; {algorithm} needs at least {least} (RFC 7518 section 3.2)",
                self.0.len(),
            )));
        }
        Ok(&self.0)
    }
}

/// The size of the hash, in bytes.
const fn least_bytes(algorithm: Algorithm) -> usize {
    match algorithm {
        Algorithm::Hs384 => 48,
        Algorithm::Hs512 => 64,
        _ => 32,
    }
}

fn is_key_encoding(bytes: &[u8]) -> bool {
    let has_pem = bytes.windows(PEM_MARK.len()).any(|window| window == PEM_MARK);
    let is_ssh = SSH_MARKS.iter().any(|mark| bytes.starts_with(mark));
    has_pem || is_ssh || is_der(bytes) || is_bare_pem(bytes) || is_jwk(bytes)
}

/// PEM without its first and last line, as the consoles of some identity providers show a public key.
fn is_bare_pem(bytes: &[u8]) -> bool {
    let is_data = |byte: &u8| !byte.is_ascii_whitespace() && *byte != b'=';
    let data = Zeroizing::new(bytes.iter().copied().filter(is_data).collect::<Vec<_>>());
    STANDARD_NO_PAD.decode(&*data).is_ok_and(|der| is_der(&Zeroizing::new(der)))
}

/// A DER SEQUENCE whose stated length is exactly what follows: chance makes one of 2^32 secrets look so.
fn is_der(bytes: &[u8]) -> bool {
    let (header, length) = match bytes {
        [a, b, high, low, ..] if [*a, *b] == DER_SEQUENCE_LONG => {
            (4, usize::from(*high) << 8 | usize::from(*low))
        }
        [a, b, low, ..] if [*a, *b] == DER_SEQUENCE_SHORT => (3, usize::from(*low)),
        // An Ed25519 SPKI or PKCS8 key: a SEQUENCE of less than 128 bytes that holds the OID 1.3.101.112.
        [0x30, low, rest @ ..] if rest.windows(5).any(|w| w == [0x06, 0x03, 0x2b, 0x65, 0x70]) => {
            (2, usize::from(*low))
        }
        // An EC SPKI or SEC1 key: the same with an OID of ANSI X9.62.
        [0x30, low, rest @ ..] if rest.windows(5).any(|w| w == [0x2a, 0x86, 0x48, 0xce, 0x3d]) => {
            (2, usize::from(*low))
        }
        _ => return false,
    };
    bytes.len() == header + length
}

fn is_jwk(bytes: &[u8]) -> bool {
    let json = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
    let names_a_key = |value: &serde_json::Value| {
        ["kty", "keys"].iter().any(|member| value.get(member).is_some())
    };
    match serde_json::from_slice(json) {
        Ok(serde_json::Value::Array(list)) => list.iter().any(names_a_key),
        Ok(value) => names_a_key(&value),
        Err(_) => false,
    }
}
