use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use hmac::{Hmac, KeyInit, Mac as _};
use jsonwebtoken::EncodingKey;
use jsonwebtoken::crypto::JwtSigner;
use jsonwebtoken::crypto::aws_lc::DEFAULT_PROVIDER;
use sha2::{Sha256, Sha384, Sha512};
use zeroize::Zeroizing;

use super::algorithm::Algorithm;
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

    /// # Errors
    /// `ERR_JWT_KEY` when the secret is shorter than the hash (RFC 7518 section 3.2).
    fn fits(&self, algorithm: Algorithm) -> Result<&[u8], Error> {
        if self.0.len() < algorithm.hash_bytes() {
            return Err(Error::JwtKey {
                reason: format!(
                    "has {} bytes; {algorithm} needs at least {} (RFC 7518 section 3.2)",
                    self.0.len(),
                    algorithm.hash_bytes()
                )
                .into(),
            });
        }
        Ok(&self.0)
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

/// A key that checks signatures of one algorithm, prepared once.
pub(super) struct VerifyKey {
    pub(super) algorithm: Algorithm,
    mac: Mac,
}

/// HMAC with its key absorbed. RustCrypto's: 266 ns a verification of 237 bytes against 356 ns with AWS-LC, of which the
/// copying of the prepared state is a good part (x86-64 with SHA instructions).
enum Mac {
    Sha256(Hmac<Sha256>),
    Sha384(Hmac<Sha384>),
    Sha512(Hmac<Sha512>),
}

impl VerifyKey {
    pub(super) fn new(algorithm: Algorithm, secret: &Secret) -> Result<Self, Error> {
        let bytes = secret.fits(algorithm)?;
        let mac = match algorithm {
            Algorithm::Hs256 => Hmac::new_from_slice(bytes).map(Mac::Sha256),
            Algorithm::Hs384 => Hmac::new_from_slice(bytes).map(Mac::Sha384),
            Algorithm::Hs512 => Hmac::new_from_slice(bytes).map(Mac::Sha512),
        };
        Ok(Self { algorithm, mac: mac.map_err(|_| unfit("could not be prepared"))? })
    }

    /// Whether `signature` is that of `message`; compared in constant time, and only at its full length.
    pub(super) fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        match &self.mac {
            Mac::Sha256(mac) => mac.clone().chain_update(message).verify_slice(signature).is_ok(),
            Mac::Sha384(mac) => mac.clone().chain_update(message).verify_slice(signature).is_ok(),
            Mac::Sha512(mac) => mac.clone().chain_update(message).verify_slice(signature).is_ok(),
        }
    }
}

/// A key that signs with one algorithm, prepared once.
pub(super) struct SignKey {
    engine: Box<dyn JwtSigner>,
}

impl SignKey {
    pub(super) fn new(algorithm: Algorithm, secret: &Secret) -> Result<Self, Error> {
        let key = EncodingKey::from_secret(secret.fits(algorithm)?);
        let engine = (DEFAULT_PROVIDER.signer_factory)(&algorithm.engine(), &key)
            .map_err(|_| unfit("could not be prepared"))?;
        Ok(Self { engine })
    }

    pub(super) fn sign(&self, message: &[u8]) -> Result<Vec<u8>, Error> {
        self.engine.try_sign(message).map_err(|_| unfit("could not sign"))
    }
}

fn unfit(reason: &'static str) -> Error {
    Error::JwtKey { reason: reason.into() }
}
