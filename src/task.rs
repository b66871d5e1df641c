//! How work that left the JavaScript thread comes back: a promise that any thread can settle.

use napi::bindgen_prelude::{ToNapiValue, sys};
use napi::{Env, JsDeferred, JsValue, Result};
use portcullis_core::pool::Fault;

use crate::error::{INTERNAL_CODE, INTERNAL_TEXT, rejected};

/// The JavaScript side of a promise, to be returned from an export.
pub struct Promise(sys::napi_value);

/// The other side. It may go to any thread; where the environment ended first, settling does nothing.
pub(crate) struct Completion<T: ToNapiValue>(JsDeferred<T, Resolver<T>>);

type Resolver<T> = Box<dyn FnOnce(Env) -> Result<T>>;

/// A new promise, not settled yet.
pub(crate) fn promise<T: ToNapiValue>(env: &Env) -> Result<(Completion<T>, Promise)> {
    let (deferred, promise) = env.create_deferred()?;
    Ok((Completion(deferred), Promise(promise.raw())))
}

impl<T: ToNapiValue + Send + 'static> Completion<T> {
    /// Fulfils the promise, or rejects it with an error that carries a code.
    pub(crate) fn settle(self, outcome: std::result::Result<T, Fault>) {
        self.0.resolve(Box::new(move |env| {
            outcome.map_err(|fault| match fault {
                Fault::Refused(error) => rejected(&env, error.code(), &error.to_string()),
                Fault::Panicked => rejected(&env, INTERNAL_CODE, INTERNAL_TEXT),
            })
        }));
    }
}

impl ToNapiValue for Promise {
    unsafe fn to_napi_value(_env: sys::napi_env, promise: Self) -> Result<sys::napi_value> {
        Ok(promise.0)
    }
}
