//! Work on tokens that leaves the JavaScript thread: one bounded pool for the whole process.

use std::num::NonZeroUsize;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::thread;

use napi::{Env, Result};
use portcullis_core::Error;
use portcullis_core::jwt::{Signing, Verifier};
use portcullis_core::pool::{Fault, Manner, Pool};

use crate::error::{Verdict, call};
use crate::task::{Completion, Promise, promise};
use crate::text::{Ascii, Utf8};

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
    let manner =
        Manner { thread_name: "portcullis-jwt", busy: Error::JwtBusy, closed: Error::JwtBusy };
    Pool::new(*THREADS, MAX_QUEUE, manner, || ())
});

/// A token's bytes, or why it has none.
type Token = std::result::Result<Vec<u8>, Error>;
type Answer = Verdict<Utf8>;

fn answer(verifier: &Verifier, token: Token, now: f64) -> Answer {
    Verdict::from(token.and_then(|token| verifier.verify(&token, now)).map(Utf8))
}

pub(super) fn verify(env: Env, verifier: Arc<Verifier>, token: Token, now: f64) -> Result<Promise> {
    let place = call(&env, || POOL.reserve())?;
    let (completion, promise) = promise(&env)?;
    place.run(move |()| Ok(answer(&verifier, token, now)), |outcome| completion.settle(outcome));
    Ok(promise)
}

/// The answers of all parts; the part that ends last settles the promise.
struct Gathering {
    answers: Vec<Vec<Answer>>,
    missing: usize,
    completion: Option<Completion<Vec<Answer>>>,
}

pub(super) fn verify_many(
    env: Env,
    verifier: &Arc<Verifier>,
    mut tokens: Vec<Token>,
    now: f64,
) -> Result<Promise> {
    let parts = THREADS.get().min(tokens.len()).max(1);
    let size = tokens.len().div_ceil(parts).max(1);
    let parts = tokens.len().div_ceil(size).max(1);
    let reserve = || (0..parts).map(|_| POOL.reserve()).collect::<std::result::Result<Vec<_>, _>>();
    let places = call(&env, reserve)?;
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
            gathering.settle(Ok(answers));
        }
        Err(fault) => gathering.settle(Err(fault)),
    }
}

impl Gathering {
    /// Once: after a part that panicked the others count for nothing.
    fn settle(&mut self, outcome: std::result::Result<Vec<Answer>, Fault>) {
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
            let place = call(&env, || POOL.reserve())?;
            let (completion, promise) = promise(&env)?;
            place.run(move |()| signing.finish().map(Ascii), |outcome| completion.settle(outcome));
            Ok(promise)
        }
    }
}
