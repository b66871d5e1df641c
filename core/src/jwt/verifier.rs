use std::sync::OnceLock;

use super::algorithm::Algorithm;
use super::claims::Claims;
use super::compact::{self, Compact};
use super::header::Header;
use super::key::{Secret, VerifyKey};
use super::policy::Policy;
use crate::Error;

/// The default bound on a token, in bytes: half of what Node.js allows all headers of a request together.
pub const DEFAULT_MAX_TOKEN_BYTES: usize = 8_192;

/// The largest bound that may be set, in bytes.
pub const LARGEST_MAX_TOKEN_BYTES: usize = 1_048_576;

/// What a verifier is made of.
pub struct VerifierOptions {
    /// The shared secret.
    pub secret: Secret,
    /// The algorithms that are accepted; the token's `alg` must be one of them.
    pub algorithms: Vec<Algorithm>,
    /// What is asked of the claims.
    pub policy: Policy,
    /// The media type that the header's `typ` must name.
    pub typ: Option<String>,
    /// The longest token, in bytes.
    pub max_token_bytes: usize,
}

/// Verifies compact JWS tokens against one prepared policy.
pub struct Verifier {
    keys: Vec<VerifyKey>,
    policy: Policy,
    typ: Option<String>,
    max_token_bytes: usize,
    /// The header of the first token that passed: an issuer writes the same one each time, and bytes that
    /// were judged once need no second judgement. Set only after a good signature, so that nobody else can.
    known_header: OnceLock<KnownHeader>,
}

struct KnownHeader {
    encoded: Box<[u8]>,
    key: usize,
}

impl Verifier {
    /// # Errors
    /// Misuse: see [`Policy`], [`Secret`]; `ERR_JWT_KEY_ALGORITHM` when no algorithm is given.
    pub fn new(options: VerifierOptions) -> Result<Self, Error> {
        options.policy.check()?;
        if options.algorithms.is_empty() {
            return Err(Error::JwtKeyAlgorithm {
                reason: "no algorithm is allowed; name at least one".into(),
            });
        }
        if !(1..=LARGEST_MAX_TOKEN_BYTES).contains(&options.max_token_bytes) {
            return Err(Error::JwtOptionRange {
                option: "maxTokenBytes",
                reason: format!("must be a whole number from 1 to {LARGEST_MAX_TOKEN_BYTES}")
                    .into(),
            });
        }
        let keys = options
            .algorithms
            .iter()
            .map(|algorithm| VerifyKey::new(*algorithm, &options.secret))
            .collect::<Result<_, _>>()?;
        Ok(Self {
            keys,
            policy: options.policy,
            typ: options.typ,
            max_token_bytes: options.max_token_bytes,
            known_header: OnceLock::new(),
        })
    }

    /// The longest token that is looked at, in bytes.
    #[must_use]
    pub const fn max_token_bytes(&self) -> usize {
        self.max_token_bytes
    }

    /// Verifies a token and its claims, and returns the payload: the UTF-8 bytes of one JSON object.
    ///
    /// Order: size, shape, header (`alg` allowed, no `crit`, `typ`), signature, `exp`, `nbf`, `iat`, `iss`,
    /// `aud`, `sub`, required claims; the first failure is returned. `now`: seconds since 1970-01-01 UTC.
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
        if token.len() > self.max_token_bytes {
            return Err(Error::JwtTooLarge);
        }
        let compact = Compact::parse(token)?;
        let key_index = self.key_for(compact.header)?;
        let key = self.keys.get(key_index).ok_or(Error::JwtAlgorithm)?;
        let mut room = [0; compact::LONGEST_SIGNATURE];
        let signature = compact::decode_signature(compact.signature, &mut room)?;
        if !key.verifies(compact.message, signature) {
            return Err(Error::JwtSignature);
        }
        self.known_header
            .get_or_init(|| KnownHeader { encoded: compact.header.into(), key: key_index });
        compact::decode_into(compact.payload, payload)?;
        self.policy.judge(&Claims::parse(payload, &self.policy.required)?, now)
    }

    /// Judges the header and finds the key whose algorithm it names. The header chooses among what is allowed;
    /// it never widens it.
    fn key_for(&self, encoded: &[u8]) -> Result<usize, Error> {
        match self.known_header.get() {
            Some(known) if *known.encoded == *encoded => Ok(known.key),
            _ => self.judge_header(encoded),
        }
    }

    #[cold]
    fn judge_header(&self, encoded: &[u8]) -> Result<usize, Error> {
        let json = compact::decode(encoded)?;
        let header = Header::parse(&json)?;
        let key = self
            .keys
            .iter()
            .position(|key| key.algorithm.name() == header.algorithm)
            .ok_or(Error::JwtAlgorithm)?;
        if header.is_critical {
            return Err(Error::JwtCritical);
        }
        if self.typ.as_deref().is_some_and(|typ| !header.has_typ(typ)) {
            return Err(Error::JwtTyp);
        }
        Ok(key)
    }
}
