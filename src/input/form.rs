//! The guard of forms at the border: one call checks the caller's buffer and returns the form as JSON.

use napi::bindgen_prelude::{Uint8Array, sys};
use napi::{Env, Result};
use napi_derive::napi;
use portcullis_core::Error;
use portcullis_core::input::{Dialect, FormGuard, FormPolicy, Rules};

use super::wrong;
use crate::error::{Verdict, call};
use crate::raw::{Call, Function, Slot, Slots};
use crate::text::ThreadBuffer;

/// A policy as `lib/input` prepares it. Numbers are whole and not negative; core checks their bounds.
#[napi(object)]
pub struct InputFormPolicy {
    pub limit: f64,
    pub parameter_limit: f64,
    pub max_depth: f64,
    pub max_key_length: f64,
    /// Whether brackets nest, as in qs; else a name is one key, as in node:querystring.
    pub extended: bool,
    pub operators: bool,
    pub dots: bool,
    pub prototypes: bool,
}

impl TryFrom<InputFormPolicy> for FormPolicy {
    type Error = Error;

    fn try_from(policy: InputFormPolicy) -> std::result::Result<Self, Error> {
        // A cast from f64 saturates, so a number that is too large stays out of bounds.
        Ok(Self {
            max_bytes: policy.limit as usize,
            max_parameters: policy.parameter_limit as usize,
            max_depth: policy.max_depth as usize,
            max_key_bytes: policy.max_key_length as usize,
            dialect: if policy.extended { Dialect::Extended } else { Dialect::Simple },
            rules: Rules {
                operators: policy.operators,
                dots: policy.dots,
                prototypes: policy.prototypes,
                duplicates: false,
            },
        })
    }
}

thread_local! {
    static GUARDS: Slots<FormGuard> = const { Slots::new() };
}

/// Owns a prepared guard of forms.
#[napi]
pub struct InputFormGuard {
    slot: Slot<FormGuard>,
}

#[napi]
impl InputFormGuard {
    /// Prepares a policy. Throws `ERR_INPUT_OPTION_RANGE` for an option outside its bounds.
    #[napi(constructor, catch_unwind)]
    pub fn new(env: Env, policy: InputFormPolicy) -> Result<Self> {
        call(&env, || {
            let guard = FormGuard::new(policy.try_into()?)?;
            Ok(Self { slot: Slot::keep(&GUARDS, guard) })
        })
    }

    /// The number to pass to `readForm`.
    #[napi(getter, catch_unwind)]
    pub fn slot(&self) -> u32 {
        self.slot.number()
    }

    /// Where the first offence of a form is, as a JSON Pointer; null if the guard accepts the form. For rejected forms only: it
    /// reads the form again.
    #[napi(catch_unwind)]
    pub fn locate(&self, env: Env, body: Uint8Array) -> Result<Option<String>> {
        call(&env, || Ok(self.slot.with(|guard| guard.locate(&body)).flatten()))
    }
}

/// The function `readForm(slot, body)`: returns the form as JSON text if the guard accepts it, or else the number of the
/// rejection's code.
#[napi(catch_unwind, ts_return_type = "(slot: number, body: Uint8Array) => string | number")]
pub fn input_read_form_function(env: Env) -> Result<Function> {
    Function::make(env, c"readForm", read_form)
}

unsafe extern "C" fn read_form(
    env: sys::napi_env,
    info: sys::napi_callback_info,
) -> sys::napi_value {
    // SAFETY: both are those of the running callback.
    unsafe { Call::<2>::new(env, info) }.answer(|call| {
        // SAFETY: the bytes are read before the callback ends, and no JavaScript runs in between.
        let body = unsafe { call.bytes(1) }.ok_or_else(|| wrong("body", "must be a Buffer"))?;
        let verdict: Option<Verdict<_>> = GUARDS.with(|guards| {
            guards.with(call.slot(0), |guard| {
                let mut json = ThreadBuffer::take();
                json.bytes().clear();
                guard.read(body, json.bytes()).map(|()| json).into()
            })
        });
        verdict.ok_or_else(|| wrong("slot", "must be that of a guard"))
    })
}
