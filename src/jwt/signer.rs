//! The border of signing.

use napi::Env;
use napi::bindgen_prelude::{Result, sys};
use napi_derive::napi;
use portcullis_core::Error;
use portcullis_core::jwt::{LARGEST_MAX_TOKEN_BYTES, Signer};

use super::key::JwtKey;
use super::options::algorithm;
use super::{GONE, STACK_TOKEN_BYTES, pool};
use crate::error::call;
use crate::raw::{Call, Function, Slot, Slots};
use crate::task::Promise;
use crate::text::{Ascii, Text, TextError};

thread_local! {
    static SIGNERS: Slots<Signer> = const { Slots::new() };
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
    pub fn new(env: Env, key: &JwtKey, name: String, key_id: Option<String>) -> Result<Self> {
        call(&env, || {
            let signer = Signer::new(&key.key, algorithm(&name)?, key_id.as_deref())?;
            Ok(Self { slot: Slot::keep(&SIGNERS, signer) })
        })
    }

    /// The number by which the doors know it.
    #[napi(getter, catch_unwind)]
    pub fn slot(&self) -> u32 {
        self.slot.number()
    }

    /// A promise of the token of the claims' JSON text: made on the pool where the key is slow, else at once.
    #[napi(catch_unwind, ts_return_type = "Promise<string | number>")]
    pub fn sign_async(&self, env: Env, claims: Text) -> Result<Promise> {
        let begun = call(&env, || {
            with_signer(self.slot.number(), &claims, |signer, json| match signer.begin(json)? {
                Some(signing) => Ok(pool::Made::Begun(signing)),
                None => signer.sign(json).map(pool::Made::Done),
            })
        })?;
        pool::sign(env, begun)
    }
}

/// The function `sign(slot, claims)`: the token of the claims' JSON text.
#[napi(catch_unwind, ts_return_type = "(slot: number, claims: string) => string")]
pub fn jwt_sign_function(env: Env) -> Result<Function> {
    Function::make(env, c"sign", sign)
}

unsafe extern "C" fn sign(env: sys::napi_env, info: sys::napi_callback_info) -> sys::napi_value {
    // SAFETY: both are those of the running callback.
    unsafe { Call::<2>::new(env, info) }
        .answer(|call| with_signer(call.slot(0), &call.text(1), Signer::sign).map(Ascii))
}

/// The function `signJws(slot, header, payload)`: the token of a header's JSON text and of any bytes.
#[napi(
    catch_unwind,
    ts_return_type = "(slot: number, header: string, payload: Uint8Array) => string"
)]
pub fn jwt_sign_jws_function(env: Env) -> Result<Function> {
    Function::make(env, c"signJws", sign_jws)
}

unsafe extern "C" fn sign_jws(
    env: sys::napi_env,
    info: sys::napi_callback_info,
) -> sys::napi_value {
    // SAFETY: both are those of the running callback.
    unsafe { Call::<3>::new(env, info) }.answer(|call| {
        // SAFETY: used within this callback, in which no JavaScript runs.
        let payload = unsafe { call.bytes(2) }.ok_or(unwritable(TextError::NotString))?;
        let sign = |signer: &Signer, header: &[u8]| signer.sign_jws(header, payload);
        with_signer(call.slot(0), &call.text(1), sign).map(Ascii)
    })
}

fn with_signer<T>(
    slot: u32,
    text: &Text,
    work: impl FnOnce(&Signer, &[u8]) -> std::result::Result<T, Error>,
) -> std::result::Result<T, Error> {
    SIGNERS
        .with(|slots| {
            slots.with(slot, |signer| {
                text.utf8::<STACK_TOKEN_BYTES, _>(LARGEST_MAX_TOKEN_BYTES, |json| {
                    work(signer, json)
                })
                .unwrap_or_else(|error| Err(unwritable(error)))
            })
        })
        .unwrap_or(Err(GONE))
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
