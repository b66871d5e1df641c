//! Turns core errors and panics into JavaScript exceptions with a `code`.

use std::ffi::CString;
use std::panic::{AssertUnwindSafe, catch_unwind};

use napi::bindgen_prelude::{ToNapiValue, Unknown, sys};
use napi::{Env, Error, JsValue, Result, Status};
use napi_derive::napi;
use portcullis_core::{CODES, Error as CoreError, Kind, TEXTS};

/// The codes that a [`Verdict`] refers to by number.
#[napi(catch_unwind)]
pub fn codes() -> Vec<&'static str> {
    CODES.to_vec()
}

/// The messages that go with [`codes`], in the same order.
#[napi(catch_unwind)]
pub fn texts() -> Vec<&'static str> {
    TEXTS.to_vec()
}

/// The version of this build; the loader refuses any other than its own.
#[napi(catch_unwind)]
pub fn version() -> &'static str {
    env!("CARGO_PKG_VERSION")
}

/// Runs the body of an export: a core error is thrown with its code, a panic as `ERR_INTERNAL`.
pub(crate) fn call<T>(
    env: &Env,
    body: impl FnOnce() -> std::result::Result<T, CoreError>,
) -> Result<T> {
    match catch_unwind(AssertUnwindSafe(body)) {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(error)) => Err(throw(env, &error)),
        Err(_) => Err(throw_internal(env)),
    }
}

/// Leaves a JavaScript exception pending and returns the mark that napi-rs then passes on.
pub(crate) fn throw(env: &Env, error: &CoreError) -> Error {
    throw_with(env, error.kind(), error.code(), &error.to_string())
}

/// As [`throw`], for a fault of ours.
pub(crate) fn throw_internal(env: &Env) -> Error {
    throw_with(env, Kind::Rejection, INTERNAL_CODE, INTERNAL_TEXT)
}

/// What a caught panic is called outside; its own text may hold input, so it is not passed on.
pub(crate) const INTERNAL_CODE: &str = "ERR_INTERNAL";
pub(crate) const INTERNAL_TEXT: &str =
    "portcullis: an internal fault was caught; the process is unharmed. Please report it";

fn throw_with(env: &Env, kind: Kind, code: &str, message: &str) -> Error {
    let throw = match kind {
        Kind::Type => sys::napi_throw_type_error,
        Kind::Range => sys::napi_throw_range_error,
        Kind::Rejection => sys::napi_throw_error,
    };
    let (Ok(code), Ok(message)) = (CString::new(code), CString::new(message)) else {
        return Error::new(Status::GenericFailure, INTERNAL_TEXT);
    };
    // SAFETY: `env` is the live environment of the running callback; both strings are NUL-terminated and
    // outlive the call, which copies them.
    unsafe { throw(env.raw(), code.as_ptr(), message.as_ptr()) };
    Error::new(Status::PendingException, "")
}

/// As [`throw`], for a promise: the error as a value, which rejects it.
pub(crate) fn rejected(env: &Env, code: &str, message: &str) -> Error {
    let built = (|| {
        let code = env.create_string(code)?;
        let message = env.create_string(message)?;
        let mut error = std::ptr::null_mut();
        // SAFETY: `env` is the live environment of the running callback; both strings were made in it.
        let status =
            unsafe { sys::napi_create_error(env.raw(), code.raw(), message.raw(), &mut error) };
        if status != sys::Status::napi_ok {
            return Err(Error::new(Status::from(status), INTERNAL_TEXT));
        }
        // SAFETY: the value was just made in this environment.
        Ok(unsafe { Unknown::from_raw_unchecked(env.raw(), error) })
    })();
    built.map_or_else(|error| error, Error::from_unknown_without_coercion)
}

/// What a check on a request answers: the value, or a rejection.
///
/// A rejected request is ordinary work under attack, so it crosses the border as the number of its code and becomes
/// one exception in JavaScript, instead of an exception here and a second one there. Only a message of its own, such
/// as the name of the claim that is missing, takes an object.
pub enum Verdict<T> {
    Accepted(T),
    Rejected(CoreError),
}

impl<T> From<std::result::Result<T, CoreError>> for Verdict<T> {
    fn from(result: std::result::Result<T, CoreError>) -> Self {
        match result {
            Ok(value) => Self::Accepted(value),
            Err(error) => Self::Rejected(error),
        }
    }
}

impl<T: ToNapiValue> ToNapiValue for Verdict<T> {
    unsafe fn to_napi_value(env: sys::napi_env, verdict: Self) -> Result<sys::napi_value> {
        // SAFETY: the caller vouches for `env`, as this trait asks.
        unsafe {
            match verdict {
                Self::Accepted(value) => T::to_napi_value(env, value),
                Self::Rejected(error) => match Rejection::with_own_message(&error) {
                    Some(rejection) => Rejection::to_napi_value(env, rejection),
                    None => u32::to_napi_value(env, error.ordinal()),
                },
            }
        }
    }
}

/// A rejection whose message says more than its code.
#[napi(object)]
pub struct Rejection {
    /// The place of the code in [`codes`].
    pub ordinal: u32,
    /// For logs.
    pub message: String,
}

impl Rejection {
    fn with_own_message(error: &CoreError) -> Option<Self> {
        let (ordinal, message) = (error.ordinal(), error.to_string());
        let is_common = TEXTS.get(ordinal as usize).is_some_and(|text| *text == message);
        (!is_common).then_some(Self { ordinal, message })
    }
}
