//! The border of jwt: prepared verifiers; signers are in a file of their own.

mod key;
mod options;
mod pattern;
mod pool;
mod signer;

use std::sync::Arc;

use napi::Env;
use napi::bindgen_prelude::{ClassInstance, Float64Array, Result, ToNapiValue, sys};
use napi_derive::napi;
use portcullis_core::jwt::{Accepted, KeyName, LARGEST_MAX_TOKEN_BYTES, Verifier, decode};
use portcullis_core::{Error, Text as Message};

use crate::error::{Verdict, call};
use crate::raw::{Call, Function, Slot, Slots};
use crate::revocations::RevocationsTable;
use crate::task::Promise;
use crate::text::{Text, TextError, ThreadBuffer, Utf8};
use key::{JwtVerifyingKey, shared};
use options::{VerifierInput, options};

/// Tokens up to this size are read into the stack; a token of an ordinary API has 200 to 1,000 bytes.
const STACK_TOKEN_BYTES: usize = 4096;

/// What `verify` finds by a slot's number.
struct Prepared {
    verifier: Arc<Verifier>,
    answer: Float64Array,
}

thread_local! {
    static VERIFIERS: Slots<Prepared> = const { Slots::new() };
}

/// Owns a prepared verifier.
#[napi]
pub struct JwtVerifier {
    slot: Slot<Prepared>,
    verifier: Arc<Verifier>,
}

#[napi]
impl JwtVerifier {
    /// Prepares a policy for keys. `answer`: a Float64Array of three numbers, which `verify` fills where a token passes:
    /// from when until when it does, in seconds since 1970-01-01 UTC, and what `key_id` is to be asked for.
    #[napi(constructor, catch_unwind)]
    pub fn new(
        env: Env,
        keys: Vec<ClassInstance<JwtVerifyingKey>>,
        policy: VerifierInput,
        answer: Float64Array,
        revocations: Option<&RevocationsTable>,
    ) -> Result<Self> {
        call(&env, || {
            let options = options(policy, revocations.map(RevocationsTable::table))?;
            let verifier = Arc::new(Verifier::new(&shared(&keys), options)?);
            let prepared = Prepared { verifier: Arc::clone(&verifier), answer };
            Ok(Self { slot: Slot::keep(&VERIFIERS, prepared), verifier })
        })
    }

    /// The number by which the doors know it.
    #[napi(getter, catch_unwind)]
    pub fn slot(&self) -> u32 {
        self.slot.number()
    }

    /// The id of a key, by the number that a verification told; null where it has none, or the header alone knows it.
    #[napi(catch_unwind)]
    pub fn key_id(&self, key: i32) -> Option<String> {
        usize::try_from(key).ok().and_then(|at| self.verifier.key_id(at)).map(str::to_owned)
    }

    /// A promise of what `verify` answers, made on the pool.
    #[napi(catch_unwind, ts_return_type = "Promise<JwtPassed | number | Rejection>")]
    pub fn verify_async(&self, env: Env, token: Text, now: f64) -> Result<Promise> {
        pool::verify(env, &self.verifier, &token, now / MILLISECONDS)
    }

    /// A promise of what `verify` answers for each token, in their order, made on the pool in as many parts as it has
    /// threads.
    #[napi(
        catch_unwind,
        ts_return_type = "Promise<Array<JwtPassed | number | Rejection> | number>"
    )]
    pub fn verify_many(&self, env: Env, tokens: Vec<Text>, now: f64) -> Result<Promise> {
        pool::verify_many(env, &self.verifier, &tokens, now / MILLISECONDS)
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
        read(call, |Prepared { verifier, answer }, token| {
            let mut payload = ThreadBuffer::take();
            let accepted = verifier.verify_into(token, now, payload.bytes())?;
            // SAFETY: the array belongs to lib, which reads it only between calls on this same thread, never detaches its
            // buffer, and created it over its own buffer, so that it does not move.
            if let Some(places) = unsafe { answer.as_mut() }.first_chunk_mut() {
                *places = numbers(&accepted);
            }
            Ok(payload)
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
        read(call, |Prepared { verifier, .. }, token| {
            verifier.verify_jws(token, ThreadBuffer::take().bytes()).map(|()| true)
        })
    })
}

/// Reads the token, the second argument, for the verifier that the first one names.
fn read<T: ToNapiValue, const N: usize>(
    call: &Call<N>,
    work: impl FnOnce(&mut Prepared, &[u8]) -> std::result::Result<T, Error>,
) -> std::result::Result<Verdict<T>, Error> {
    let token = call.text(1);
    VERIFIERS
        .with(|slots| {
            slots.with(call.slot(0), |prepared| {
                let max = prepared.verifier.max_token_bytes();
                token
                    .utf8::<STACK_TOKEN_BYTES, _>(max, |token| work(prepared, token))
                    .unwrap_or_else(|error| Err(refusal(error)))
            })
        })
        .map(Verdict::from)
        .ok_or(GONE)
}

/// No key id at all.
const NAMELESS: f64 = -1.0;
/// The header alone knows it.
const IN_HEADER: f64 = -2.0;

/// `notBefore`, `expires`, and the key's number.
fn numbers(Accepted { lifespan, key }: &Accepted) -> [f64; 3] {
    let key = match key {
        KeyName::Nameless => NAMELESS,
        KeyName::InHeader => IN_HEADER,
        KeyName::At(at) => *at as f64,
    };
    [lifespan.not_before, lifespan.expires, key]
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
pub fn jwt_decode(env: Env, token: Text, lenient_padding: bool) -> Result<Verdict<Vec<Utf8>>> {
    call(&env, || {
        let read = token.utf8::<STACK_TOKEN_BYTES, _>(LARGEST_MAX_TOKEN_BYTES, |token| {
            decode(token, lenient_padding)
        });
        let decoded = read.unwrap_or_else(|error| Err(refusal(error)));
        Ok(decoded.map(|(header, payload)| vec![Utf8(header), Utf8(payload)]).into())
    })
}
