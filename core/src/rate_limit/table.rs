//! The bounded table of 64-bit states.
//!
//! A slot is a tag and a state, 16 bytes. A key may lie in either of two buckets of four slots (one cache line
//! each), which fills a table to over three quarters before two full buckets meet. A shard, chosen by the tag,
//! is locked for one decision, which keeps tag and state together, so that exactly `limit` hits pass. Expired slots
//! are reused in place: nothing sweeps.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::Stats;
use super::tag::Tag;

/// What the table must know about a state: when it expires, and whether it refuses a client.
pub(super) trait Life {
    /// The instant at which the state expires.
    fn ends(&self, state: u64) -> u64;
    /// Whether evicting the state would let a refused client through.
    fn blocks(&self, state: u64, now: u64) -> bool;
}

/// The state of a key that is not in the table. Storing it frees the slot.
pub(super) const ABSENT: u64 = 0;

const SLOTS_PER_BUCKET: usize = 4;
const BUCKET_BYTES: usize = size_of::<Bucket>();
/// A shard is copied when it grows; this bounds the pause to a fraction of a millisecond.
const LARGEST_SHARD_BYTES: usize = 256 * 1024;
const FEWEST_SHARDS: usize = 16;
const FIRST_BUCKETS: usize = 4;

#[derive(Clone, Copy, Default)]
struct Slot {
    tag: u64,
    state: u64,
}

#[derive(Clone, Copy, Default)]
#[repr(align(64))]
struct Bucket([Slot; SLOTS_PER_BUCKET]);

#[derive(Default)]
#[repr(align(64))]
struct Shard(Mutex<Vec<Bucket>>);

/// A table of states that doubles up to its bound. When it is full, it evicts the state whose loss does the least harm.
pub(super) struct Table {
    shards: Box<[Shard]>,
    most_buckets: usize,
    evictions: AtomicU64,
}

impl Table {
    /// `max_bytes` bounds the slots, 16 bytes each; the caller has checked it.
    pub(super) fn new(max_bytes: usize) -> Self {
        let count = (max_bytes / LARGEST_SHARD_BYTES).next_power_of_two().max(FEWEST_SHARDS);
        let most_buckets = (max_bytes / count / BUCKET_BYTES).max(1);
        Self {
            shards: (0..count).map(|_| Shard::default()).collect(),
            most_buckets,
            evictions: AtomicU64::new(0),
        }
    }

    /// Calls `work` with the live state of `tag`, or [`ABSENT`], and stores the state that it returns.
    pub(super) fn update<T>(
        &self,
        tag: Tag,
        life: &impl Life,
        now: u64,
        work: impl FnOnce(u64) -> (T, u64),
    ) -> T {
        let mut buckets = self.lock(tag);
        let [first, second] = places(tag.bits(), buckets.len());
        if let Some(slot) = find(&mut buckets, [first, second], tag) {
            let live = if life.ends(slot.state) > now { slot.state } else { ABSENT };
            let (answer, state) = work(live);
            *slot = if state == ABSENT { Slot::default() } else { Slot { tag: tag.bits(), state } };
            return answer;
        }
        let (answer, state) = work(ABSENT);
        if state != ABSENT {
            self.insert(&mut buckets, Slot { tag: tag.bits(), state }, life, now);
        }
        answer
    }

    /// The live state of `tag`, or [`ABSENT`].
    pub(super) fn read(&self, tag: Tag, life: &impl Life, now: u64) -> u64 {
        let mut buckets = self.lock(tag);
        let places = places(tag.bits(), buckets.len());
        let state = find(&mut buckets, places, tag).map_or(ABSENT, |slot| slot.state);
        if life.ends(state) > now { state } else { ABSENT }
    }

    /// Counts the live states; takes each shard in turn, so it is a figure for metrics.
    pub(super) fn stats(&self, life: &impl Life, now: u64) -> Stats {
        let mut keys = 0;
        let mut buckets = 0;
        for shard in &self.shards {
            let shard = unpoisoned(shard);
            buckets += shard.len();
            keys += slots(&shard).filter(|slot| is_live(slot, life, now)).count();
        }
        Stats {
            keys,
            bytes: buckets * BUCKET_BYTES,
            max_bytes: self.most_buckets * self.shards.len() * BUCKET_BYTES,
            evictions: self.evictions.load(Ordering::Relaxed),
        }
    }

