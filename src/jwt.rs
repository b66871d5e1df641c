//! The border of jwt: prepared signers and verifiers.

use napi::Env;
use napi::bindgen_prelude::{Result, Uint8Array};
use napi_derive::napi;
use portcullis_core::Error;
use portcullis_core::jwt::{
    Algorithm, LARGEST_MAX_TOKEN_BYTES, Policy, Secret, Signer, Verifier, VerifierOptions, decode,
};

use crate::error::{Verdict, call};
use crate::text::{Ascii, Text, TextError, Utf8};

/// Tokens up to this size are read into the stack; a token of an ordinary API has 200 to 1,000 bytes.
const STACK_TOKEN_BYTES: usize = 4096;

/// What `createVerifier` passes, its types already checked.
#[napi(object)]
pub struct VerifierInput {
    /// Names of algorithms.
    pub algorithms: Vec<String>,
    /// Accepted issuers.
    pub issuers: Vec<String>,
    /// Accepted audiences.
    pub audiences: Vec<String>,
    /// Accepted subjects.
    pub subjects: Vec<String>,
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

/// A prepared verifier.
#[napi(js_name = "JwtVerifier")]
pub struct JwtVerifier(Verifier);

#[napi]
impl JwtVerifier {
    /// Prepares the key and the policy.
    #[napi(constructor, catch_unwind)]
    pub fn new(env: Env, secret: Uint8Array, input: VerifierInput) -> Result<Self> {
        call(&env, || verifier(&secret, input).map(Self))
    }

    /// The payload's JSON text, or the number of a rejection. `now`: milliseconds since 1970-01-01 UTC.
    #[napi(catch_unwind)]
    pub fn verify(&self, env: Env, token: Text, now: f64) -> Result<Verdict<Utf8>> {
        call(&env, || {
            let max = self.0.max_token_bytes();
            let read = token.utf8::<STACK_TOKEN_BYTES, _>(max, |token| {
                self.0.verify(token, now / MILLISECONDS).map(Utf8)
            });
            Ok(read.unwrap_or_else(|error| Err(refusal(error))).into())
        })
    }
}

const MILLISECONDS: f64 = 1000.0;

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn verifier(secret: &[u8], input: VerifierInput) -> std::result::Result<Verifier, Error> {
    let algorithms = input
        .algorithms
        .iter()
        .map(|name| algorithm(name))
        .collect::<std::result::Result<_, _>>()?;
    Verifier::new(VerifierOptions {
        secret: Secret::new(secret)?,
        algorithms,
        policy: Policy {
            issuers: input.issuers,
            audiences: input.audiences,
            subjects: input.subjects,
            required: input.required_claims,
            max_age_seconds: input.max_age_seconds,
            tolerance_seconds: input.clock_tolerance_seconds,
        },
        typ: input.typ,
        max_token_bytes: input.max_token_bytes as usize,
    })
}

fn algorithm(name: &str) -> std::result::Result<Algorithm, Error> {
    Algorithm::from_name(name).ok_or_else(|| Error::JwtKeyAlgorithm {
        reason: format!(
            "no algorithm \"{name}\" fits an HMAC secret; there are {}",
            Algorithm::ALL.map(Algorithm::name).join(", ")
        )
        .into(),
    })
}

const fn refusal(error: TextError) -> Error {
    match error {
        TextError::NotString | TextError::LoneSurrogate => Error::JwtMalformed,
        TextError::TooLong => Error::JwtTooLarge,
    }
}

/// A prepared signer.
#[napi(js_name = "JwtSigner")]
pub struct JwtSigner(Signer);

#[napi]
impl JwtSigner {
    /// Prepares the key and the header.
    #[napi(constructor, catch_unwind)]
    pub fn new(
        env: Env,
        secret: Uint8Array,
        algorithm_name: String,
        key_id: Option<String>,
    ) -> Result<Self> {
        call(&env, || {
            let secret = Secret::new(&secret)?;
            Signer::new(&secret, algorithm(&algorithm_name)?, key_id.as_deref()).map(Self)
        })
    }

    /// Signs the JSON text of the claims.
    #[napi(catch_unwind)]
    pub fn sign(&self, env: Env, claims: Text) -> Result<Ascii> {
        call(&env, || {
            let signed = claims.utf8::<STACK_TOKEN_BYTES, _>(LARGEST_MAX_TOKEN_BYTES, |claims| {
                self.0.sign(claims)
            });
            let token = signed.map_err(|error| Error::JwtClaims {
                reason: match error {
                    TextError::NotString => "must be an object".into(),
                    TextError::LoneSurrogate => "must not hold a lone surrogate".into(),
                    TextError::TooLong => {
                        format!("must not take more than {LARGEST_MAX_TOKEN_BYTES} bytes").into()
                    }
                },
            })?;
            token.map(Ascii)
        })
    }
}

/// The JSON texts of header and payload, unverified, or the number of a rejection.
#[napi(catch_unwind, js_name = "jwtDecode")]
pub fn jwt_decode(env: Env, token: Text) -> Result<Verdict<Vec<Utf8>>> {
    call(&env, || {
        let read = token.utf8::<STACK_TOKEN_BYTES, _>(LARGEST_MAX_TOKEN_BYTES, decode);
        let decoded = read.unwrap_or_else(|error| Err(refusal(error)));
        Ok(decoded.map(|(header, payload)| vec![Utf8(header), Utf8(payload)]).into())
    })
}
