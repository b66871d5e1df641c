//! The guard of JSON bodies at the border: it reads the caller's buffer where it lies, within one call.

use napi::bindgen_prelude::{BufferSlice, Function};
use napi::{Env, Result};
use napi_derive::napi;
use portcullis_core::sanitize::{Guard, Policy, Rules};

use crate::error::{Verdict, call};

/// A policy as `lib/json` prepares it. Numbers are whole and not negative; core checks their bounds.
#[napi(object)]
pub struct JsonPolicy {
    pub limit: f64,
    pub max_depth: f64,
    pub max_keys: f64,
    pub max_key_length: f64,
    pub strict: bool,
    pub operators: bool,
    pub dots: bool,
    pub prototypes: bool,
    pub duplicates: bool,
}

impl From<JsonPolicy> for Policy {
    fn from(policy: JsonPolicy) -> Self {
        // A cast from f64 saturates, so that a number too large stays out of bounds.
        Self {
            max_bytes: policy.limit as usize,
            max_depth: policy.max_depth as usize,
            max_keys: policy.max_keys as usize,
            max_key_bytes: policy.max_key_length as usize,
            containers_only: policy.strict,
            rules: Rules {
                operators: policy.operators,
                dots: policy.dots,
                prototypes: policy.prototypes,
                duplicates: policy.duplicates,
            },
        }
    }
}

/// Prepares a policy; `ERR_SANITIZE_OPTION_RANGE` is thrown for one outside its bounds.
///
/// The guard is a function that holds its policy: a method of a class would look its object up on every call. It takes
/// a body and answers whether it is ASCII (it may then be read as Latin-1, which is a copy), or the number of the code
/// of its rejection.
#[napi(catch_unwind, ts_return_type = "(body: Buffer) => boolean | number")]
pub fn create_json_guard(
    env: &Env,
    policy: JsonPolicy,
) -> Result<Function<'_, BufferSlice<'_>, Verdict<bool>>> {
    let guard = call(env, || Guard::new(policy.into()))?;
    env.create_function_from_closure("checkJson", move |context| {
        let body: BufferSlice = context.get(0)?;
        call(context.env, || Ok(guard.check(&body).map(str::is_ascii).into()))
    })
}
