//! What lib hands over to prepare verifiers with.

use std::sync::Arc;

use napi::{Env, Result};
use napi_derive::napi;
use portcullis_core::Error;
use portcullis_core::jwt::{Algorithm, Matcher, Policy, VerifierOptions};
use portcullis_core::revocations::Revocations;

use crate::error::call;

/// A text, or the source of a pattern.
#[napi(object)]
pub struct MatcherInput {
    /// The text or the source.
    pub text: String,
    /// Whether it is a pattern.
    pub is_pattern: bool,
}

/// What `createVerifier` passes, its types already checked.
#[napi(object)]
pub struct VerifierInput {
    /// Accepted issuers.
    pub issuers: Vec<MatcherInput>,
    /// Accepted audiences.
    pub audiences: Vec<MatcherInput>,
    /// Accepted subjects.
    pub subjects: Vec<MatcherInput>,
    /// Accepted token ids.
    pub token_ids: Vec<MatcherInput>,
    /// Accepted nonces.
    pub nonces: Vec<MatcherInput>,
    /// Claims that must be there.
    pub required_claims: Vec<String>,
    /// Seconds.
    pub max_age_seconds: Option<f64>,
    /// Seconds.
    pub clock_tolerance_seconds: f64,
    /// The media type in the header.
    pub typ: Option<String>,
    /// Bytes.
    pub max_token_bytes: f64,
    /// Bytes.
    pub max_header_bytes: f64,
    /// Whether base64url may be padded.
    pub lenient_padding: bool,
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
pub(super) fn options(
    input: VerifierInput,
    revocations: Option<Arc<Revocations>>,
) -> std::result::Result<VerifierOptions, Error> {
    Ok(VerifierOptions {
        policy: Policy {
            issuers: matchers("issuer", input.issuers)?,
            audiences: matchers("audience", input.audiences)?,
            subjects: matchers("subject", input.subjects)?,
            token_ids: matchers("jwtId", input.token_ids)?,
            nonces: matchers("nonce", input.nonces)?,
            required: input.required_claims,
            max_age_seconds: input.max_age_seconds,
            tolerance_seconds: input.clock_tolerance_seconds,
        },
        typ: input.typ,
        revocations,
        max_token_bytes: input.max_token_bytes as usize,
        max_header_bytes: input.max_header_bytes as usize,
        lenient_padding: input.lenient_padding,
    })
}

/// Checks a policy whose keys are not there yet.
#[napi(catch_unwind)]
pub fn jwt_check_policy(env: Env, policy: VerifierInput) -> Result<()> {
    call(&env, || options(policy, None)?.check())
}

/// The names of the algorithms, those for public keys alone where that is asked for.
#[napi(catch_unwind)]
pub fn jwt_algorithms(is_public: bool) -> Vec<&'static str> {
    let fits = |one: &Algorithm| !(is_public && one.is_symmetric());
    Algorithm::ALL.into_iter().filter(fits).map(Algorithm::name).collect()
}

fn matchers(
    option: &'static str,
    inputs: Vec<MatcherInput>,
) -> std::result::Result<Vec<Matcher>, Error> {
    let matcher = |MatcherInput { text, is_pattern }: MatcherInput| {
        let made = if is_pattern { Matcher::pattern(&text) } else { Matcher::text(text) };
        made.map_err(|reason| Error::JwtOption { option, reason: reason.into() })
    };
    inputs.into_iter().map(matcher).collect()
}

/// The name is not part of the message: a secret may have been passed in its place. lib says more of it.
pub(super) fn algorithm(name: &str) -> std::result::Result<Algorithm, Error> {
    Algorithm::from_name(name).ok_or_else(|| {
        let known = Algorithm::ALL.map(Algorithm::name).join(", ");
        Error::JwtKeyAlgorithm { reason: format!("not a supported algorithm; use {known}").into() }
    })
}
