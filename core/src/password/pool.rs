//! A bounded pool of threads for work that is slow and hungry on purpose.
//!
//! Each thread owns one engine and so one arena: memory is bounded by threads times the cost of a hash, however
//! many log-ins arrive. Work waits in one queue, first in first out, and the queue is bounded: a flood is refused
//! at the door while what was accepted keeps its pace. libuv's four threads, which serve files and DNS, are left
//! alone.
//!
//! Closing is graceful: what was accepted is finished, nothing more is accepted, then the threads end and their
//! memory goes. Dropping a pool closes it.

use std::collections::VecDeque;
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use super::Kdf;
use crate::Error;

/// Why a job has no value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The job answered an error.
    Refused(Error),
    /// The job panicked; its thread and the pool live on.
    Panicked,
}

/// A snapshot of a pool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stats {
    /// The bound on threads; they are started when first needed.
    pub threads: usize,
    /// Jobs that have a thread, or one that is waking up for them.
    pub active: usize,
    /// Jobs that wait for a thread.
    pub queued: usize,
    /// Jobs that ended, since the pool was made.
    pub completed: u64,
    /// Jobs that found the queue full, since the pool was made.
    pub refused: u64,
    /// The memory that idle threads keep for the next job and busy threads had before this one, in KiB.
    pub memory_kib: u64,
}

/// A pool of at most `threads` threads and `max_queue` waiting jobs.
pub struct Pool {
    shared: Arc<Shared>,
}

/// A place in a pool: either used by [`Place::run`] or given back when dropped.
pub struct Place<'p> {
    shared: &'p Shared,
}

type Engine = Box<dyn Kdf>;
type Finish = Box<dyn FnOnce() + Send>;
type Job = Box<dyn FnOnce(&mut Engine) -> Finish + Send>;

struct Shared {
    threads: usize,
    max_queue: usize,
    engine: Box<dyn Fn() -> Engine + Send + Sync>,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    queue: VecDeque<Job>,
    /// Places taken and not ended: reserved, queued or running.
    pending: usize,
    running: usize,
    started: usize,
    completed: u64,
    refused: u64,
    memory_kib: u64,
    closed: bool,
}

impl Pool {
    /// A pool without threads yet; each starts when there is work for it and calls `engine` once.
    pub fn new(
        threads: NonZeroUsize,
        max_queue: usize,
        engine: impl Fn() -> Engine + Send + Sync + 'static,
    ) -> Self {
        let shared = Shared {
            threads: threads.get(),
            max_queue,
            engine: Box::new(engine),
            state: Mutex::default(),
            changed: Condvar::new(),
        };
        Self { shared: Arc::new(shared) }
    }

    /// Takes a place, so that a caller under flood is refused before it prepares anything.
    ///
    /// # Errors
    /// [`Error::PasswordBusy`] when all threads are busy and the queue is full, or no thread can be started;
    /// [`Error::PasswordClosed`] after [`Pool::close`].
    pub fn reserve(&self) -> Result<Place<'_>, Error> {
        let mut state = self.shared.lock();
        if state.closed {
            return Err(Error::PasswordClosed);
        }
        let room = state.pending < self.shared.threads.saturating_add(self.shared.max_queue);
        if !(room && self.has_thread_for_one_more(&mut state)) {
            state.refused += 1;
            return Err(Error::PasswordBusy);
        }
        state.pending += 1;
        Ok(Place { shared: &self.shared })
    }

    /// A thread that cannot be started is missed only when there is no other.
    fn has_thread_for_one_more(&self, state: &mut State) -> bool {
        if state.started <= state.pending && state.started < self.shared.threads {
            let shared = Arc::clone(&self.shared);
            let thread = thread::Builder::new().name("portcullis-pw".into());
            state.started += usize::from(thread.spawn(move || shared.serve()).is_ok());
        }
        state.started > 0
    }

    /// What the pool is doing.
    #[must_use]
    pub fn stats(&self) -> Stats {
        let state = self.shared.lock();
        let active = state.pending.min(self.shared.threads);
        Stats {
            threads: self.shared.threads,
            active,
            queued: state.pending - active,
            completed: state.completed,
            refused: state.refused,
            memory_kib: state.memory_kib,
        }
    }

    /// Accepts no more work; what was accepted is finished.
    pub fn close(&self) {
        self.shared.lock().closed = true;
        self.shared.changed.notify_all();
    }

    /// Closes, and forgets what still waits: nobody is left to hear of it.
    pub fn abandon(&self) {
        let mut state = self.shared.lock();
        let forgotten = std::mem::take(&mut state.queue);
        state.pending -= forgotten.len();
        drop(state);
        drop(forgotten);
        self.close();
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        self.close();
    }
}

impl Place<'_> {
    /// Queues `work`; its thread then calls `done` with what came of it.
    pub fn run<T: Send + 'static>(
        self,
        work: impl FnOnce(&mut dyn Kdf) -> Result<T, Error> + Send + 'static,
        done: impl FnOnce(Result<T, Fault>) + Send + 'static,
    ) {
        let job: Job = Box::new(move |engine| {
            let outcome = catch_unwind(AssertUnwindSafe(|| work(engine.as_mut())));
            Box::new(move || {
                done(match outcome {
                    Ok(result) => result.map_err(Fault::Refused),
                    Err(_) => Err(Fault::Panicked),
                });
            })
        });
        self.shared.lock().queue.push_back(job);
        self.shared.changed.notify_one();
        std::mem::forget(self);
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.shared.lock().pending -= 1;
        self.shared.changed.notify_all();
    }
}

impl Shared {
    /// No code that can panic runs under the lock, so a poisoned state is still a whole one.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The life of one thread.
    fn serve(&self) {
        let mut engine = (self.engine)();
        while let Some(job) = self.next() {
            let before = engine.memory_kib();
            let finish = job(&mut engine);
            self.end(before, engine.memory_kib());
            // The books are closed first: who hears of the end finds the place free.
            let _ = catch_unwind(AssertUnwindSafe(finish));
        }
        self.lock().memory_kib -= u64::from(engine.memory_kib());
    }

    /// The next job; none when the pool is closed and every place was used or given back.
    fn next(&self) -> Option<Job> {
        let mut state = self.lock();
        loop {
            if let Some(job) = state.queue.pop_front() {
                state.running += 1;
                return Some(job);
            }
            if state.closed && state.pending == state.running {
                return None;
            }
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn end(&self, memory_before: u32, memory_after: u32) {
        let mut state = self.lock();
        state.pending -= 1;
        state.running -= 1;
        state.completed += 1;
        state.memory_kib = state.memory_kib + u64::from(memory_after) - u64::from(memory_before);
        if state.closed {
            self.changed.notify_all();
        }
    }
}
