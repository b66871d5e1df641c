//! Returns results from other threads to JavaScript: a promise that any thread can settle.

use napi::bindgen_prelude::{ToNapiValue, sys};
use napi::{Env, JsDeferred, JsValue, Result};
use portcullis_core::pool::{Engine, Fault, Pool};
use portcullis_core::{Error, Kind};

use crate::error::{Verdict, call, rejected, rejected_internal, throw};

/// The JavaScript side of a promise, to be returned from an export.
pub struct Promise(sys::napi_value);

/// The other side. It may be moved to any thread. If the environment has ended, settling does nothing.
pub(crate) struct Completion<T: ToNapiValue>(JsDeferred<T, Resolver<T>>);

type Resolver<T> = Box<dyn FnOnce(Env) -> Result<T>>;

/// A new promise, not settled yet.
pub(crate) fn promise<T: ToNapiValue>(env: &Env) -> Result<(Completion<T>, Promise)> {
    let (deferred, promise) = env.create_deferred()?;
    Ok((Completion(deferred), Promise(promise.raw())))
}

/// A promise of a verdict on what `work` makes on a pool of what `prepare` read on this thread. A rejection, also that of a
/// pool which takes no work, is a value of the promise as it is one of a call.
pub(crate) fn run<E: Engine, I: Send + 'static, T: ToNapiValue + Send + 'static>(
    env: &Env,
    pool: &Pool<E>,
    prepare: impl FnOnce() -> std::result::Result<I, Error>,
    work: impl FnOnce(&mut E, I) -> std::result::Result<T, Error> + Send + 'static,
) -> Result<Promise> {
    // Before the input is read and the promise is made, so that a refusal is cheap.
    let place = match pool.reserve() {
        Ok(place) => place,
        Err(error) => return refuse(env, error),
    };
    let input = match call(env, || Ok(prepare()))? {
        Ok(input) => input,
        Err(error) => return refuse(env, error),
    };
    let (completion, promise) = promise(env)?;
    place.run(
        move |engine| work(engine, input),
        |outcome| {
            completion.settle(match outcome {
                Ok(value) => Ok(Verdict::Accepted(value)),
                Err(Fault::Refused(error)) if error.kind() == Kind::Rejection => {
                    Ok(Verdict::Rejected(error))
                }
                Err(fault) => Err(fault),
            });
        },
    );
    Ok(promise)
}

/// The promise of work that is not begun: of a rejection; misuse is thrown.
pub(crate) fn refuse(env: &Env, error: Error) -> Result<Promise> {
    if error.kind() != Kind::Rejection {
        return Err(throw(env, &error));
    }
    let (completion, promise) = promise::<Verdict<bool>>(env)?;
    completion.settle(Ok(Verdict::Rejected(error)));
    Ok(promise)
}

impl<T: ToNapiValue + Send + 'static> Completion<T> {
    /// Fulfils the promise, or rejects it with an error that carries a code.
    pub(crate) fn settle(self, outcome: std::result::Result<T, Fault>) {
        self.0.resolve(Box::new(move |env| {
            outcome.map_err(|fault| match fault {
                Fault::Refused(error) => rejected(&env, &error),
                Fault::Panicked => rejected_internal(&env),
            })
        }));
    }
}

impl ToNapiValue for Promise {
    unsafe fn to_napi_value(_env: sys::napi_env, promise: Self) -> Result<sys::napi_value> {
        Ok(promise.0)
    }
}
