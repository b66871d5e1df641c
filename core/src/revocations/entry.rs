//! What is revoked, without the text that names it.

use sha2::{Digest as _, Sha256};

use crate::sip::sip13;

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
}

/// What a token says of itself: it is known first by a cheap tag, which nearly always settles that it is not revoked,
/// and then by a digest that nobody can make another text meet.
#[derive(Clone, Copy, Debug)]
pub(super) struct Name<'t> {
    pub(super) kind: Kind,
    pub(super) text: &'t [u8],
}

/// 30 and 64 bits of SHA-256 of kind and text, and the kind in the two bits above. Entries can be passed on without
/// the texts.
pub(super) type Digest = [u32; 3];

const KIND_SHIFT: u32 = 30;
/// Part of the exported form, and no secret: a tag settles only what is not revoked.
const TAG_KEY: u64 = 0x7265_766f_6361_7469;

impl Name<'_> {
    pub(super) fn tag(self) -> u32 {
        sip13([TAG_KEY, self.kind as u64], self.text) as u32
    }

    pub(super) fn digest(self) -> Digest {
        let kind = self.kind as u8;
        let hash = Sha256::new().chain_update([kind]).chain_update(self.text).finalize();
        let [first, second, third] = first_words(&hash);
        [first << 2 >> 2 | u32::from(kind) << KIND_SHIFT, second, third]
    }
}

/// As many little-endian words as are asked for; zeros where the bytes end.
fn first_words<const N: usize>(bytes: &[u8]) -> [u32; N] {
    let mut all = bytes.as_chunks().0.iter().map(|word| u32::from_le_bytes(*word));
    std::array::from_fn(|_| all.next().unwrap_or_default())
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Key {
    pub(super) tag: u32,
    pub(super) digest: Digest,
}

impl Key {
    /// The place of the kind in [`Kind::ALL`].
    pub(super) const fn kind(self) -> usize {
        let [first, ..] = self.digest;
        (first >> KIND_SHIFT) as usize
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
        let name = Name { kind, text };
        let key = Key { tag: name.tag(), digest: name.digest() };
        Self { key, term: Term { before, expires } }
    }

    /// The exported form.
    #[must_use]
    pub fn to_bytes(self) -> [u8; ENTRY_BYTES] {
        let Self { key: Key { tag, digest: [first, second, third] }, term } = self;
        let words = [tag, first, second, third, term.before, term.expires];
        let mut bytes = [0; ENTRY_BYTES];
        for (place, word) in bytes.as_chunks_mut().0.iter_mut().zip(words) {
            *place = word.to_le_bytes();
        }
        bytes
    }

    /// Reads the exported form; any bytes are one entry.
    #[must_use]
    pub fn from_bytes(bytes: &[u8; ENTRY_BYTES]) -> Self {
        let [tag, first, second, third, before, expires] = first_words(bytes);
        Self { key: Key { tag, digest: [first, second, third] }, term: Term { before, expires } }
    }
}
