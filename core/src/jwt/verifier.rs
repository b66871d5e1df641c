use std::borrow::Cow;
use std::sync::Arc;

use super::claims::Claims;
use super::compact::{self, Base64, Compact};
use super::header::Header;
use super::key_set::{Choice, Entry, KeyOptions, KeySet};
use super::policy::Policy;
use crate::Error;
use crate::revocations::Revocations;

/// The default bound on a token, in bytes: half of what Node.js allows all headers of a request together.
pub const DEFAULT_MAX_TOKEN_BYTES: usize = 8_192;

/// The largest bound that may be set, in bytes.
pub const LARGEST_MAX_TOKEN_BYTES: usize = 1_048_576;

/// The default bound on a header, in bytes of its JSON: room for a certificate chain, which is not looked at.
pub const DEFAULT_MAX_HEADER_BYTES: usize = 4_096;

/// RSA with 8,192 bits, the longest that is verified, in bytes.
const LONGEST_SIGNATURE: usize = 1_024;
/// HMAC with SHA-512, in bytes.
const LONGEST_MAC: usize = 64;

/// What a verifier is made of.
pub struct VerifierOptions<'k> {
    /// The keys: all of them secrets or none.
    pub keys: Vec<KeyOptions<'k>>,
    /// What is asked of the claims.
    pub policy: Policy,
    /// The media type that the header's `typ` must name.
    pub typ: Option<String>,
    /// Tokens that are refused before they expire.
    pub revocations: Option<Arc<Revocations>>,
    /// The longest token, in bytes.
    pub max_token_bytes: usize,
    /// The longest header, in bytes of its JSON.
    pub max_header_bytes: usize,
    /// Whether base64url may be padded, as some proxies write it.
    pub lenient_padding: bool,
}

/// Verifies compact JWS tokens against one prepared policy.
pub struct Verifier {
    keys: KeySet,
    policy: Policy,
    typ: Option<String>,
    revocations: Option<Arc<Revocations>>,
    max_token_bytes: usize,
    max_header_bytes: usize,
    base64: Base64,
}

impl Verifier {
    /// # Errors
    /// Misuse: see [`Policy`] and [`KeyOptions`].
    pub fn new(options: VerifierOptions<'_>) -> Result<Self, Error> {
        options.policy.check()?;
        for (option, bytes) in [
            ("maxTokenBytes", options.max_token_bytes),
            ("maxHeaderBytes", options.max_header_bytes),
        ] {
            if !(1..=LARGEST_MAX_TOKEN_BYTES).contains(&bytes) {
                let reason =
                    format!("must be a whole number from 1 to {LARGEST_MAX_TOKEN_BYTES}").into();
                return Err(Error::JwtOptionRange { option, reason });
            }
        }
        Ok(Self {
            keys: KeySet::new(options.keys)?,
            policy: options.policy,
            typ: options.typ,
            revocations: options.revocations,
            max_token_bytes: options.max_token_bytes,
            max_header_bytes: options.max_header_bytes,
            base64: if options.lenient_padding { Base64::Lenient } else { Base64::Strict },
        })
    }

    /// The longest token that is looked at, in bytes.
    #[must_use]
    pub const fn max_token_bytes(&self) -> usize {
        self.max_token_bytes
    }

    /// Whether a key has an id, which counts for a token without `kid` too.
    #[must_use]
    pub fn has_key_ids(&self) -> bool {
        self.keys.has_ids()
    }

    /// Verifies a token and its claims, and returns the payload: the UTF-8 bytes of one JSON object.
    ///
    /// Order: size, shape, header (`alg` allowed, `kid`, no `crit`, `b64` or `zip`, `typ`), signature, `exp`, `nbf`,
    /// `iat`, `iss`, `aud`, `sub`, `jti`, `nonce`, required claims, revocations; the first failure is returned. `now`: seconds since
    /// 1970-01-01 UTC.
    ///
    /// # Errors
    /// A rejection, one for each line of the order.
    pub fn verify(&self, token: &[u8], now: f64) -> Result<Vec<u8>, Error> {
        let mut payload = Vec::new();
        self.verify_into(token, now, &mut payload)?;
        Ok(payload)
    }

    /// As [`Self::verify`], into a buffer that one call after the other uses. What it holds after an error means
    /// nothing.
    ///
    /// # Errors
    /// Those of [`Self::verify`].
    pub fn verify_into(&self, token: &[u8], now: f64, payload: &mut Vec<u8>) -> Result<(), Error> {
        let (compact, key_id) = self.check(token)?;
        self.base64.decode_into(compact.payload, payload)?;
        let claims = Claims::parse(payload, &self.policy.required)?;
        self.policy.judge(&claims, now)?;
        match &self.revocations {
            Some(revocations) if revocations.check(&claims.checked(key_id.as_deref()), now) => {
                Err(Error::JwtRevoked)
            }
            _ => Ok(()),
        }
    }

    /// Verifies the signature alone: the payload may be any bytes, and says nothing until its reader judged it.
    ///
    /// Order: size, shape, header (`alg` allowed, `kid`, no `crit`, `b64` or `zip`, `typ`), signature.
    ///
    /// # Errors
    /// A rejection, one for each line of the order.
    pub fn verify_jws(&self, token: &[u8], payload: &mut Vec<u8>) -> Result<(), Error> {
        let (compact, _key_id) = self.check(token)?;
        self.base64.decode_into(compact.payload, payload)
    }

    /// The parts of a token whose signature is right, and the id of its key, or its `kid` where the key has none.
    fn check<'t>(&self, token: &'t [u8]) -> Result<(Compact<'t>, Option<Cow<'_, str>>), Error> {
        if token.len() > self.max_token_bytes {
            return Err(Error::JwtTooLarge);
        }
        let compact = Compact::parse(token)?;
        let Choice { entry, key_id } = match self.keys.known(compact.header) {
            Some(choice) => choice,
            None => self.judge_header(compact.header)?,
        };
        let verified = if entry.key.is_mac() {
            self.verifies::<LONGEST_MAC>(entry, &compact)?
        } else {
            self.verifies::<LONGEST_SIGNATURE>(entry, &compact)?
        };
        if !verified {
            return Err(Error::JwtSignature);
        }
        entry.remember(compact.header, key_id.as_deref());
        // The key's own name first: a header that leaves it out must not escape the revocation of its key.
        Ok((compact, entry.id.as_deref().map(Cow::Borrowed).or(key_id)))
    }

    fn verifies<const LONGEST: usize>(
        &self,
        entry: &Entry,
        compact: &Compact<'_>,
    ) -> Result<bool, Error> {
        let mut room = [0; LONGEST];
        let signature = self.base64.decode_signature(compact.signature, &mut room)?;
        Ok(entry.key.verifies(compact.message, signature))
    }

    /// Judges the header and finds the key that it names.
    #[cold]
    fn judge_header(&self, encoded: &[u8]) -> Result<Choice<'_>, Error> {
        if compact::decoded_bytes(encoded) > self.max_header_bytes {
            return Err(Error::JwtTooLarge);
        }
        let json = self.base64.decode(encoded)?;
        let header = Header::parse(&json)?;
        let entry = self.keys.choose(&header)?;
        if header.is_critical {
            return Err(Error::JwtCritical);
        }
        if self.typ.as_deref().is_some_and(|typ| !header.has_typ(typ)) {
            return Err(Error::JwtTyp);
        }
        Ok(Choice { entry, key_id: header.key_id.map(|key_id| Cow::Owned(key_id.into_owned())) })
    }
}
