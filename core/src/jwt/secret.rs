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
/// The beginning of what SSH writes of a key (RFC 4253 section 6.6), in base64: `ssh-...`, `ecdsa-sha2-...`, and those of
/// security keys. It stands in a line of its own as in `authorized_keys`, behind options or a host, or in RFC 4716's frame.
const SSH_TEXT_MARKS: [&[u8]; 5] = [
    b"AAAAB3NzaC1",
    b"AAAAC3NzaC1lZDI1NTE5",
    b"AAAAE2VjZHNhLXNoYTItbmlzdH",
    b"AAAAGnNrLXNzaC1lZDI1NTE5",
    b"AAAAInNrLWVjZHNhLXNoYTItbmlzdH",
];
/// A text in JSON may be a key, JSON too; with each level more, the work could double.
const NESTED_TEXTS: u8 = 1;
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
        if is_key_encoding(bytes, NESTED_TEXTS) {
            return Err(unfit(
                "is a PEM, DER or JWK text, not an HMAC secret: anyone who knows that text could sign tokens; \
                 if the key itself is meant, parse the JWK, or decode the base64",
            ));
        }
        Ok(Self(Zeroizing::new(bytes.to_vec())))
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.0
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
fn is_key_encoding(bytes: &[u8], nested: u8) -> bool {
    let narrow = narrowed(bytes);
    let text = unframed(narrow.as_deref().map_or(bytes, |narrow| narrow));
    // UTF-16 puts a zero beside each letter, and a letter that is no ASCII must not hide the rest.
    let letters =
        Zeroizing::new(bytes.iter().copied().filter(|byte| *byte != 0).collect::<Vec<_>>());
    is_key(bytes, nested)
        || has_mark(&letters)
        || is_key(text, nested)
        || base64(text).is_some_and(|key| is_key(&key, nested))
        || hex(text).is_some_and(|key| is_key(&key, nested))
}

/// Without the space, quotation marks and trailing zeros around it, as files of settings and C programs leave them.
fn unframed(bytes: &[u8]) -> &[u8] {
    let is_frame = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'"' | b'\'' | 0);
    let start = bytes.iter().position(|byte| !is_frame(byte)).unwrap_or(bytes.len());
    let end = bytes.iter().rposition(|byte| !is_frame(byte)).map_or(start, |last| last + 1);
    bytes.get(start..end).unwrap_or_default()
}

/// The ASCII of UTF-16 of either byte order, as some editors and shells write text files.
fn narrowed(bytes: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let units = bytes.strip_prefix(b"\xFF\xFE").or_else(|| bytes.strip_prefix(b"\xFE\xFF"));
    let pairs = units.unwrap_or(bytes).as_chunks().0.iter();
    let ascii = pairs.map(|pair| match *pair {
        [byte, 0] | [0, byte] => Some(byte),
        _ => None,
    });
    ascii.collect::<Option<Vec<_>>>().map(Zeroizing::new)
}

fn is_key(bytes: &[u8], nested: u8) -> bool {
    let is_ssh = SSH_MARKS.iter().any(|mark| bytes.starts_with(mark));
    let has_ssh_text =
        SSH_TEXT_MARKS.iter().any(|mark| bytes.windows(mark.len()).any(|window| window == *mark));
    has_mark(bytes) || is_ssh || has_ssh_text || is_der(bytes) || is_jwk(bytes, nested)
}

fn has_mark(bytes: &[u8]) -> bool {
    let holds =
        |mark: &&[u8]| bytes.windows(mark.len()).any(|part| part.eq_ignore_ascii_case(mark));
    MARKS.iter().any(holds)
}

/// Either alphabet, with padding or without, broken into lines or not; a break may be the two characters that stand for it in
/// settings.
fn base64(text: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let mut escaped = false;
    let data = text.iter().filter(|byte| {
        let is_break = **byte == b'\\' || (escaped && matches!(byte, b'n' | b'r'));
        escaped = **byte == b'\\';
        !is_break && !byte.is_ascii_whitespace() && **byte != b'='
    });
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
        // An SPKI or PKCS8 key of RFC 8410: a SEQUENCE of less than 128 bytes that holds an OID from 1.3.101.110 to 113.
        [0x30, low, rest @ ..]
            if rest.windows(5).any(|w| matches!(w, [0x06, 0x03, 0x2b, 0x65, 0x6e..=0x71])) =>
        {
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

fn is_jwk(bytes: &[u8], nested: u8) -> bool {
    let json = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
    serde_json::from_slice(json).is_ok_and(|value| holds_a_key(&value, nested))
}

/// At any depth, which serde_json bounds: sets stand in documents, and certificates in lists.
fn holds_a_key(value: &serde_json::Value, nested: u8) -> bool {
    match value {
        serde_json::Value::Object(members) => members.iter().any(|(name, member)| {
            matches!(name.as_str(), "kty" | "keys") || holds_a_key(member, nested)
        }),
        serde_json::Value::Array(list) => list.iter().any(|one| holds_a_key(one, nested)),
        serde_json::Value::String(text) => {
            nested.checked_sub(1).is_some_and(|nested| is_key_encoding(text.as_bytes(), nested))
        }
        _ => false,
    }
}
