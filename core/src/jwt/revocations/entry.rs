//! What is revoked, without the text that names it.

use sha2::{Digest, Sha256};

/// The bytes of an exported entry.
pub const ENTRY_BYTES: usize = 24;

/// The `before` of an entry that refuses whatever `iat` says.
pub const WHATEVER_IAT: u32 = u32::MAX;

/// The `expires` of an entry that is kept for good.
pub const NEVER_EXPIRES: u32 = u32::MAX;

/// What an entry names. The order is part of the exported form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One token, by its `jti`.
    Jti,
    /// Tokens of one `sub`.
    Subject,
    /// Tokens of one session, by its `sid`.
    Session,
    /// Tokens of one key, by its `kid`.
    Key,
}

impl Kind {
    /// Every kind, in the order of their numbers.
    pub const ALL: [Self; 4] = [Self::Jti, Self::Subject, Self::Session, Self::Key];
    const BITS: u64 = 0b11;
}

/// The first 128 bits of SHA-256 of kind and text, so that entries can be passed on without the texts, and nobody can
/// make a text that meets another's entry. Two of the bits are the kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Key(u64, u64);

impl Key {
    pub(super) fn new(kind: Kind, text: &[u8]) -> Self {
        let digest = Sha256::new().chain_update([kind as u8]).chain_update(text).finalize();
        let (words, _) = digest.as_chunks();
        let mut words = words.iter().map(|word| u64::from_le_bytes(*word));
        let mut word = || words.next().unwrap_or_default();
        Self((word() & !Kind::BITS) | kind as u64, word())
    }

    /// The place of the kind in [`Kind::ALL`].
    pub(super) const fn kind(self) -> usize {
        (self.0 & Kind::BITS) as usize
    }

    /// Bits that choose a shard.
    pub(super) const fn spread(self) -> usize {
        (self.1 >> 32) as usize
    }
}

/// What an entry refuses, and how long it is needed; both in seconds since 1970-01-01 UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Term {
    /// Tokens whose `iat` lies before it are refused.
    pub(super) before: u32,
    /// From then on the tokens have expired by themselves.
    pub(super) expires: u32,
}

impl Term {
    pub(super) const fn is_live(self, now: u32) -> bool {
        self.expires > now
    }

    /// A token that does not say when it was issued may be as old as any.
    pub(super) fn refuses(self, iat: Option<f64>) -> bool {
        if self.before == WHATEVER_IAT {
            return true;
        }
        !iat.is_some_and(|iat| iat >= f64::from(self.before))
    }

    /// Both together. The order in which terms arrive makes no difference.
    pub(super) fn merged(self, other: Self) -> Self {
        Self { before: self.before.max(other.before), expires: self.expires.max(other.expires) }
    }
}

/// One entry in the form in which processes pass it on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    pub(super) key: Key,
    pub(super) term: Term,
}

impl Entry {
    /// `before`: tokens with an earlier `iat` are refused, or [`WHATEVER_IAT`]. `expires`: when it may be forgotten, or
    /// [`NEVER_EXPIRES`]. Both in seconds since 1970-01-01 UTC.
    #[must_use]
    pub fn new(kind: Kind, text: &[u8], before: u32, expires: u32) -> Self {
        Self { key: Key::new(kind, text), term: Term { before, expires } }
    }

    /// The exported form.
    #[must_use]
    pub fn to_bytes(self) -> [u8; ENTRY_BYTES] {
        let Self { key: Key(low, high), term } = self;
        let mut bytes = [0; ENTRY_BYTES];
        let words = [low.to_le_bytes(), high.to_le_bytes(), term.to_word().to_le_bytes()];
        for (place, byte) in bytes.iter_mut().zip(words.as_flattened()) {
            *place = *byte;
        }
        bytes
    }

    /// Reads the exported form; any bytes are one entry.
    #[must_use]
    pub fn from_bytes(bytes: &[u8; ENTRY_BYTES]) -> Self {
        let (words, _) = bytes.as_chunks();
        let mut words = words.iter().map(|word| u64::from_le_bytes(*word));
        let mut word = || words.next().unwrap_or_default();
        Self { key: Key(word(), word()), term: Term::from_word(word()) }
    }
}

impl Term {
    fn to_word(self) -> u64 {
        u64::from(self.expires) << 32 | u64::from(self.before)
    }

    const fn from_word(word: u64) -> Self {
        Self { before: word as u32, expires: (word >> 32) as u32 }
    }
}
