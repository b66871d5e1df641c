//! Panics on demand, so that a test can prove that none of them reaches the process.

use napi::{Env, Result};
use napi_derive::napi;

use crate::error::call;

/// Panics inside a synchronous export. Not part of the package's surface.
#[napi(catch_unwind, js_name = "__panic")]
#[allow(clippy::panic)]
pub fn panic_now(env: Env) -> Result<()> {
    call(&env, || panic!("asked to panic"))
}
