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
const MARKS: [&[u8]; 3] = [b"-----BEGIN ", b"-----END ", b"---- BEGIN SSH2 "];
const SSH_MARKS: [&[u8]; 6] = [
    b"ssh-rsa AAAA",
    b"ssh-ed25519 AAAA",
    b"ecdsa-sha2-nistp",
    b"\0\0\0\x07ssh-rsa",
    b"\0\0\0\x0bssh-ed25519",
    b"\0\0\0\x13ecdsa-sha2-nistp",
];
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
                "is a PEM, DER or JWK text, not an HMAC secret: anyone who knows that text could sign tokens; \
                 if the key itself is meant, parse the JWK, or decode the base64",
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

/// As it stands, or once more encoded, as environment variables and the consoles of identity providers hold keys.
fn is_key_encoding(bytes: &[u8]) -> bool {
    let text = bytes.trim_ascii();
    // UTF-16 puts a zero beside each letter.
    let letters =
        Zeroizing::new(bytes.iter().copied().filter(|byte| *byte != 0).collect::<Vec<_>>());
    is_key(bytes)
        || is_key(text)
        || has_mark(&letters)
        || base64(text).is_some_and(|key| is_key(&key))
        || hex(text).is_some_and(|key| is_key(&key))
}

fn is_key(bytes: &[u8]) -> bool {
    let is_ssh = SSH_MARKS.iter().any(|mark| bytes.starts_with(mark));
    has_mark(bytes) || is_ssh || is_der(bytes) || is_jwk(bytes)
}

fn has_mark(bytes: &[u8]) -> bool {
    let holds =
        |mark: &&[u8]| bytes.windows(mark.len()).any(|part| part.eq_ignore_ascii_case(mark));
    MARKS.iter().any(holds)
}

/// Either alphabet, with padding or without, broken into lines or not.
fn base64(text: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let data = text.iter().filter(|byte| !byte.is_ascii_whitespace() && **byte != b'=');
    let standard = data.map(|byte| match byte {
        b'-' => b'+',
        b'_' => b'/',
        other => *other,
    });
    let data = Zeroizing::new(standard.collect::<Vec<_>>());
    STANDARD_NO_PAD.decode(&*data).ok().map(Zeroizing::new)
}

fn hex(text: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let digit =
        |byte: &u8| char::from(*byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let pairs = text.chunks_exact(2).map(|pair| match pair {
        [high, low] => Some(digit(high)? << 4 | digit(low)?),
        _ => None,
    });
    pairs.collect::<Option<Vec<_>>>().map(Zeroizing::new)
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
