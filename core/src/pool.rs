//! A bounded pool of threads for work that is slow and memory-hungry on purpose.
//!
//! Each thread owns one engine (for passwords, an arena), so memory is bounded by the number of threads times the cost
//! of a job, however many jobs arrive. Jobs wait in one bounded queue, first in, first out: during a flood new jobs are
//! refused at once, and accepted jobs are not slowed down. libuv's four threads, which serve files and DNS, are not used.
//!
//! Closing is graceful: accepted jobs are finished, new jobs are refused, then the threads end and free their memory.
//! Dropping a pool closes it.

mod terms;

use std::collections::VecDeque;
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

pub use terms::{Engine, Fault, PoolConfig, Stats};

use crate::Error;

/// A pool of at most `threads` threads and `max_queue` waiting jobs.
pub struct Pool<E: Engine> {
    shared: Arc<Shared<E>>,
}

/// A reserved place in a pool: used by [`Place::run`], or released when dropped.
pub struct Place<'p, E: Engine> {
    shared: &'p Shared<E>,
}

type Finish = Box<dyn FnOnce() + Send>;
type Job<E> = Box<dyn FnOnce(&mut E) -> Finish + Send>;

struct Shared<E> {
    threads: usize,
    max_queue: usize,
    config: PoolConfig,
    engine: Box<dyn Fn() -> E + Send + Sync>,
    state: Mutex<State<E>>,
    changed: Condvar,
}

struct State<E> {
    queue: VecDeque<Job<E>>,
    /// Places in use: reserved, queued or running.
    pending: usize,
    running: usize,
    started: usize,
    completed: u64,
    refused: u64,
    memory_kib: u64,
    closed: bool,
}

impl<E> Default for State<E> {
    fn default() -> Self {
        Self {
            queue: VecDeque::new(),
            pending: 0,
            running: 0,
            started: 0,
            completed: 0,
            refused: 0,
            memory_kib: 0,
            closed: false,
        }
    }
}

impl<E: Engine> Pool<E> {
    /// A pool without threads yet; each starts when there is work for it and calls `engine` once.
    pub fn new(
        threads: NonZeroUsize,
        max_queue: usize,
        config: PoolConfig,
        engine: impl Fn() -> E + Send + Sync + 'static,
    ) -> Self {
        let shared = Shared {
            threads: threads.get(),
            max_queue,
            config,
            engine: Box::new(engine),
            state: Mutex::default(),
            changed: Condvar::new(),
        };
        Self { shared: Arc::new(shared) }
    }

    /// Reserves a place, so that during a flood a caller is refused before it prepares anything.
    ///
    /// # Errors
    /// Those of the pool's [`PoolConfig`].
    pub fn reserve(&self) -> Result<Place<'_, E>, Error> {
        let mut state = self.shared.lock();
        if state.closed {
            return Err(self.shared.config.closed.clone());
        }
        let room = state.pending < self.shared.threads.saturating_add(self.shared.max_queue);
        if !(room && self.has_thread_for_one_more(&mut state)) {
            state.refused += 1;
            return Err(self.shared.config.busy.clone());
        }
        state.pending += 1;
        Ok(Place { shared: &self.shared })
    }

    /// Starts a thread if one is needed. Failing to start it is an error only if the pool has no thread at all.
    fn has_thread_for_one_more(&self, state: &mut State<E>) -> bool {
        if state.started <= state.pending && state.started < self.shared.threads {
            let shared = Arc::clone(&self.shared);
            let thread = thread::Builder::new().name(self.shared.config.thread_name.into());
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

    /// Refuses new jobs; accepted jobs are finished.
    pub fn close(&self) {
        self.shared.lock().closed = true;
        self.shared.changed.notify_all();
    }

    /// Closes the pool and drops the queued jobs, because their results can no longer be delivered.
    pub fn abandon(&self) {
        let mut state = self.shared.lock();
        let forgotten = std::mem::take(&mut state.queue);
        state.pending -= forgotten.len();
        drop(state);
        drop(forgotten);
        self.close();
    }
}

impl<E: Engine> Drop for Pool<E> {
    fn drop(&mut self) {
        self.close();
    }
}

impl<E: Engine> Place<'_, E> {
    /// Queues `work`; its thread then calls `done` with the result.
    pub fn run<T: Send + 'static>(
        self,
        work: impl FnOnce(&mut E) -> Result<T, Error> + Send + 'static,
        done: impl FnOnce(Result<T, Fault>) + Send + 'static,
    ) {
        let job: Job<E> = Box::new(move |engine| {
            let outcome = catch_unwind(AssertUnwindSafe(|| work(engine)));
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

impl<E: Engine> Drop for Place<'_, E> {
    fn drop(&mut self) {
        self.shared.lock().pending -= 1;
        self.shared.changed.notify_all();
    }
}

impl<E: Engine> Shared<E> {
    /// No code that can panic runs under the lock, so a poisoned state is still consistent.
    fn lock(&self) -> MutexGuard<'_, State<E>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The main loop of one thread.
    fn serve(&self) {
        let mut engine = (self.engine)();
        while let Some(job) = self.next() {
            let before = engine.memory_kib();
            let finish = job(&mut engine);
            self.end(before, engine.memory_kib());
            // Update the counters before notifying the waiter: it may reserve the place at once.
            let _ = catch_unwind(AssertUnwindSafe(finish));
        }
        self.lock().memory_kib -= u64::from(engine.memory_kib());
    }

    /// Waits for the next job; `None` when the pool is closed and every place was used or released.
    fn next(&self) -> Option<Job<E>> {
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
