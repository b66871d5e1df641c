//! A bounded pool of threads for work that is slow and hungry on purpose.
//!
//! Each thread owns one engine, for passwords an arena: memory is bounded by threads times the cost of a job, however
//! many arrive. Work waits in one queue, first in first out, and the queue is bounded: a flood is refused
//! at the door while what was accepted keeps its pace. libuv's four threads, which serve files and DNS, are left
//! alone.
//!
//! Closing is graceful: what was accepted is finished, nothing more is accepted, then the threads end and their
//! memory goes. Dropping a pool closes it.

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

/// A place in a pool: either used by [`Place::run`] or given back when dropped.
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
    /// Places taken and not ended: reserved, queued or running.
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

    /// Takes a place, so that a caller under flood is refused before it prepares anything.
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

    /// A thread that cannot be started is missed only when there is no other.
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

impl<E: Engine> Drop for Pool<E> {
    fn drop(&mut self) {
        self.close();
    }
}

impl<E: Engine> Place<'_, E> {
    /// Queues `work`; its thread then calls `done` with what came of it.
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
    /// No code that can panic runs under the lock, so a poisoned state is still a whole one.
    fn lock(&self) -> MutexGuard<'_, State<E>> {
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
