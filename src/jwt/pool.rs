//! Work on tokens that leaves the JavaScript thread: one bounded pool for the whole process.

use std::num::NonZeroUsize;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::thread;

use napi::{Env, Result};
use napi_derive::napi;
use portcullis_core::Error;
use portcullis_core::jwt::{Signing, Verifier};
use portcullis_core::pool::{Fault, Pool, PoolConfig};

use super::{numbers, owned};
use crate::error::Verdict;
use crate::task::{Completion, Promise, promise, refuse, run};
use crate::text::{Ascii, Text, Utf8};

/// More threads would take cores from the JavaScript threads that wait for them.
const MAX_THREADS: usize = 4;

/// Jobs that may wait: at 100 us each and one thread, 0.4 seconds of work. More are refused with `ERR_JWT_BUSY`.
const MAX_QUEUE: usize = 4_096;

static THREADS: LazyLock<NonZeroUsize> = LazyLock::new(|| {
    let cores = thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    cores.min(NonZeroUsize::new(MAX_THREADS).unwrap_or(NonZeroUsize::MIN))
});

/// It lives as long as the process, so that it is never closed.
static POOL: LazyLock<Pool<()>> = LazyLock::new(|| {
    let config =
        PoolConfig { thread_name: "portcullis-jwt", busy: Error::JwtBusy, closed: Error::JwtBusy };
    Pool::new(*THREADS, MAX_QUEUE, config, || ())
});

/// A token's bytes, or why it has none.
type Token = std::result::Result<Vec<u8>, Error>;
type Answer = Verdict<JwtPassed>;

/// A token that passed on the pool.
#[napi(object, object_from_js = false)]
pub struct JwtPassed {
    /// The payload's JSON text.
    #[napi(ts_type = "string")]
    pub payload: Utf8<Vec<u8>>,
    /// Seconds since 1970-01-01 UTC.
    pub not_before: f64,
    /// Seconds since 1970-01-01 UTC, exclusive.
    pub expires: f64,
    /// What `keyId` is to be asked for.
    pub key: f64,
}

fn answer(verifier: &Verifier, token: Token, now: f64) -> Answer {
    token.and_then(|token| passed(verifier, &token, now)).into()
}

fn passed(verifier: &Verifier, token: &[u8], now: f64) -> std::result::Result<JwtPassed, Error> {
    let mut payload = Vec::new();
    let accepted = verifier.verify_into(token, now, &mut payload)?;
    let [not_before, expires, key] = numbers(&accepted);
    Ok(JwtPassed { payload: Utf8(payload), not_before, expires, key })
}

pub(super) fn verify(
    env: Env,
    verifier: &Arc<Verifier>,
    token: &Text,
    now: f64,
) -> Result<Promise> {
    let read = || owned(token, verifier);
    let verifier = Arc::clone(verifier);
    run(&env, &POOL, read, move |(), token| passed(&verifier, &token, now))
}

/// The answers of all parts; the part that ends last settles the promise.
struct Gathering {
    answers: Vec<Vec<Answer>>,
    missing: usize,
    completion: Option<Completion<Verdict<Vec<Answer>>>>,
}

pub(super) fn verify_many(
    env: Env,
    verifier: &Arc<Verifier>,
    tokens: &[Text],
    now: f64,
) -> Result<Promise> {
    let parts = THREADS.get().min(tokens.len()).max(1);
    let size = tokens.len().div_ceil(parts).max(1);
    let parts = tokens.len().div_ceil(size).max(1);
    let reserve = || (0..parts).map(|_| POOL.reserve()).collect::<std::result::Result<Vec<_>, _>>();
    let places = match reserve() {
        Ok(places) => places,
        Err(error) => return refuse(&env, error),
    };
    let mut tokens: Vec<Token> = tokens.iter().map(|token| owned(token, verifier)).collect();
    let (completion, promise) = promise(&env)?;
    let gathering = Arc::new(Mutex::new(Gathering {
        answers: (0..parts).map(|_| Vec::new()).collect(),
        missing: parts,
        completion: Some(completion),
    }));
    for (part, place) in places.into_iter().enumerate().rev() {
        let tokens = tokens.split_off(part * size);
        let (verifier, gathering) = (Arc::clone(verifier), Arc::clone(&gathering));
        place.run(
            move |()| Ok(tokens.into_iter().map(|token| answer(&verifier, token, now)).collect()),
            move |outcome| gather(&gathering, part, outcome),
        );
    }
    Ok(promise)
}

fn gather(
    gathering: &Mutex<Gathering>,
    part: usize,
    outcome: std::result::Result<Vec<Answer>, Fault>,
) {
    let mut gathering = gathering.lock().unwrap_or_else(PoisonError::into_inner);
    match outcome {
        Ok(answers) => {
            if let Some(place) = gathering.answers.get_mut(part) {
                *place = answers;
            }
            gathering.missing -= 1;
            if gathering.missing > 0 {
                return;
            }
            let answers = std::mem::take(&mut gathering.answers).into_iter().flatten().collect();
            gathering.settle(Ok(Verdict::Accepted(answers)));
        }
        Err(fault) => gathering.settle(Err(fault)),
    }
}

impl Gathering {
    /// Once: after a part that panicked the others count for nothing.
    fn settle(&mut self, outcome: std::result::Result<Verdict<Vec<Answer>>, Fault>) {
        if let Some(completion) = self.completion.take() {
            completion.settle(outcome);
        }
    }
}

/// A token that is done, or lacks its signature.
pub(super) enum Made {
    Done(Vec<u8>),
    Begun(Signing),
}

pub(super) fn sign(env: Env, made: Made) -> Result<Promise> {
    match made {
        Made::Done(token) => {
            let (completion, promise) = promise(&env)?;
            completion.settle(Ok(Ascii(token)));
            Ok(promise)
        }
        Made::Begun(signing) => {
            run(&env, &POOL, || Ok(signing), |(), signing| signing.finish().map(Ascii))
        }
    }
}
