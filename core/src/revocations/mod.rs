//! Tokens that are refused before they expire.
//!
//! A bounded table that all threads of a process share. An entry is a digest of what it names and two times, 24 bytes,
//! and lives as long as the tokens that it refuses. A live entry is never forgotten: a full table says so.

mod entry;
mod shard;
#[cfg(test)]
mod tests;

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

pub use entry::{ENTRY_BYTES, Entry, Kind, NEVER_EXPIRES, WHATEVER_IAT};

use crate::Error;
use crate::bounds::outside;
use entry::{Key, Name};
use shard::{Change, Shard};

/// The bounds of `max_entries`; the upper one is under six gigabytes.
pub const MAX_ENTRIES: std::ops::RangeInclusive<u32> = 1..=100_000_000;
/// Under 58 megabytes.
pub(crate) const DEFAULT_MAX_ENTRIES: u32 = 1_000_000;

const FEWEST_SHARDS: usize = 64;
/// A shard is copied when it grows and when it is swept; this bounds the pause to a fraction of a millisecond.
const ENTRIES_PER_SHARD: usize = 16 * 1024;
/// As many new entries let one shard be looked at for expired ones: some 64 entries read for one written.
const NEW_ENTRIES_PER_SWEEP: usize = 256;
/// While there is room, a sweep is worth its copy only when it frees this share of a shard.
const SWEPT_SHARE: usize = 8;

/// What a token says of itself, as far as it can be revoked by it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Checked<'t> {
    /// `jti`.
    pub jti: Option<&'t str>,
    /// `sub`.
    pub sub: Option<&'t str>,
    /// `sid`, the session (OpenID Connect Front-Channel Logout 1.0 section 3).
    pub sid: Option<&'t str>,
    /// The key that verified it, or the header's `kid`.
    pub kid: Option<&'t str>,
    /// `iat`, seconds since 1970-01-01 UTC.
    pub iat: Option<f64>,
}

/// The table. `now` is always seconds since 1970-01-01 UTC; NaN stands for a time at which no entry has expired.
pub struct Revocations {
    shards: Box<[Shard]>,
    max_entries: usize,
    held: AtomicUsize,
    held_of_kind: [AtomicUsize; Kind::ALL.len()],
    epoch: AtomicU64,
    added: AtomicUsize,
    next_sweep: AtomicUsize,
}

impl Revocations {
    /// An empty table. It grows as it is filled, to at most 58 bytes for each entry.
    ///
    /// # Errors
    /// `ERR_REVOCATIONS_OPTION_RANGE` when `max_entries` is not within [`MAX_ENTRIES`].
    pub fn new(max_entries: u32) -> Result<Self, Error> {
        if let Some(range) = outside(&max_entries, &MAX_ENTRIES) {
            let reason = format!("must be a whole number {range}").into();
            return Err(Error::RevocationsOptionRange { option: "maxEntries", reason });
        }
        let max_entries = max_entries as usize;
        let shards = (max_entries / ENTRIES_PER_SHARD).next_power_of_two().max(FEWEST_SHARDS);
        Ok(Self {
            shards: (0..shards).map(|_| Shard::default()).collect(),
            max_entries,
            held: AtomicUsize::default(),
            held_of_kind: Default::default(),
            epoch: AtomicU64::default(),
            added: AtomicUsize::default(),
            next_sweep: AtomicUsize::default(),
        })
    }

    /// Refuses from now on what the entry names. Where it is known, the later of each time counts.
    ///
    /// # Errors
    /// `ERR_REVOCATIONS_FULL` when there is no room and nothing has expired; the entry is not kept then.
    pub fn revoke(&self, entry: Entry, now: f64) -> Result<(), Error> {
        let now = second(now);
        if !entry.term.is_live(now) {
            return Ok(());
        }
        let shard = self.shard(entry.key.tag);
        let change = loop {
            match shard.put(entry, now, || self.reserve(entry.key)) {
                Change::Refused if !self.make_room(now) => return Err(Error::RevocationsFull),
                Change::Refused => {}
                change => break change,
            }
        };
        if change != Change::None {
            self.epoch.fetch_add(1, Ordering::Release);
        }
        if change == Change::Added {
            self.sweep_now_and_then(now);
        }
        Ok(())
    }

