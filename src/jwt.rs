//! The border of jwt: prepared signers and verifiers.

mod options;
pub(crate) mod revocations;

use napi::Env;
use napi::bindgen_prelude::{Result, Uint8Array, sys};
use napi_derive::napi;
use portcullis_core::jwt::{LARGEST_MAX_TOKEN_BYTES, Secret, Signer, Verifier, decode};
use portcullis_core::{Error, Text as Message};

use crate::error::{Verdict, call};
use crate::raw::{Call, Function, Slot, Slots};
use crate::text::{Ascii, Lent, Text, TextError, Utf8};
use options::{VerifierInput, algorithm, verifier};

/// Tokens up to this size are read into the stack; a token of an ordinary API has 200 to 1,000 bytes.
const STACK_TOKEN_BYTES: usize = 4096;

thread_local! {
    static VERIFIERS: Slots<Verifier> = const { Slots::new() };
    static SIGNERS: Slots<Signer> = const { Slots::new() };
}

/// Owns a prepared verifier.
#[napi]
pub struct JwtVerifier {
    slot: Slot<Verifier>,
}

#[napi]
impl JwtVerifier {
    /// Prepares the key and the policy.
    #[napi(constructor, catch_unwind)]
    pub fn new(env: Env, secret: Uint8Array, input: VerifierInput) -> Result<Self> {
        call(&env, || {
            let verifier = verifier(&secret, input)?;
            Ok(Self { slot: Slot::keep(&VERIFIERS, verifier) })
        })
    }

    /// The number by which `verify` knows it.
    #[napi(getter, catch_unwind)]
    pub fn slot(&self) -> u32 {
        self.slot.number()
    }
}

/// The function `verify(slot, token, now)`: the payload's JSON text, or a rejection. `now`: milliseconds since
/// 1970-01-01 UTC.
#[napi(
    catch_unwind,
    ts_return_type = "(slot: number, token: string, now: number) => string | number | Rejection"
)]
pub fn jwt_verify_function(env: Env) -> Result<Function> {
    Function::make(env, c"verify", verify)
}

unsafe extern "C" fn verify(env: sys::napi_env, info: sys::napi_callback_info) -> sys::napi_value {
    // SAFETY: both are those of the running callback.
    unsafe { Call::<3>::new(env, info) }.answer(|call| {
        let (token, now) = (call.text(1), call.number(2) / MILLISECONDS);
        VERIFIERS
            .with(|slots| {
                slots.with(call.slot(0), |verifier| {
                    let max = verifier.max_token_bytes();
                    token
                        .utf8::<STACK_TOKEN_BYTES, _>(max, |token| {
                            let mut payload = Lent::take();
                            verifier.verify_into(token, now, &mut payload)?;
                            Ok(Lent::give(payload))
                        })
                        .unwrap_or_else(|error| Err(refusal(error)))
                })
            })
            .map(Verdict::from)
            .ok_or(GONE)
    })
}

/// A slot whose owner was collected; lib keeps the two together, so this is never seen.
const GONE: Error = Error::JwtOption {
    option: "key",
    reason: Message::Borrowed("belongs to an object that is gone"),
};

const MILLISECONDS: f64 = 1000.0;

const fn refusal(error: TextError) -> Error {
    match error {
        TextError::NotString | TextError::LoneSurrogate => Error::JwtMalformed,
        TextError::TooLong => Error::JwtTooLarge,
    }
}

/// Owns a prepared signer.
#[napi]
pub struct JwtSigner {
    slot: Slot<Signer>,
}

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
            let signer = Signer::new(&secret, algorithm(&algorithm_name)?, key_id.as_deref())?;
            Ok(Self { slot: Slot::keep(&SIGNERS, signer) })
        })
    }

    /// The number by which `sign` knows it.
    #[napi(getter, catch_unwind)]
    pub fn slot(&self) -> u32 {
        self.slot.number()
    }
}

/// The function `sign(slot, claims)`: the token of the claims' JSON text.
#[napi(catch_unwind, ts_return_type = "(slot: number, claims: string) => string")]
pub fn jwt_sign_function(env: Env) -> Result<Function> {
    Function::make(env, c"sign", sign)
}

unsafe extern "C" fn sign(env: sys::napi_env, info: sys::napi_callback_info) -> sys::napi_value {
    // SAFETY: both are those of the running callback.
    unsafe { Call::<2>::new(env, info) }.answer(|call| {
        let claims = call.text(1);
        SIGNERS
            .with(|slots| {
                slots.with(call.slot(0), |signer| {
                    claims
                        .utf8::<STACK_TOKEN_BYTES, _>(LARGEST_MAX_TOKEN_BYTES, |json| {
                            signer.sign(json)
                        })
                        .unwrap_or_else(|error| Err(unwritable(error)))
                })
            })
            .unwrap_or(Err(GONE))
            .map(Ascii)
    })
}

fn unwritable(error: TextError) -> Error {
    let reason = match error {
        TextError::NotString | TextError::LoneSurrogate => {
            "must be an object of well-formed text".into()
        }
        TextError::TooLong => {
            format!("must not take more than {LARGEST_MAX_TOKEN_BYTES} bytes").into()
        }
    };
    Error::JwtClaims { reason }
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
