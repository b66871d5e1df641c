//! Keys of objects: their number, their length, and the rules on their names.

use std::hash::BuildHasher;

use foldhash::fast::RandomState;
use smallvec::SmallVec;

use super::{Policy, Rules};
use crate::Error;

/// Up to this many keys, comparing every pair is cheaper than sorting.
const FEW: usize = 16;

/// The keys seen so far.
///
/// Two keys of one object count as equal if their 64-bit keyed hashes are equal. Among a thousand different keys, two
/// share a hash with a probability of 2^-45, and an attacker cannot search for such a pair without the hash's key. The
/// hashes of open objects lie on one stack. They are compared when the object ends, by sorting if they are many, so that
/// no choice of keys costs more than n log n.
pub(super) struct Keys<'a> {
    policy: &'a Policy,
    hasher: &'a RandomState,
    count: usize,
    /// On the stack for most bodies: an allocation would cost as much as the comparison.
    hashes: SmallVec<[u64; 4 * FEW]>,
}

impl<'a> Keys<'a> {
    pub(super) fn new(policy: &'a Policy, hasher: &'a RandomState) -> Self {
        Self { policy, hasher, count: 0, hashes: SmallVec::new() }
    }

    /// Starts an object. Pass the returned mark to [`Keys::close`] when that object ends.
    #[inline]
    pub(super) fn open(&self) -> usize {
        self.hashes.len()
    }

    /// Checks one unescaped key. `in_constructor`: its object is the value of a key `constructor`.
    #[inline]
    pub(super) fn add(
        &mut self,
        key: &[u8],
        has_dot: bool,
        in_constructor: bool,
    ) -> Result<(), Error> {
        self.count += 1;
        if self.count > self.policy.max_keys {
            return Err(Error::InputKeys);
        }
        if key.len() > self.policy.max_key_bytes {
            return Err(Error::InputKeyLength);
        }
        let rules = &self.policy.rules;
        rules.judge(key, has_dot, in_constructor)?;
        if rules.duplicates {
            self.hashes.push(self.hasher.hash_one(key));
        }
        Ok(())
    }

    /// Ends the object for which [`Keys::open`] returned `mark`.
    #[inline]
    pub(super) fn close(&mut self, mark: usize) -> Result<(), Error> {
        let own = self.hashes.get_mut(mark..).unwrap_or_default();
        let repeats =
            if own.len() <= FEW { repeats_among_few(own) } else { repeats_among_many(own) };
        if repeats {
            return Err(Error::InputDuplicateKey);
        }
        self.hashes.truncate(mark);
        Ok(())
    }
}

#[inline]
fn repeats_among_few(mut hashes: &[u64]) -> bool {
    while let Some((last, others)) = hashes.split_last() {
        // Without an early exit, so that the comparison runs several hashes at a time.
        if others.iter().fold(false, |found, other| found | (other == last)) {
            return true;
        }
        hashes = others;
    }
    false
}

#[inline(never)]
fn repeats_among_many(hashes: &mut [u64]) -> bool {
    hashes.sort_unstable();
    hashes.windows(2).any(|pair| pair.first() == pair.last())
}

impl Rules {
    /// Checks one unescaped key. `in_constructor`: its object is the value of a key `constructor`.
    #[inline]
    pub(super) fn judge(
        &self,
        key: &[u8],
        has_dot: bool,
        in_constructor: bool,
    ) -> Result<(), Error> {
        if self.operators && key.first() == Some(&b'$') {
            return Err(Error::InputOperatorKey);
        }
        if self.dots && has_dot {
            return Err(Error::InputDottedKey);
        }
        if self.prototypes && (key == b"__proto__" || in_constructor && key == b"prototype") {
            return Err(Error::InputPrototypeKey);
        }
        Ok(())
    }
}
