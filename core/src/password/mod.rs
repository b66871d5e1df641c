//! Passwords: Argon2 behind a bounded pool of threads.
//!
//! A place in the pool is taken first ([`crate::pool::Pool::reserve`]), so that a flood is refused unread. The order of a hash
//! is then: the password is checked ([`Password`]), a salt is drawn ([`Salt`]), and [`Hasher::hash`] runs on a thread of the
//! pool with that thread's memory. The order of a verification: the stored string is parsed ([`Phc`]), its cost is compared
//! with the ceiling ([`Hasher::admit`]) before any memory is allocated, and [`Hasher::verify`] derives the tag
//! again and compares in constant time.

mod cost;
mod hasher;
mod kdf;
mod phc;
mod reference;
mod salt;
mod secret;
#[cfg(test)]
mod tests;

pub use cost::Cost;
pub(crate) use cost::{MAX_CHOSEN_KIB, MAX_CHOSEN_LANES, MAX_CHOSEN_PASSES, MIN_KIB_PER_LANE};
pub use hasher::{Admitted, Hasher};
pub use kdf::{ArgonEngine, Derivation, Kdf, Variant, Version};
pub use phc::Phc;
pub use reference::Reference;
pub use salt::Salt;
pub use secret::Password;

use crate::Error;
use crate::pool::PoolConfig;

/// More threads would only multiply the memory: four hash some 300 passwords a second.
pub(crate) const MOST_DEFAULT_THREADS: usize = 4;
/// As many as a large server has cores; each keeps one busy.
pub(crate) const MOST_THREADS: usize = 256;
/// At the default cost the last of 256 waits about a second on four threads; a client that waits longer has gone.
pub(crate) const DEFAULT_MAX_QUEUE: usize = 256;
/// On four threads the last would wait over three minutes: as good as no bound.
pub(crate) const LARGEST_MAX_QUEUE: usize = 65_536;
/// NIST SP 800-63B-4 section 3.1.1.2: at least 64 characters, never cut. 1,024 bytes hold 256 of any kind.
pub(crate) const DEFAULT_MAX_PASSWORD_BYTES: usize = 1024;
/// So that the 64 characters fit.
pub(crate) const LEAST_MAX_PASSWORD_BYTES: usize = 64;
/// A password is copied and hashed once before the memory is filled; at this size that is still a small part of the work.
pub(crate) const LARGEST_MAX_PASSWORD_BYTES: usize = 65_536;

/// The name of the threads of a password pool, and the errors with which it refuses work.
pub const POOL_CONFIG: PoolConfig = PoolConfig {
    thread_name: "portcullis-pw",
    busy: Error::PasswordBusy,
    closed: Error::PasswordClosed,
};