    fn lock(&self, tag: Tag) -> MutexGuard<'_, Vec<Bucket>> {
        // The count is a power of two, so the mask stays below it; `places` uses the higher bits of each half.
        let index = tag.bits() as usize & (self.shards.len() - 1);
        #[allow(clippy::indexing_slicing)]
        unpoisoned(&self.shards[index])
    }

    fn insert(&self, buckets: &mut Vec<Bucket>, slot: Slot, life: &impl Life, now: u64) {
        while !place(buckets, slot, life, now) {
            if buckets.len() < self.most_buckets {
                self.grow(buckets, life, now);
            } else {
                self.evictions.fetch_add(1, Ordering::Relaxed);
                return evict(buckets, slot, life, now);
            }
        }
    }

    /// Doubles until every live state has a place, or the bound is reached.
    fn grow(&self, buckets: &mut Vec<Bucket>, life: &impl Life, now: u64) {
        let mut count = FIRST_BUCKETS.max(buckets.len() * 2).min(self.most_buckets);
        loop {
            let mut grown = vec![Bucket::default(); count];
            let live = slots(buckets).filter(|slot| is_live(slot, life, now));
            let homeless: Vec<Slot> =
                live.filter(|slot| !place(&mut grown, **slot, life, now)).copied().collect();
            if homeless.is_empty() || count == self.most_buckets {
                *buckets = grown;
                self.evictions.fetch_add(homeless.len() as u64, Ordering::Relaxed);
                return homeless.into_iter().for_each(|slot| evict(buckets, slot, life, now));
            }
            count = (count * 2).min(self.most_buckets);
        }
    }
}

/// A panic under a shard's lock never leaves a half-written slot, so a poisoned shard can still be used.
fn unpoisoned(shard: &Shard) -> MutexGuard<'_, Vec<Bucket>> {
    shard.0.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The two buckets of a tag: each half of it, scaled to the number of buckets.
fn places(tag: u64, buckets: usize) -> [usize; 2] {
    let scale = |half: u64| ((half * buckets as u64) >> 32) as usize;
    [scale(tag >> 32), scale(tag & u64::from(u32::MAX))]
}

fn find(buckets: &mut [Bucket], [first, second]: [usize; 2], tag: Tag) -> Option<&mut Slot> {
    let holds = |bucket: &Bucket| bucket.0.iter().position(|slot| slot.tag == tag.bits());
    let (index, position) = match buckets.get(first).and_then(holds) {
        Some(position) => (first, position),
        None => (second, buckets.get(second).and_then(holds)?),
    };
    buckets.get_mut(index)?.0.get_mut(position)
}

/// Puts a slot into the emptier of its buckets; false when both are full of live states.
fn place(buckets: &mut [Bucket], slot: Slot, life: &impl Life, now: u64) -> bool {
    let [first, second] = places(slot.tag, buckets.len());
    let spare = |index: usize| {
        buckets
            .get(index)
            .map_or(0, |bucket| bucket.0.iter().filter(|slot| !is_live(slot, life, now)).count())
    };
    let index = if spare(second) > spare(first) { second } else { first };
    let free = buckets
        .get_mut(index)
        .and_then(|bucket| bucket.0.iter_mut().find(|slot| !is_live(slot, life, now)));
    free.map(|free| *free = slot).is_some()
}

/// Evicts the state that expires soonest. A state that refuses a client is evicted only if all of them do.
fn evict(buckets: &mut [Bucket], slot: Slot, life: &impl Life, now: u64) {
    let [first, second] = places(slot.tag, buckets.len());
    let worth = |slot: &Slot| (life.blocks(slot.state, now), life.ends(slot.state));
    let least = |index: usize| {
        let bucket = buckets.get(index)?;
        bucket.0.iter().map(worth).min().map(|worth| (worth, index))
    };
    let Some((_, index)) = least(first).into_iter().chain(least(second)).min() else { return };
    let victim = buckets
        .get_mut(index)
        .and_then(|bucket| bucket.0.iter_mut().min_by_key(|slot| worth(slot)));
    if let Some(victim) = victim {
        *victim = slot;
    }
}

fn is_live(slot: &Slot, life: &impl Life, now: u64) -> bool {
    slot.tag != 0 && life.ends(slot.state) > now
}

fn slots(buckets: &[Bucket]) -> impl Iterator<Item = &Slot> {
    buckets.iter().flat_map(|bucket| &bucket.0)
}
