//! Rate limits per key in one bounded table.
//!
//! A hit: the key becomes a [`Key`] (an address is brought to one form first), its state is looked up or created, the
//! algorithm decides, and the new state is stored. One shard's lock covers these steps, so exactly `limit` hits pass.

mod address;
mod fixed;
mod gcra;
mod table;
mod tag;
#[cfg(test)]
mod tests;

use std::sync::Arc;

pub use address::{Address, Prefix};

use crate::Error;
use crate::bounds::outside;
use fixed::FixedWindow;
use gcra::Gcra;
use table::{ABSENT, Table};
use tag::{Seed, Tag};

/// The largest `limit`: 16,777,213.
pub const MOST_LIMIT: u32 = fixed::MOST_LIMIT;
/// The longest window and block: 2^31 - 1 ms, as express-rate-limit has it.
pub const LONGEST_MS: u32 = i32::MAX as u32;
/// The longest key, in bytes of UTF-8.
pub const LONGEST_KEY_BYTES: usize = 1024;
/// The bounds of `max_bytes`.
pub const MAX_BYTES: std::ops::RangeInclusive<u32> = 64 * 1024..=1024 * 1024 * 1024;

/// How hits are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    /// `limit` hits in a window that starts at the key's first hit.
    Fixed,
    /// One hit every `window / limit`, and up to `limit` at once.
    Gcra,
}

/// What a limiter is prepared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// Hits per window, 0..=[`MOST_LIMIT`]; 0 refuses all.
    pub limit: u32,
    /// 1..=[`LONGEST_MS`] milliseconds.
    pub window_ms: u32,
    /// How hits are counted.
    pub algorithm: Algorithm,
    /// The bound of the table, within [`MAX_BYTES`].
    pub max_bytes: u32,
    /// Set if keys are addresses; otherwise keys are text and used unchanged.
    pub addresses: Option<Prefix>,
}

/// The decision on one hit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Whether the hit passes.
    pub allowed: bool,
    /// The limit that was applied.
    pub limit: u32,
    /// Hits counted, refused ones included where the algorithm counts them.
    pub used: u32,
    /// Hits that would still pass now.
    pub remaining: u32,
    /// Milliseconds until the whole limit is available again, rounded up.
    pub reset_ms: u64,
    /// Milliseconds until the same hit can pass, rounded up; 0 when it passed.
    pub retry_after_ms: u64,
    /// Identifies the window that was charged, for [`Limiter::refund`]; 0 for GCRA, which has no windows.
    pub window: u64,
}

/// What a limiter holds at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stats {
    /// Keys with a live state.
    pub keys: usize,
    /// Bytes of the table now.
    pub bytes: usize,
    /// Bytes that the table may reach.
    pub max_bytes: usize,
    /// Live states that were evicted because the table was full.
    pub evictions: u64,
}

/// A key that has been checked and hashed for one limiter.
#[derive(Clone, Copy, Debug)]
pub struct Key(Tag);

/// A prepared limiter. `now` is always milliseconds of one monotonic clock since an origin that the caller keeps;
/// readings beyond 17 years count as 17 years.
pub struct Limiter {
    config: Config,
    seed: Seed,
    table: Arc<Table>,
    engine: Engine,
}

enum Engine {
    Fixed(FixedWindow),
    Gcra(Gcra),
}

impl Limiter {
    /// Prepares a limiter.
    ///
    /// # Errors
    /// `ERR_RATE_LIMIT_OPTION_RANGE` when a number of `config` is outside its bounds.
    pub fn new(config: Config) -> Result<Self, Error> {
        check(&config)?;
        let table = Arc::new(Table::new(config.max_bytes as usize));
        let engine = match config.algorithm {
            Algorithm::Fixed => Engine::Fixed(FixedWindow::new(config.window_ms)),
            Algorithm::Gcra => {
                Engine::Gcra(Gcra::new(config.limit, config.window_ms, Arc::clone(&table)))
            }
        };
        Ok(Self { config, seed: Seed::random(), table, engine })
    }

    /// What this limiter was prepared with.
    #[must_use]
    pub const fn config(&self) -> &Config {
        &self.config
    }

