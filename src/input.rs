//! The guard of JSON bodies at the border: one call checks the caller's buffer without copying it, and returns its text.

mod form;

use napi::bindgen_prelude::{Uint8Array, sys};
use napi::{Env, Result};
use napi_derive::napi;
use portcullis_core::Error;
use portcullis_core::input::{Guard, Policy, Rules};

use crate::error::{Verdict, call};
use crate::raw::{Call, Function, Slot, Slots};
use crate::text::Utf8;

/// A policy as `lib/input` prepares it. Numbers are whole and not negative; core checks their bounds.
#[napi(object)]
pub struct InputPolicy {
    pub limit: f64,
    pub max_depth: f64,
    /// If absent: core's default for a body of `limit` bytes.
    pub max_keys: Option<f64>,
    pub max_key_length: f64,
    pub strict: bool,
    pub operators: bool,
    pub dots: bool,
    pub prototypes: bool,
    pub duplicates: bool,
}

impl From<InputPolicy> for Policy {
    fn from(policy: InputPolicy) -> Self {
        // A cast from f64 saturates, so a number that is too large stays out of bounds.
        let max_bytes = policy.limit as usize;
        Self {
            max_bytes,
            max_depth: policy.max_depth as usize,
            max_keys: policy
                .max_keys
                .map_or_else(|| Self::keys_within(max_bytes), |keys| keys as usize),
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

thread_local! {
    static GUARDS: Slots<Guard> = const { Slots::new() };
}

/// Owns a prepared guard.
#[napi]
pub struct InputGuard {
    slot: Slot<Guard>,
}

#[napi]
impl InputGuard {
    /// Prepares a policy. Throws `ERR_INPUT_OPTION_RANGE` for an option outside its bounds.
    #[napi(constructor, catch_unwind)]
    pub fn new(env: Env, policy: InputPolicy) -> Result<Self> {
        call(&env, || {
            let guard = Guard::new(policy.into())?;
            Ok(Self { slot: Slot::keep(&GUARDS, guard) })
        })
    }

    /// The number to pass to `readJson`.
    #[napi(getter, catch_unwind)]
    pub fn slot(&self) -> u32 {
        self.slot.number()
    }

    /// Where the first offence of a body is, as a JSON Pointer; null if the guard accepts the body. For rejected bodies only:
    /// it scans the body again.
    #[napi(catch_unwind)]
    pub fn locate(&self, env: Env, body: Uint8Array) -> Result<Option<String>> {
        call(&env, || Ok(self.slot.with(|guard| guard.locate(&body)).flatten()))
    }
}

/// The function `readJson(slot, body)`: returns the text of the body if the guard accepts it, or else the number of the
/// rejection's code.
#[napi(catch_unwind, ts_return_type = "(slot: number, body: Uint8Array) => string | number")]
pub fn input_read_json_function(env: Env) -> Result<Function> {
    Function::make(env, c"readJson", read_json)
}

unsafe extern "C" fn read_json(
    env: sys::napi_env,
    info: sys::napi_callback_info,
) -> sys::napi_value {
    // SAFETY: both are those of the running callback.
    unsafe { Call::<2>::new(env, info) }.answer(|call| {
        // SAFETY: the bytes are copied into a string before the callback ends, and no JavaScript runs in between.
        let body = unsafe { call.bytes(1) }.ok_or_else(|| wrong("body", "must be a Buffer"))?;
        let verdict: Option<Verdict<_>> = GUARDS
            .with(|guards| guards.with(call.slot(0), |guard| guard.check(body).map(Utf8).into()));
        verdict.ok_or_else(|| wrong("slot", "must be that of a guard"))
    })
}

fn wrong(option: &'static str, reason: &'static str) -> Error {
    Error::InputOption { option, reason: reason.into() }
}
