//! What lib hands over to prepare a verifier with.

use napi_derive::napi;
use portcullis_core::Error;
use portcullis_core::jwt::{Algorithm, Matcher, Policy, Secret, Verifier, VerifierOptions};

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
    /// Names of algorithms.
    pub algorithms: Vec<String>,
    /// Accepted issuers.
    pub issuers: Vec<MatcherInput>,
    /// Accepted audiences.
    pub audiences: Vec<MatcherInput>,
    /// Accepted subjects.
    pub subjects: Vec<MatcherInput>,
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
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
pub(super) fn verifier(secret: &[u8], input: VerifierInput) -> Result<Verifier, Error> {
    let algorithms =
        input.algorithms.iter().map(|name| algorithm(name)).collect::<Result<_, _>>()?;
    Verifier::new(VerifierOptions {
        secret: Secret::new(secret)?,
        algorithms,
        policy: Policy {
            issuers: matchers("issuer", input.issuers)?,
            audiences: matchers("audience", input.audiences)?,
            subjects: matchers("subject", input.subjects)?,
            required: input.required_claims,
            max_age_seconds: input.max_age_seconds,
            tolerance_seconds: input.clock_tolerance_seconds,
        },
        typ: input.typ,
        max_token_bytes: input.max_token_bytes as usize,
    })
}

fn matchers(option: &'static str, inputs: Vec<MatcherInput>) -> Result<Vec<Matcher>, Error> {
    let matcher = |MatcherInput { text, is_pattern }: MatcherInput| {
        let made = if is_pattern { Matcher::pattern(&text) } else { Matcher::text(text) };
        made.map_err(|reason| Error::JwtOption { option, reason: reason.into() })
    };
    inputs.into_iter().map(matcher).collect()
}

pub(super) fn algorithm(name: &str) -> Result<Algorithm, Error> {
    Algorithm::from_name(name).ok_or_else(|| Error::JwtKeyAlgorithm {
        reason: format!(
            "\"{name}\" is not supported: tokens are signed and verified with a shared secret by {}",
            Algorithm::ALL.map(Algorithm::name).join(", ")
        )
        .into(),
    })
}