    /// Converts the text of a key to the form under which it is counted.
    ///
    /// # Errors
    /// - `ERR_RATE_LIMIT_ADDRESS` when the limiter's keys are addresses and it is not one
    /// - `ERR_RATE_LIMIT_KEY` when it is empty or longer than [`LONGEST_KEY_BYTES`]
    pub fn key(&self, text: &[u8]) -> Result<Key, Error> {
        if let Some(prefix) = self.config.addresses {
            return Ok(Key(self.seed.address(&Address::parse(text, prefix)?)));
        }
        if text.is_empty() || text.len() > LONGEST_KEY_BYTES {
            return Err(Error::RateLimitKey {
                reason: format!("must have 1 to {LONGEST_KEY_BYTES} bytes of UTF-8").into(),
            });
        }
        Ok(Key(self.seed.text(text)))
    }

    /// Counts a hit of `cost`, 1..=`limit`. `limit` replaces the prepared one for this hit (fixed window only: GCRA
    /// computed its interval from the prepared one, and its product with a larger cost would overflow).
    ///
    /// # Errors
    /// `ERR_RATE_LIMIT_COST` for a cost that could never pass; 1 is always accepted.
    pub fn consume(
        &self,
        key: Key,
        cost: u32,
        limit: Option<u32>,
        now: u64,
    ) -> Result<Decision, Error> {
        let replaces = matches!(self.engine, Engine::Fixed(_));
        let limit = limit.filter(|_| replaces).unwrap_or(self.config.limit).min(MOST_LIMIT);
        if cost == 0 || cost > limit.max(1) {
            return Err(Error::RateLimitCost { reason: "must be from 1 to the limit".into() });
        }
        let now = now.min(fixed::LATEST_MS);
        Ok(match &self.engine {
            Engine::Fixed(fixed) => {
                self.table.update(key.0, fixed, now, |state| fixed.hit(state, now, cost, limit))
            }
            Engine::Gcra(gcra) => gcra.hit(key.0, now, cost),
        })
    }

    /// Returns the decision that a hit of cost 1 would get, without counting it.
    #[must_use]
    pub fn peek(&self, key: Key, now: u64) -> Decision {
        let now = now.min(fixed::LATEST_MS);
        match &self.engine {
            Engine::Fixed(fixed) => {
                fixed.peek(self.table.read(key.0, fixed, now), now, self.config.limit)
            }
            Engine::Gcra(gcra) => gcra.peek(key.0, now),
        }
    }

    /// Refunds `cost`, never more than was taken. With `window`, only the window of that [`Decision`] is refunded; a later
    /// window does not change.
    pub fn refund(&self, key: Key, cost: u32, window: Option<u64>, now: u64) {
        let now = now.min(fixed::LATEST_MS);
        match &self.engine {
            Engine::Fixed(fixed) => self.table.update(key.0, fixed, now, |state| {
                ((), fixed.refund(state, now, cost, self.config.limit, window))
            }),
            Engine::Gcra(gcra) => gcra.refund(key.0, now, cost),
        }
    }

    /// Refuses the key for `block_ms` milliseconds, or until its current refusal ends if that is later.
    pub fn block(&self, key: Key, block_ms: u32, now: u64) {
        let now = now.min(fixed::LATEST_MS);
        match &self.engine {
            Engine::Fixed(fixed) => self
                .table
                .update(key.0, fixed, now, |state| ((), fixed.block(state, now, block_ms.into()))),
            Engine::Gcra(gcra) => gcra.block(key.0, now, block_ms.into()),
        }
    }

    /// Removes the key, also when it is blocked.
    pub fn reset(&self, key: Key) {
        let forget = |_| ((), ABSENT);
        match &self.engine {
            Engine::Fixed(fixed) => self.table.update(key.0, fixed, 0, forget),
            Engine::Gcra(gcra) => self.table.update(key.0, gcra.life(), 0, forget),
        }
    }

    /// Counts the live keys: reads the whole table, so it is for metrics, not for requests.
    #[must_use]
    pub fn stats(&self, now: u64) -> Stats {
        let now = now.min(fixed::LATEST_MS);
        match &self.engine {
            Engine::Fixed(fixed) => self.table.stats(fixed, now),
            Engine::Gcra(gcra) => self.table.stats(gcra.life(), now * 1_000_000),
        }
    }
}

fn check(config: &Config) -> Result<(), Error> {
    for (option, value, bounds) in [
        ("limit", config.limit, 0..=MOST_LIMIT),
        ("windowMs", config.window_ms, 1..=LONGEST_MS),
        ("maxBytes", config.max_bytes, MAX_BYTES),
    ] {
        if let Some(range) = outside(&value, &bounds) {
            let reason = format!("must be {range}").into();
            return Err(Error::RateLimitOptionRange { option, reason });
        }
    }
    Ok(())
}
