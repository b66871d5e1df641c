//! What a pool is configured with, and what it reports.

use crate::Error;

/// What a thread of a pool works with.
pub trait Engine: 'static {
    /// The memory that it keeps between jobs, in KiB.
    fn memory_kib(&self) -> u32;
}

/// The engine for work that needs none.
impl Engine for () {
    fn memory_kib(&self) -> u32 {
        0
    }
}

/// The name of a pool's threads, and the errors with which it refuses work.
pub struct PoolConfig {
    /// The name of its threads, of at most 15 bytes.
    pub thread_name: &'static str,
    /// The error when all threads are busy and the queue is full, or no thread can be started.
    pub busy: Error,
    /// The error after [`super::Pool::close`].
    pub closed: Error,
}

/// Why a job returned no value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The job returned an error.
    Refused(Error),
    /// The job panicked; its thread and the pool keep working.
    Panicked,
}

/// A snapshot of a pool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stats {
    /// The bound on threads; they are started when first needed.
    pub threads: usize,
    /// Jobs that run, or whose thread is waking up.
    pub active: usize,
    /// Jobs that wait for a thread.
    pub queued: usize,
    /// Jobs that have ended since the pool was made.
    pub completed: u64,
    /// Jobs that were refused because no thread and no place in the queue was free, since the pool was made.
    pub refused: u64,
    /// The memory that the threads keep between jobs, in KiB; a busy thread counts as before its current job.
    pub memory_kib: u64,
}
