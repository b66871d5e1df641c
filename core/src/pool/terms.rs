//! What a pool is told, and what it tells.

use crate::Error;

/// What a thread of a pool works with.
pub trait Engine: 'static {
    /// The memory that it keeps between jobs, in KiB.
    fn memory_kib(&self) -> u32;
}

/// The engine of work that needs none.
impl Engine for () {
    fn memory_kib(&self) -> u32 {
        0
    }
}

/// How a pool calls its threads and what it answers when it takes no work.
pub struct PoolConfig {
    /// The name of its threads, of at most 15 bytes.
    pub thread_name: &'static str,
    /// When all threads are busy and the queue is full, or no thread can be started.
    pub busy: Error,
    /// After [`super::Pool::close`].
    pub closed: Error,
}

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
