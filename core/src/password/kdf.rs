//! The interface between the password policy and an implementation of Argon2.

use super::Cost;
use crate::Error;
use crate::pool::Engine;

/// The variants of Argon2 (RFC 9106 section 3.2). New hashes are Argon2id; the others are verified.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Variant {
    /// Data-dependent addressing.
    Argon2d,
    /// Data-independent addressing.
    Argon2i,
    /// Independent for the first half pass, then dependent (RFC 9106 section 4: the one to use).
    Argon2id,
}

/// The versions of Argon2. New hashes are 0x13; a string without `v=` is 0x10.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    /// 1.0: later passes overwrite.
    V0x10,
    /// 1.3, that of RFC 9106: later passes xor.
    V0x13,
}

/// The inputs of one derivation, except the length of the tag.
pub struct Derivation<'a> {
    /// Which Argon2.
    pub variant: Variant,
    /// Which version of it.
    pub version: Version,
    /// Memory, passes, lanes.
    pub cost: Cost,
    /// The password's bytes.
    pub password: &'a [u8],
    /// At least 8 bytes.
    pub salt: &'a [u8],
    /// The secret K of RFC 9106 (a pepper); empty for none.
    pub secret: &'a [u8],
    /// The associated data X of RFC 9106, at most 32 bytes; empty for none.
    pub associated_data: &'a [u8],
}

/// One thread's engine, which reuses its memory from call to call.
pub trait Kdf: Send {
    /// Fills `tag` (4 bytes or more). The memory is wiped before this returns.
    ///
    /// # Errors
    /// [`Error::PasswordMemory`] when the memory cannot be allocated; [`Error::PasswordHashMalformed`] when the engine
    /// does not accept the lengths.
    fn derive(&mut self, derivation: &Derivation<'_>, tag: &mut [u8]) -> Result<(), Error>;

    /// The memory that this engine holds between calls, in KiB.
    fn memory_kib(&self) -> u32;
}

/// What a thread of a pool for passwords works with.
pub type ArgonEngine = Box<dyn Kdf>;

impl Engine for ArgonEngine {
    fn memory_kib(&self) -> u32 {
        self.as_ref().memory_kib()
    }
}