    /// Whether the token is refused. One without `iat` is refused where its subject is.
    #[must_use]
    pub fn check(&self, checked: &Checked<'_>, now: f64) -> bool {
        let now = second(now);
        let names = [checked.jti, checked.sub, checked.sid, checked.kid];
        Kind::ALL.into_iter().zip(names).any(|(kind, name)| {
            name.is_some_and(|name| self.refuses(kind, name.as_bytes(), checked.iat, now))
        })
    }

    /// Grows with every change that may refuse more: a check that passed holds for as long as this is what it was
    /// before that check.
    #[must_use]
    pub fn epoch(&self) -> u64 {
        self.epoch.load(Ordering::Acquire)
    }

    /// How many entries are held; some may have expired.
    #[must_use]
    pub fn len(&self) -> usize {
        self.held.load(Ordering::Relaxed)
    }

    /// Whether no entry is held.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many entries may be held.
    #[must_use]
    pub const fn max_entries(&self) -> usize {
        self.max_entries
    }

    /// The live entries of one part of the table, [`ENTRY_BYTES`] each; `None` after the last part. Together the parts
    /// hold every entry that was there when the first was asked for and lives on.
    #[must_use]
    pub fn export(&self, part: usize, now: f64) -> Option<Vec<u8>> {
        self.shards.get(part).map(|shard| shard.export(second(now)))
    }

    /// Takes exported entries in, by the rules of [`Self::revoke`]. Bytes after the last whole entry are ignored.
    ///
    /// # Errors
    /// `ERR_REVOCATIONS_FULL` when there was no room for one of them or more; the others are in.
    pub fn merge(&self, bytes: &[u8], now: f64) -> Result<(), Error> {
        let (entries, _) = bytes.as_chunks();
        let mut all = Ok(());
        for entry in entries {
            all = self.revoke(Entry::from_bytes(entry), now).and(all);
        }
        all
    }

    fn refuses(&self, kind: Kind, text: &[u8], iat: Option<f64>, now: u32) -> bool {
        let [jti, subject, session, key] = &self.held_of_kind;
        let held = match kind {
            Kind::Jti => jti,
            Kind::Subject => subject,
            Kind::Session => session,
            Kind::Key => key,
        };
        if held.load(Ordering::Acquire) == 0 {
            return false;
        }
        let name = Name { kind, text };
        let tag = name.tag();
        self.shard(tag).find(name, tag, now).is_some_and(|term| term.refuses(iat))
    }

    fn shard(&self, tag: u32) -> &Shard {
        // The count is a power of two, so the mask stays below it.
        #[allow(clippy::indexing_slicing)]
        &self.shards[tag as usize & (self.shards.len() - 1)]
    }

    fn reserve(&self, key: Key) -> bool {
        let one_more = |held| (held < self.max_entries).then_some(held + 1);
        let (success, failure) = (Ordering::Relaxed, Ordering::Relaxed);
        let reserved = self.held.fetch_update(success, failure, one_more).is_ok();
        if let Some(held) = self.held_of_kind.get(key.kind()).filter(|_| reserved) {
            held.fetch_add(1, Ordering::Release);
        }
        reserved
    }

    fn release(&self, key: Key) {
        self.held.fetch_sub(1, Ordering::Relaxed);
        if let Some(held) = self.held_of_kind.get(key.kind()) {
            held.fetch_sub(1, Ordering::Release);
        }
    }

    /// Sweeps the first shard that has something to give; false when none has.
    fn make_room(&self, now: u32) -> bool {
        (0..self.shards.len()).any(|_| self.sweep_next(now, usize::MAX) > 0)
    }

    fn sweep_now_and_then(&self, now: u32) {
        if self.added.fetch_add(1, Ordering::Relaxed).is_multiple_of(NEW_ENTRIES_PER_SWEEP) {
            self.sweep_next(now, SWEPT_SHARE);
        }
    }

    fn sweep_next(&self, now: u32, share: usize) -> usize {
        let next = self.next_sweep.fetch_add(1, Ordering::Relaxed) & (self.shards.len() - 1);
        let due = self.shards.get(next).filter(|shard| shard.is_due(now));
        due.map_or(0, |shard| shard.sweep(now, share, |key| self.release(key)))
    }
}

/// A whole second that is never [`NEVER_EXPIRES`]. The conversion turns NaN into zero.
fn second(now: f64) -> u32 {
    (now as u32).min(NEVER_EXPIRES - 1)
}
