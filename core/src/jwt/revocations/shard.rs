//! One part of the table, under a lock of its own.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use foldhash::fast::RandomState;

use super::entry::{Entry, Key, NEVER_EXPIRES, Term};

/// The random seed keeps anyone who may choose subjects from filling one bucket.
type Terms = HashMap<Key, Term, RandomState>;

/// Terms by key. Nothing is removed but by [`Shard::sweep`], which builds the map anew: a map that entries are taken out
/// of one by one keeps marks in their places, and may double because of them.
pub(super) struct Shard {
    terms: RwLock<Terms>,
    /// No entry ends before this second, so that a sweep that would find nothing is not begun.
    earliest: AtomicU32,
}

impl Default for Shard {
    fn default() -> Self {
        Self { terms: RwLock::default(), earliest: AtomicU32::new(NEVER_EXPIRES) }
    }
}

/// What became of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    None,
    Extended,
    Added,
    /// It is new, and there is no room.
    Refused,
}

impl Shard {
    pub(super) fn find(&self, key: Key, now: u32) -> Option<Term> {
        self.read().get(&key).copied().filter(|term| term.is_live(now))
    }

    /// Puts an entry in. `reserve` is asked for room where the key is new.
    pub(super) fn put(&self, entry: Entry, now: u32, reserve: impl FnOnce() -> bool) -> Change {
        let Entry { key, term } = entry;
        let mut terms = self.write();
        let change = match terms.get_mut(&key) {
            Some(found) => {
                // One that has expired counts as gone, whether or not a sweep came by.
                let merged = if found.is_live(now) { found.merged(term) } else { term };
                let same = *found == merged;
                *found = merged;
                if same { Change::None } else { Change::Extended }
            }
            None if reserve() => {
                terms.insert(key, term);
                Change::Added
            }
            None => Change::Refused,
        };
        self.earliest.fetch_min(term.expires, Ordering::Relaxed);
        change
    }

    /// Whether something may have expired.
    pub(super) fn is_due(&self, now: u32) -> bool {
        self.earliest.load(Ordering::Relaxed) <= now
    }

    /// Drops what has expired, unless that is less than one in `share`, and hands each key to `dropped`.
    pub(super) fn sweep(&self, now: u32, share: usize, mut dropped: impl FnMut(Key)) -> usize {
        let mut terms = self.write();
        let live = terms.values().filter(|term| term.is_live(now)).count();
        let expired = terms.len() - live;
        if expired == 0 || expired < terms.len() / share {
            if expired == 0 {
                self.earliest.store(earliest(&terms), Ordering::Relaxed);
            }
            return 0;
        }
        let mut kept = Terms::with_capacity_and_hasher(live, terms.hasher().clone());
        for (key, term) in terms.drain() {
            if term.is_live(now) {
                kept.insert(key, term);
            } else {
                dropped(key);
            }
        }
        self.earliest.store(earliest(&kept), Ordering::Relaxed);
        *terms = kept;
        expired
    }

    /// The live entries, in their exported form.
    pub(super) fn export(&self, now: u32) -> Vec<u8> {
        let terms = self.read();
        let live = terms.iter().filter(|(_, term)| term.is_live(now));
        live.flat_map(|(key, term)| Entry { key: *key, term: *term }.to_bytes()).collect()
    }

    // A panic while the map was held leaves whole entries behind, so the map stays good.

    fn read(&self) -> RwLockReadGuard<'_, Terms> {
        self.terms.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Terms> {
        self.terms.write().unwrap_or_else(PoisonError::into_inner)
    }
}

fn earliest(terms: &Terms) -> u32 {
    terms.values().map(|term| term.expires).min().unwrap_or(NEVER_EXPIRES)
}
