//! The generic cell rate algorithm: `governor` decides, and its state is in our bounded table.
//!
//! governor keeps one number per key, the theoretical arrival time. The table stores it in nanoseconds since the
//! limiter's origin. governor sees it relative to the moment of the hit, and its clock always reads zero. One prepared
//! governor can therefore decide at any instant, and peek, refund and block change the same number.

use std::cell::Cell;
use std::hash::{Hash, Hasher};
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use governor::clock::Clock;
use governor::middleware::NoOpMiddleware;
use governor::nanos::Nanos;
use governor::state::StateStore;
use governor::{Quota, RateLimiter};

use super::Decision;
use super::table::{ABSENT, Life, Table};
use super::tag::Tag;

const NANOS_PER_MS: u64 = 1_000_000;
/// Set on the arrival time of a key that [`Gcra::block`] blocked.
const BLOCKED: u64 = 1 << 63;

pub(super) struct Gcra {
    /// `None` if the limit is zero, which governor's quota cannot express.
    governor: Option<RateLimiter<Hit, Ledger, Standstill, NoOpMiddleware<Nanos>>>,
    pace: Pace,
    table: Arc<Table>,
}

/// One hit every `interval` nanoseconds, `limit` of them at once; `span` is their product.
#[derive(Clone, Copy)]
struct Pace {
    interval: u64,
    span: u64,
    limit: u32,
}

impl Gcra {
    pub(super) fn new(limit: u32, window_ms: u32, table: Arc<Table>) -> Self {
        let window = u64::from(window_ms) * NANOS_PER_MS;
        // Rounded up: never more than `limit` in a window.
        let interval = window.div_ceil(u64::from(limit.max(1)));
        let pace = Pace { interval, span: interval * u64::from(limit.max(1)), limit };
        let quota = NonZeroU32::new(limit).and_then(|burst| {
            Some(Quota::with_period(Duration::from_nanos(interval))?.allow_burst(burst))
        });
        let ledger = || Ledger { table: Arc::clone(&table), pace };
        let governor = quota.map(|quota| RateLimiter::new(quota, ledger(), Standstill));
        Self { governor, pace, table }
    }

    /// `cost`: 1..=limit, checked by the caller.
    pub(super) fn hit(&self, tag: Tag, now_ms: u64, cost: u32) -> Decision {
        let (Some(governor), Some(count)) = (&self.governor, NonZeroU32::new(cost)) else {
            return self.pace.refusal(self.pace.span, self.pace.span);
        };
        let hit = Hit { tag, now: now_ms * NANOS_PER_MS, debt: Cell::new(0) };
        match governor.check_key_n(&hit, count) {
            Ok(Ok(())) => self.pace.admission(hit.debt.get()),
            Ok(Err(until)) => {
                let wait = until.wait_time_from(Nanos::new(0)).as_nanos() as u64;
                self.pace.refusal(hit.debt.get(), wait)
            }
            // A cost above one burst can never pass; the caller has rejected it.
            Err(_) => self.pace.refusal(hit.debt.get(), self.pace.span),
        }
    }

    pub(super) fn peek(&self, tag: Tag, now_ms: u64) -> Decision {
        let now = now_ms * NANOS_PER_MS;
        let debt = self.pace.debt(self.table.read(tag, &self.pace, now), now);
        let wait = (debt + self.pace.interval).saturating_sub(self.pace.span);
        if self.pace.limit == 0 {
            return self.pace.refusal(self.pace.span, self.pace.span);
        }
        if wait == 0 { self.pace.admission(debt) } else { self.pace.refusal(debt, wait) }
    }

    pub(super) fn refund(&self, tag: Tag, now_ms: u64, cost: u32) {
        let now = now_ms * NANOS_PER_MS;
        self.table.update(tag, &self.pace, now, |state| {
            let credit = self.pace.interval.saturating_mul(cost.into());
            let arrival = state.saturating_sub(credit);
            let kept = if state & BLOCKED != 0 { state } else { arrival };
            ((), if kept > now { kept } else { ABSENT })
        });
    }

    pub(super) fn block(&self, tag: Tag, now_ms: u64, block_ms: u64) {
        let now = now_ms * NANOS_PER_MS;
        self.table.update(tag, &self.pace, now, |state| {
            let free = now + block_ms * NANOS_PER_MS + self.pace.span - self.pace.interval;
            ((), free.max(state & !BLOCKED) | BLOCKED)
        });
    }

    pub(super) fn life(&self) -> &impl Life {
        &self.pace
    }
}

impl Pace {
    /// How far the arrival time is ahead of `now`. If the clock went back, it must not exceed one span.
    fn debt(&self, state: u64, now: u64) -> u64 {
        let ahead = (state & !BLOCKED).saturating_sub(now);
        if state & BLOCKED != 0 { ahead } else { ahead.min(self.span) }
    }

    fn admission(&self, debt: u64) -> Decision {
        self.decision(debt, 0, true)
    }

    fn refusal(&self, debt: u64, wait: u64) -> Decision {
        self.decision(debt, wait, false)
    }

    fn decision(&self, debt: u64, wait: u64, allowed: bool) -> Decision {
        let spare = self.span.saturating_sub(debt) / self.interval;
        let remaining = (spare as u32).min(self.limit);
        Decision {
            allowed,
            limit: self.limit,
            used: self.limit - remaining,
            remaining,
            reset_ms: debt.div_ceil(NANOS_PER_MS),
            retry_after_ms: wait.div_ceil(NANOS_PER_MS),
            window: 0,
        }
    }
}

/// States of GCRA are counted in nanoseconds.
impl Life for Pace {
    fn ends(&self, state: u64) -> u64 {
        state & !BLOCKED
    }

    fn blocks(&self, state: u64, now: u64) -> bool {
        self.debt(state, now) + self.interval > self.span
    }
}

/// The key as governor sees it: the tag and the moment of the hit. `debt` returns the result.
#[derive(Clone)]
struct Hit {
    tag: Tag,
    now: u64,
    debt: Cell<u64>,
}

impl Hash for Hit {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        hasher.write_u64(self.tag.bits());
    }
}

impl PartialEq for Hit {
    fn eq(&self, other: &Self) -> bool {
        self.tag == other.tag
    }
}

impl Eq for Hit {}

/// The table as governor's store of arrival times.
struct Ledger {
    table: Arc<Table>,
    pace: Pace,
}

impl StateStore for Ledger {
    type Key = Hit;

    fn measure_and_replace<T, F, E>(&self, hit: &Hit, decide: F) -> Result<T, E>
    where
        F: Fn(Option<Nanos>) -> Result<(T, Nanos), E>,
    {
        self.table.update(hit.tag, &self.pace, hit.now, |state| {
            let debt = self.pace.debt(state, hit.now);
            match decide((state != ABSENT).then(|| Nanos::new(debt))) {
                Ok((outcome, next)) => {
                    hit.debt.set(next.as_u64());
                    (Ok(outcome), hit.now + next.as_u64())
                }
                Err(refusal) => {
                    hit.debt.set(debt);
                    (Err(refusal), state)
                }
            }
        })
    }
}

/// governor's clock: every hit happens at zero, and states are shown relative to it.
struct Standstill;

impl Clock for Standstill {
    type Instant = Nanos;

    fn now(&self) -> Nanos {
        Nanos::new(0)
    }
}
