//! Panics on demand, so that a test can prove that none of them reaches the process.

use napi::{Env, Result};
use napi_derive::napi;

use crate::error::call;
use crate::password::Passwords;
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
