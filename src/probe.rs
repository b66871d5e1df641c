//! Panics on demand, so that a test can prove that none of them reaches the process.

use napi::bindgen_prelude::{ToNapiValue, sys};
use napi::{Env, Result};
use napi_derive::napi;

use crate::error::call;
use crate::password::Passwords;
use crate::raw::{Call, Function};
use crate::task::Promise;

/// Panics inside a synchronous export. Not part of the package's surface.
#[napi(catch_unwind, js_name = "__panic")]
#[allow(clippy::panic)]
pub fn panic_now(env: Env) -> Result<()> {
    call(&env, || panic!("asked to panic"))
}

/// Panics inside a job of a password pool. Not part of the package's surface.
#[napi(catch_unwind, js_name = "__panicInPool", ts_return_type = "Promise<boolean>")]
#[allow(clippy::panic)]
pub fn panic_in_pool(env: Env, passwords: &Passwords) -> Result<Promise> {
    passwords.run::<(), bool>(env, || Ok(()), |_, _, ()| panic!("asked to panic"))
}

/// The function `panic(where)`, a raw callback: 0 panics in its work, 1 where its result is converted. Not part of the
/// package's surface.
#[napi(catch_unwind, js_name = "__panicFunction", ts_return_type = "(where: number) => never")]
pub fn panic_function(env: Env) -> Result<Function> {
    Function::make(env, c"panic", panic_in_callback)
}

unsafe extern "C" fn panic_in_callback(
    env: sys::napi_env,
    info: sys::napi_callback_info,
) -> sys::napi_value {
    // SAFETY: both are those of the running callback.
    #[allow(clippy::panic)]
    unsafe { Call::<1>::new(env, info) }.answer(|call| match call.slot(0) {
        0 => panic!("asked to panic"),
        _ => Ok(PanicsWhenConverted),
    })
}

struct PanicsWhenConverted;

impl ToNapiValue for PanicsWhenConverted {
    #[allow(clippy::panic)]
    unsafe fn to_napi_value(_env: sys::napi_env, _value: Self) -> Result<sys::napi_value> {
        panic!("asked to panic")
    }
}
