//! Passwords: Argon2 behind a bounded pool of threads.
//!
//! The order of a hash: the password is checked ([`Password`]), a place in the pool is taken
//! ([`crate::pool::Pool::reserve`]), a salt is drawn ([`Salt`]), and [`Hasher::hash`] runs on a thread of the pool with that
//! thread's memory. The order of a verification: the stored string is parsed ([`Phc`]), its cost is held
//! against the ceiling ([`Hasher::admit`]) before any memory is touched, and [`Hasher::verify`] derives again
//! and compares in constant time.

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
pub use hasher::{Admitted, Hasher};
pub use kdf::{ArgonEngine, Derivation, Kdf, Variant, Version};
pub use phc::Phc;
pub use reference::Reference;
pub use salt::Salt;
pub use secret::Password;

use crate::Error;
use crate::pool::Manner;

/// How a pool for passwords calls its threads and refuses.
pub const POOL_MANNER: Manner = Manner {
    thread_name: "portcullis-pw",
    busy: Error::PasswordBusy,
    closed: Error::PasswordClosed,
};
