//! The border of html: reads text, and returns what is kept of it, with a list of what was removed if that is wanted.

use std::num::NonZeroUsize;
use std::sync::{Arc, LazyLock};
use std::thread;

use napi::{Env, Result};
use napi_derive::napi;
use portcullis_core::Error;
use portcullis_core::html::{Policy, Removed, Sanitizer};
use portcullis_core::pool::{Pool, PoolConfig};

use crate::error::{Verdict, call};
use crate::task::{Promise, run};
use crate::text::{Text, TextError, Utf8};

/// Shorter texts are read into the stack.
const STACK_BYTES: usize = 4_096;
/// More threads would take cores from the JavaScript threads that wait for them.
const MAX_THREADS: usize = 4;
/// Jobs that may wait: of 100 KB each and one thread, about a second of work. More are refused with `ERR_HTML_BUSY`.
const MAX_QUEUE: usize = 256;

/// It lives as long as the process, so that it is never closed.
static POOL: LazyLock<Pool<()>> = LazyLock::new(|| {
    let cores = thread::available_parallelism().map_or(1, NonZeroUsize::get).min(MAX_THREADS);
    let config = PoolConfig {
        thread_name: "portcullis-html",
        busy: Error::HtmlBusy,
        closed: Error::HtmlBusy,
    };
    Pool::new(NonZeroUsize::new(cores).unwrap_or(NonZeroUsize::MIN), MAX_QUEUE, config, || ())
});

/// A tag or an attribute that was removed, see `Removed` in core.
#[napi(object, object_from_js = false)]
pub struct HtmlRemoval {
    pub tag: String,
    pub attribute: Option<String>,
    #[napi(ts_type = "'not-listed' | 'content' | 'url' | 'depth' | 'nesting' | 'attribute'")]
    pub reason: &'static str,
}

/// What is kept, and what was removed.
#[napi(object, object_from_js = false)]
pub struct HtmlReport {
    pub html: String,
    pub removed: Vec<HtmlRemoval>,
}

impl From<(String, Vec<Removed>)> for HtmlReport {
    fn from((html, removed): (String, Vec<Removed>)) -> Self {
        let removed = removed.into_iter().map(|one| HtmlRemoval {
            tag: one.tag,
            attribute: one.attribute,
            reason: one.reason.word(),
        });
        Self { html, removed: removed.collect() }
    }
}

/// A prepared sanitizer.
#[napi]
pub struct HtmlSanitizer {
    sanitizer: Arc<Sanitizer>,
}

#[napi]
impl HtmlSanitizer {
    /// Prepares a policy, which is written as JSON.
    #[napi(constructor, catch_unwind)]
    pub fn new(env: Env, policy: String) -> Result<Self> {
        call(&env, || {
            let sanitizer = Sanitizer::new(Policy::from_json(&policy)?)?;
            Ok(Self { sanitizer: Arc::new(sanitizer) })
        })
    }

    /// What is kept of the HTML, or the number of the rejection's code.
    #[napi(catch_unwind, ts_return_type = "string | number")]
    pub fn sanitize(&self, env: Env, html: Text) -> Result<Verdict<Utf8<String>>> {
        self.run(&env, &html, |sanitizer, html| sanitizer.sanitize(html).map(Utf8))
    }

    /// The same with a report.
    #[napi(catch_unwind, ts_return_type = "HtmlReport | number")]
    pub fn report(&self, env: Env, html: Text) -> Result<Verdict<HtmlReport>> {
        self.run(&env, &html, |sanitizer, html| sanitizer.report(html).map(HtmlReport::from))
    }

    /// As `sanitize`, on another thread.
    #[napi(catch_unwind, ts_return_type = "Promise<string | number>")]
    pub fn sanitize_async(&self, env: Env, html: Text) -> Result<Promise> {
        let max = self.sanitizer.max_length();
        let read = || html.well_formed_utf8::<STACK_BYTES, _>(max, <[u8]>::to_vec).map_err(refusal);
        let sanitizer = Arc::clone(&self.sanitizer);
        run(&env, &POOL, read, move |(), html| sanitize_bytes(&sanitizer, &html).map(Utf8))
    }

    fn run<T>(
        &self,
        env: &Env,
        html: &Text,
        work: impl FnOnce(&Sanitizer, &str) -> std::result::Result<T, Error>,
    ) -> Result<Verdict<T>> {
        call(env, || {
            let max = self.sanitizer.max_length();
            let worked = html.well_formed_utf8::<STACK_BYTES, _>(max, |html| {
                work(&self.sanitizer, str::from_utf8(html).map_err(|_| Error::HtmlInput)?)
            });
            match worked.unwrap_or_else(|error| Err(refusal(error))) {
                Err(error @ Error::HtmlInput) => Err(error),
                result => Ok(result.into()),
            }
        })
    }
}

fn sanitize_bytes(sanitizer: &Sanitizer, html: &[u8]) -> std::result::Result<String, Error> {
    sanitizer.sanitize(str::from_utf8(html).map_err(|_| Error::HtmlInput)?)
}

fn refusal(error: TextError) -> Error {
    match error {
        TextError::TooLong => Error::HtmlTooLong,
        TextError::NotString | TextError::LoneSurrogate => Error::HtmlInput,
    }
}
