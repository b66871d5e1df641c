//! The border of jwt: prepared verifiers; signers are in a file of their own.

mod options;
mod pattern;
mod pool;
mod signer;

use std::sync::Arc;

use napi::Env;
use napi::bindgen_prelude::{Result, ToNapiValue, sys};
use napi_derive::napi;
use portcullis_core::jwt::{LARGEST_MAX_TOKEN_BYTES, Verifier, decode};
use portcullis_core::{Error, Text as Message};

use crate::error::{Verdict, call};
use crate::raw::{Call, Function, Slot, Slots};
use crate::revocations::RevocationsTable;
use crate::task::Promise;
use crate::text::{Lent, Text, TextError, Utf8};
use options::{KeyInput, VerifierInput, verifier};

/// Tokens up to this size are read into the stack; a token of an ordinary API has 200 to 1,000 bytes.
const STACK_TOKEN_BYTES: usize = 4096;

thread_local! {
    static VERIFIERS: Slots<Arc<Verifier>> = const { Slots::new() };
}

/// Owns a prepared verifier.
#[napi]
pub struct JwtVerifier {
    slot: Slot<Arc<Verifier>>,
    verifier: Arc<Verifier>,
}

#[napi]
impl JwtVerifier {
    /// Prepares the keys and the policy.
    #[napi(constructor, catch_unwind)]
    pub fn new(
        env: Env,
        keys: Vec<KeyInput>,
        input: VerifierInput,
        revocations: Option<&RevocationsTable>,
    ) -> Result<Self> {
        call(&env, || {
            let table = revocations.map(RevocationsTable::table);
            let verifier = Arc::new(verifier(&keys, input, table)?);
            Ok(Self { slot: Slot::keep(&VERIFIERS, Arc::clone(&verifier)), verifier })
        })
    }

    /// The number by which the doors know it.
    #[napi(getter, catch_unwind)]
    pub fn slot(&self) -> u32 {
        self.slot.number()
    }

    /// Whether a key has an id, which counts for a token without `kid` too.
    #[napi(getter, catch_unwind)]
    pub fn has_key_ids(&self) -> bool {
        self.verifier.has_key_ids()
    }

    /// A promise of what `verify` answers, made on the pool.
    #[napi(catch_unwind, ts_return_type = "Promise<string | number | Rejection>")]
    pub fn verify_async(&self, env: Env, token: Text, now: f64) -> Result<Promise> {
        let token = owned(&token, &self.verifier);
        pool::verify(env, Arc::clone(&self.verifier), token, now / MILLISECONDS)
    }

    /// A promise of what `verify` answers for each token, in their order, made on the pool in as many parts as it has
    /// threads.
    #[napi(catch_unwind, ts_return_type = "Promise<Array<string | number | Rejection>>")]
    pub fn verify_many(&self, env: Env, tokens: Vec<Text>, now: f64) -> Result<Promise> {
        let tokens = tokens.iter().map(|token| owned(token, &self.verifier)).collect();
        pool::verify_many(env, &self.verifier, tokens, now / MILLISECONDS)
    }
}

/// A token's own bytes, or why it has none.
fn owned(token: &Text, verifier: &Verifier) -> std::result::Result<Vec<u8>, Error> {
    let max = verifier.max_token_bytes();
    token.utf8::<STACK_TOKEN_BYTES, _>(max, <[u8]>::to_vec).map_err(refusal)
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
        let now = call.number(2) / MILLISECONDS;
        read(call, |verifier, token| {
            let mut payload = Lent::take();
            verifier.verify_into(token, now, &mut payload)?;
            Ok(Lent::give(payload))
        })
    })
}

/// The function `check(slot, token)`: true where the signature is right, or a rejection. It says nothing of the claims;
/// each part of such a token is canonical base64url, and its header strict JSON.
#[napi(catch_unwind, ts_return_type = "(slot: number, token: string) => true | number | Rejection")]
pub fn jwt_check_function(env: Env) -> Result<Function> {
    Function::make(env, c"check", check)
}

unsafe extern "C" fn check(env: sys::napi_env, info: sys::napi_callback_info) -> sys::napi_value {
    // SAFETY: both are those of the running callback.
    unsafe { Call::<2>::new(env, info) }.answer(|call| {
        read(call, |verifier, token| {
            let mut payload = Lent::take();
            let verdict = verifier.verify_jws(token, &mut payload);
            drop(Lent::give(payload));
            verdict.map(|()| true)
        })
    })
}

/// Reads the token, the second argument, for the verifier that the first one names.
fn read<T: ToNapiValue, const N: usize>(
    call: &Call<N>,
    work: impl FnOnce(&Verifier, &[u8]) -> std::result::Result<T, Error>,
) -> std::result::Result<Verdict<T>, Error> {
    let token = call.text(1);
    VERIFIERS
        .with(|slots| {
            slots.with(call.slot(0), |verifier| {
                token
                    .utf8::<STACK_TOKEN_BYTES, _>(verifier.max_token_bytes(), |token| {
                        work(verifier, token)
                    })
                    .unwrap_or_else(|error| Err(refusal(error)))
            })
        })
        .map(Verdict::from)
        .ok_or(GONE)
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

/// The JSON texts of header and payload, unverified, or the number of a rejection.
#[napi(catch_unwind, js_name = "jwtDecode")]
pub fn jwt_decode(env: Env, token: Text) -> Result<Verdict<Vec<Utf8>>> {
    call(&env, || {
        let read = token.utf8::<STACK_TOKEN_BYTES, _>(LARGEST_MAX_TOKEN_BYTES, decode);
        let decoded = read.unwrap_or_else(|error| Err(refusal(error)));
        Ok(decoded.map(|(header, payload)| vec![Utf8(header), Utf8(payload)]).into())
    })
}
