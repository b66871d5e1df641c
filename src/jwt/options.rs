//! What lib hands over to prepare verifiers and signers with.

use std::sync::Arc;

use napi::bindgen_prelude::Uint8Array;
use napi_derive::napi;
use portcullis_core::Error;
use portcullis_core::jwt::{
    Algorithm, KeyBytes, KeyOptions, Matcher, Policy, Signer, Strength, Verifier, VerifierOptions,
};
use portcullis_core::revocations::Revocations;

/// A text, or the source of a pattern.
#[napi(object)]
pub struct MatcherInput {
    /// The text or the source.
    pub text: String,
    /// Whether it is a pattern.
    pub is_pattern: bool,
}

/// A key, whose form lib has already turned into bytes.
#[napi(object)]
pub struct KeyInput {
    /// `secret`, `public` (DER of SubjectPublicKeyInfo) or `private` (DER of PrivateKeyInfo).
    pub kind: String,
    /// The bytes.
    pub bytes: Uint8Array,
    /// Names of algorithms.
    pub algorithms: Vec<String>,
    /// What a header's `kid` calls it.
    pub key_id: Option<String>,
    /// Whether sizes below the standard's are accepted.
    pub is_legacy: bool,
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
pub(super) fn verifier(
    keys: &[KeyInput],
    input: VerifierInput,
    revocations: Option<Arc<Revocations>>,
) -> Result<Verifier, Error> {
    Verifier::new(VerifierOptions {
        keys: keys.iter().map(key).collect::<Result<_, _>>()?,
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

/// The one algorithm of the key is the one to sign with.
pub(super) fn signer(input: &KeyInput) -> Result<Signer, Error> {
    let KeyOptions { bytes, algorithms, id, strength } = key(input)?;
    let [algorithm] = *algorithms else {
        return Err(Error::JwtKeyAlgorithm { reason: "give one algorithm to sign with".into() });
    };
    Signer::new(bytes, algorithm, id.as_deref(), strength)
}

fn key(input: &KeyInput) -> Result<KeyOptions<'_>, Error> {
    let algorithms =
        input.algorithms.iter().map(|name| algorithm(name)).collect::<Result<_, _>>()?;
    let bytes = match input.kind.as_str() {
        "public" => KeyBytes::Public(&input.bytes),
        "private" => KeyBytes::Private(&input.bytes),
        _ => KeyBytes::Secret(&input.bytes),
    };
    let strength = if input.is_legacy { Strength::Legacy } else { Strength::Full };
    Ok(KeyOptions { bytes, algorithms, id: input.key_id.clone(), strength })
}

fn matchers(option: &'static str, inputs: Vec<MatcherInput>) -> Result<Vec<Matcher>, Error> {
    let matcher = |MatcherInput { text, is_pattern }: MatcherInput| {
        let made = if is_pattern { Matcher::pattern(&text) } else { Matcher::text(text) };
        made.map_err(|reason| Error::JwtOption { option, reason: reason.into() })
    };
    inputs.into_iter().map(matcher).collect()
}

fn algorithm(name: &str) -> Result<Algorithm, Error> {
    Algorithm::from_name(name).ok_or_else(|| {
        let known = Algorithm::ALL.map(Algorithm::name).join(", ");
        let reason = match name {
            "none" => "\"none\" is no algorithm: a token without a signature says nothing".into(),
            "ES256K" => {
                "\"ES256K\" is not supported: use ES256 with a P-256 key, or EdDSA with Ed25519"
                    .into()
            }
            _ => format!("\"{name}\" is not supported; known are {known}").into(),
        };
        Error::JwtKeyAlgorithm { reason }
    })
}
