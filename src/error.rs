//! Turns core errors and panics into JavaScript exceptions with a `code`.

use std::panic::{AssertUnwindSafe, catch_unwind};

use napi::bindgen_prelude::{ToNapiValue, Unknown, sys};
use napi::{Env, Error, JsValue, Result, Status, check_status};
use napi_derive::napi;
use portcullis_core::{BOUNDS, CODES, Error as CoreError, Kind, TEXTS};

/// The codes, in the order of the numbers in a [`Verdict`].
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
    caught(env, || body().map_err(|error| throw(env, &error)))
}

/// Throws a panic of the body as `ERR_INTERNAL`.
pub(crate) fn caught<T>(env: &Env, body: impl FnOnce() -> Result<T>) -> Result<T> {
    catch_unwind(AssertUnwindSafe(body)).unwrap_or_else(|_| Err(throw_internal(env)))
}

/// Leaves a JavaScript exception pending and returns the mark that napi-rs then passes on.
pub(crate) fn throw(env: &Env, error: &CoreError) -> Error {
    pending(env, exception(env, error))
}

/// Like [`throw`], for a fault inside Portcullis.
pub(crate) fn throw_internal(env: &Env) -> Error {
    pending(env, create(env, Kind::Rejection, INTERNAL_CODE, INTERNAL_TEXT))
}

/// Like [`throw`], for a promise: returns the error as a value to reject it with.
pub(crate) fn rejected(env: &Env, error: &CoreError) -> Error {
    as_value(env, exception(env, error))
}

/// Like [`rejected`], for a fault inside Portcullis.
pub(crate) fn rejected_internal(env: &Env) -> Error {
    as_value(env, create(env, Kind::Rejection, INTERNAL_CODE, INTERNAL_TEXT))
}

/// The message for every caught panic. The panic's own text may contain input, so it is not passed on.
const INTERNAL_CODE: &str = "ERR_INTERNAL";
const INTERNAL_TEXT: &str =
    "portcullis: an internal fault was caught; the process is unharmed. Please report it";

/// The JavaScript error of a misuse: the kind decides its class; its code and details become properties.
fn exception(env: &Env, error: &CoreError) -> Result<sys::napi_value> {
    let value = create(env, error.kind(), error.code(), &error.to_string())?;
    let mut named = Ok(());
    error.fields(|name, text| {
        // The reason is part of the message.
        if name != "reason" && named.is_ok() {
            named = set(env, value, name, text);
        }
    });
    named.map(|()| value)
}

fn create(env: &Env, kind: Kind, code: &str, message: &str) -> Result<sys::napi_value> {
    let create = match kind {
        Kind::Type => sys::napi_create_type_error,
        Kind::Range => sys::napi_create_range_error,
        Kind::Rejection => sys::napi_create_error,
    };
    let code = env.create_string(code)?;
    let message = env.create_string(message)?;
    let mut value = std::ptr::null_mut();
    // SAFETY: `env` is the live environment of the running callback; both strings were made in it.
    let status = unsafe { create(env.raw(), code.raw(), message.raw(), &mut value) };
    check_status!(status, "the error could not be created")?;
    Ok(value)
}

fn set(env: &Env, object: sys::napi_value, name: &str, text: &str) -> Result<()> {
    let name = env.create_string(name)?;
    let text = env.create_string(text)?;
    // SAFETY: all three values were made in this environment, within this callback.
    let status = unsafe { sys::napi_set_property(env.raw(), object, name.raw(), text.raw()) };
    check_status!(status, "the error could not be completed")
}

fn pending(env: &Env, value: Result<sys::napi_value>) -> Error {
    let Ok(value) = value else {
        return Error::new(Status::GenericFailure, INTERNAL_TEXT);
    };
    // SAFETY: the value was just made in this live environment.
    unsafe { sys::napi_throw(env.raw(), value) };
    Error::new(Status::PendingException, "")
}

fn as_value(env: &Env, value: Result<sys::napi_value>) -> Error {
    // SAFETY: the value was just made in this environment.
    let value = value.map(|value| unsafe { Unknown::from_raw_unchecked(env.raw(), value) });
    value.map_or_else(|error| error, Error::from_unknown_without_coercion)
}

/// The result of a check on a request: the value, or a rejection.
///
/// A rejected request is ordinary work under attack, so it crosses the border as the number of its code and becomes
/// one exception in JavaScript, instead of an exception here and a second one there. Only a message that names something, such
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
                Self::Rejected(error) => match Rejection::of(&error) {
                    Some(rejection) => Rejection::to_napi_value(env, rejection),
                    None => u32::to_napi_value(env, error.ordinal()),
                },
            }
        }
    }
}

/// A rejection that carries details.
#[napi(object)]
pub struct Rejection {
    /// The index of the code in [`codes`].
    pub ordinal: u32,
    /// For logs.
    pub message: String,
    /// The claim that is missing or wrong.
    pub claim: Option<String>,
    /// The `kid` of an unverified header.
    pub kid: Option<String>,
}

impl Rejection {
    /// A message differs from the common one exactly where the error has a field that names something.
    fn of(error: &CoreError) -> Option<Self> {
        let (mut claim, mut kid, mut is_common) = (None, None, true);
        error.fields(|name, text| {
            is_common = false;
            match name {
                "claim" => claim = Some(text.to_owned()),
                "kid" => kid = Some(text.to_owned()),
                _ => {}
            }
        });
        let detailed = || Self { ordinal: error.ordinal(), message: error.to_string(), claim, kid };
        (!is_common).then(detailed)
    }
}

/// Bounds and default of a numeric option, see the core's `Bound`.
#[napi(object, object_from_js = false)]
pub struct OptionBound {
    /// As in error codes.
    pub area: &'static str,
    /// The option's name.
    pub option: &'static str,
    /// Inclusive.
    pub min: f64,
    /// Inclusive.
    pub max: f64,
    /// NaN if there is no default.
    pub default: f64,
}

/// The bounds and defaults of numeric options.
#[napi(catch_unwind)]
pub fn bounds() -> Vec<OptionBound> {
    let bounds = BOUNDS.iter();
    bounds
        .map(|one| OptionBound {
            area: one.area,
            option: one.option,
            min: one.min,
            max: one.max,
            default: one.default,
        })
        .collect()
}
