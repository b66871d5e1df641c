use std::borrow::Cow;
use std::sync::Arc;

use super::claims::Claims;
use super::compact::{self, Base64, Compact};
use super::header::Header;
use super::key::MOST_RSA_BITS;
use super::key_set::{Choice, Entry, KeySet, VerifyingKey};
use super::mac::LONGEST_TAG;
use super::policy::{Lifespan, Policy};
use crate::Error;
use crate::bounds::outside;
use crate::revocations::Revocations;

/// The default bound on a token, in bytes: half of what Node.js allows all headers of a request together.
pub const DEFAULT_MAX_TOKEN_BYTES: usize = 8_192;

/// The largest bound that may be set, in bytes.
pub const LARGEST_MAX_TOKEN_BYTES: usize = 1_048_576;

/// The default bound on a header, in bytes of its JSON: room for a certificate chain, which is not looked at.
pub const DEFAULT_MAX_HEADER_BYTES: usize = 4_096;

/// That of RSA, in bytes.
const LONGEST_SIGNATURE: usize = MOST_RSA_BITS / 8;

/// What a verifier asks of tokens, whatever its keys.
pub struct VerifierOptions {
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

/// Every token that a key signed and whose time is right, within the default bounds.
impl Default for VerifierOptions {
    fn default() -> Self {
        Self {
            policy: Policy::default(),
            typ: None,
            revocations: None,
            max_token_bytes: DEFAULT_MAX_TOKEN_BYTES,
            max_header_bytes: DEFAULT_MAX_HEADER_BYTES,
            lenient_padding: false,
        }
    }
}

impl VerifierOptions {
    /// # Errors
    /// Misuse: see [`Policy`]; `ERR_JWT_OPTION_RANGE` for a bound outside its own bounds.
    pub fn check(&self) -> Result<(), Error> {
        self.policy.check()?;
        for (option, bytes) in
            [("maxTokenBytes", self.max_token_bytes), ("maxHeaderBytes", self.max_header_bytes)]
        {
            if let Some(range) = outside(&bytes, &(1..=LARGEST_MAX_TOKEN_BYTES)) {
                let reason = format!("must be a whole number {range}").into();
                return Err(Error::JwtOptionRange { option, reason });
            }
        }
        Ok(())
    }
}

/// What is known of a token that passed, beside its payload.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Accepted {
    /// When it passes, apart from keys and revocations.
    pub lifespan: Lifespan,
    /// By what its key may be revoked.
    pub key: KeyName,
}

/// What the key of a token is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyName {
    /// Neither the key has an id nor the header a `kid`.
    Nameless,
    /// See [`Verifier::key_id`].
    At(usize),
    /// The header's `kid`, which differs from token to token.
    InHeader,
}

/// Verifies compact JWS tokens against one prepared policy.
pub struct Verifier {
    keys: KeySet,
    options: VerifierOptions,
    base64: Base64,
}

/// A token whose signature is right.
struct Checked<'t, 's> {
    compact: Compact<'t>,
    choice: Choice<'s>,
}

impl Checked<'_, '_> {
    /// The key's own name first: a header that leaves it out must not escape the revocation of its key.
    fn key_id(&self) -> Option<&str> {
        let Choice { entry, key_id, .. } = &self.choice;
        entry.id.as_deref().or(key_id.as_deref())
    }

    fn key_name(&self) -> KeyName {
        let Choice { entry, at, key_id } = &self.choice;
        match self.key_id() {
            None => KeyName::Nameless,
            Some(_) if entry.is_called(key_id.as_deref()) => KeyName::At(*at),
            Some(_) => KeyName::InHeader,
        }
    }
}

impl Verifier {
    /// # Errors
    /// Misuse: see [`VerifierOptions::check`] and [`super::check_keys`].
    pub fn new(keys: &[VerifyingKey], options: VerifierOptions) -> Result<Self, Error> {
        options.check()?;
        let base64 = Base64::new(options.lenient_padding);
        Ok(Self { keys: KeySet::new(keys)?, options, base64 })
    }

    /// The longest token that is looked at, in bytes.
    #[must_use]
    pub const fn max_token_bytes(&self) -> usize {
        self.options.max_token_bytes
    }

    /// What the key at this place is called, by itself or else by the header.
    #[must_use]
    pub fn key_id(&self, at: usize) -> Option<&str> {
        self.keys.key_id(at)
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
    pub fn verify_into(
        &self,
        token: &[u8],
        now: f64,
        payload: &mut Vec<u8>,
    ) -> Result<Accepted, Error> {
        let VerifierOptions { policy, revocations, .. } = &self.options;
        let checked = self.check(token)?;
        self.base64.decode_into(checked.compact.payload, payload)?;
        let claims = Claims::parse(payload, &policy.required)?;
        let lifespan = policy.judge(&claims, now)?;
        match revocations {
            Some(revocations) if revocations.check(&claims.checked(checked.key_id()), now) => {
                Err(Error::JwtRevoked)
            }
            _ => Ok(Accepted { lifespan, key: checked.key_name() }),
        }
    }

    /// Verifies the signature alone: the payload may be any bytes, and says nothing until its reader judged it.
    ///
    /// Order: size, shape, header (`alg` allowed, `kid`, no `crit`, `b64` or `zip`, `typ`), signature.
    ///
    /// # Errors
    /// A rejection, one for each line of the order.
    pub fn verify_jws(&self, token: &[u8], payload: &mut Vec<u8>) -> Result<(), Error> {
        let Checked { compact, .. } = self.check(token)?;
        self.base64.decode_into(compact.payload, payload)
    }

    fn check<'t>(&self, token: &'t [u8]) -> Result<Checked<'t, '_>, Error> {
        if token.len() > self.options.max_token_bytes {
            return Err(Error::JwtTooLarge);
        }
        let compact = Compact::parse(token)?;
        let choice = match self.keys.known(compact.header) {
            Some(choice) => choice,
            None => self.judge_header(compact.header)?,
        };
        let Choice { entry, key_id, .. } = &choice;
        let verified = if entry.key.is_mac() {
            self.verifies::<LONGEST_TAG>(entry, &compact)?
        } else {
            self.verifies::<LONGEST_SIGNATURE>(entry, &compact)?
        };
        if !verified {
            return Err(Error::JwtSignature);
        }
        entry.remember(compact.header, key_id.as_deref());
        Ok(Checked { compact, choice })
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
        if compact::decoded_bytes(encoded) > self.options.max_header_bytes {
            return Err(Error::JwtTooLarge);
        }
        let json = self.base64.decode(encoded)?;
        let header = Header::parse(&json)?;
        let (at, entry) = self.keys.choose(&header)?;
        if header.is_critical {
            return Err(Error::JwtCritical);
        }
        if self.options.typ.as_deref().is_some_and(|typ| !header.has_typ(typ)) {
            return Err(Error::JwtTyp);
        }
        Ok(Choice {
            entry,
            at,
            key_id: header.key_id.map(|key_id| Cow::Owned(key_id.into_owned())),
        })
    }
}
