//! One part of the table, under its own lock.

use std::collections::HashMap;
use std::collections::hash_map::Entry as Place;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use foldhash::fast::RandomState;

use super::entry::{Digest, Entry, Key, NEVER_EXPIRES, Name, Term};

/// Terms by tag, each with the digest that it is meant for. Where two entries share a tag, which chance brings about for
/// one in some thousands, the later one stands among `others`. A random seed keeps anyone who may choose subjects from
/// filling one bucket of either.
#[derive(Default)]
struct Terms {
    by_tag: HashMap<u32, (Digest, Term), RandomState>,
    others: HashMap<Key, Term, RandomState>,
}

impl Terms {
    /// The digest is made only where an entry has the tag.
    fn find(&self, name: Name<'_>, tag: u32) -> Option<Term> {
        let (found, term) = self.by_tag.get(&tag)?;
        let digest = name.digest();
        if *found == digest { Some(*term) } else { self.others.get(&Key { tag, digest }).copied() }
    }

    fn find_mut(&mut self, key: Key) -> Option<&mut Term> {
        match self.by_tag.get_mut(&key.tag) {
            Some((digest, term)) if *digest == key.digest => Some(term),
            Some(_) => self.others.get_mut(&key),
            None => None,
        }
    }

    fn insert(&mut self, Entry { key, term }: Entry) {
        match self.by_tag.entry(key.tag) {
            Place::Vacant(free) => {
                free.insert((key.digest, term));
            }
            Place::Occupied(_) => {
                self.others.insert(key, term);
            }
        }
    }

    fn entries(&self) -> impl Iterator<Item = Entry> {
        let tagged = self.by_tag.iter().map(|(tag, (digest, term))| Entry {
            key: Key { tag: *tag, digest: *digest },
            term: *term,
        });
        tagged.chain(self.others.iter().map(|(key, term)| Entry { key: *key, term: *term }))
    }

    fn earliest(&self) -> u32 {
        self.entries().map(|entry| entry.term.expires).min().unwrap_or(NEVER_EXPIRES)
    }
}

/// Nothing is removed but by [`Shard::sweep`], which builds the maps anew: a map that entries are taken out of one by one
/// keeps marks in their places, and may double because of them.
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
    pub(super) fn find(&self, name: Name<'_>, tag: u32, now: u32) -> Option<Term> {
        self.read().find(name, tag).filter(|term| term.is_live(now))
    }

    /// Puts an entry in. `reserve` is asked for room where the key is new.
    pub(super) fn put(&self, entry: Entry, now: u32, reserve: impl FnOnce() -> bool) -> Change {
        let term = entry.term;
        let mut terms = self.write();
        let change = match terms.find_mut(entry.key) {
            Some(found) => {
                // One that has expired counts as gone, whether or not a sweep came by.
                let merged = if found.is_live(now) { found.merged(term) } else { term };
                let same = *found == merged;
                *found = merged;
                if same { Change::None } else { Change::Extended }
            }
            None if reserve() => {
                terms.insert(entry);
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
        let (mut live, mut held) = (0, 0);
        for entry in terms.entries() {
            held += 1;
            live += usize::from(entry.term.is_live(now));
        }
        let expired = held - live;
        if expired == 0 {
            self.earliest.store(terms.earliest(), Ordering::Relaxed);
        }
        if expired == 0 || expired < held / share {
            return 0;
        }
        let mut kept = Terms::default();
        kept.by_tag.reserve(live);
        for entry in terms.entries() {
            if entry.term.is_live(now) {
                kept.insert(entry);
            } else {
                dropped(entry.key);
            }
        }
        self.earliest.store(kept.earliest(), Ordering::Relaxed);
        *terms = kept;
        expired
    }

    /// The live entries, in their exported form.
    pub(super) fn export(&self, now: u32) -> Vec<u8> {
        let terms = self.read();
        let live = terms.entries().filter(|entry| entry.term.is_live(now));
        live.flat_map(Entry::to_bytes).collect()
    }

    // A panic while the map was held leaves whole entries behind, so the map stays good.

    fn read(&self) -> RwLockReadGuard<'_, Terms> {
        self.terms.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Terms> {
        self.terms.write().unwrap_or_else(PoisonError::into_inner)
    }
}
