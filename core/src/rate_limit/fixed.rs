//! A window per key that starts at the key's first hit, packed in 64 bits.
//!
//! `[end, ms: 39][exhausted: 1][used: 24]`. A refused hit counts too, as in express-rate-limit, so that `used`
//! shows how far a client went over the limit. The exception is a hit that costs more than what remains: it is
//! refused and takes nothing.

use super::Decision;
use super::table::{ABSENT, Life};

const COUNT_BITS: u32 = 24;
const EXHAUSTED: u64 = 1 << COUNT_BITS;
const END_SHIFT: u32 = COUNT_BITS + 1;
/// The count of a key that [`FixedWindow::block`] blocked; counting stops below it.
const BLOCKED: u32 = (1 << COUNT_BITS) - 1;
const MOST_USED: u32 = BLOCKED - 1;
/// The largest limit: `used` must be able to exceed it by one.
pub(super) const MOST_LIMIT: u32 = MOST_USED - 1;
/// Up to this instant, in ms, a window of any length can be packed: 17 years.
pub(super) const LATEST_MS: u64 = (1 << (64 - END_SHIFT)) - (1 << 32);

pub(super) struct FixedWindow {
    window_ms: u64,
}

/// A state, unpacked. `end` is 0 when the key has none.
#[derive(Clone, Copy)]
struct Window {
    end: u64,
    used: u32,
}

impl FixedWindow {
    pub(super) const fn new(window_ms: u32) -> Self {
        Self { window_ms: window_ms as u64 }
    }

    pub(super) fn hit(&self, state: u64, now: u64, cost: u32, limit: u32) -> (Decision, u64) {
        let Window { end, used } = self.open(state, now);
        let total = if used == BLOCKED { used } else { used.saturating_add(cost).min(MOST_USED) };
        let allowed = total <= limit;
        let used = if allowed || used >= limit { total } else { used };
        let window = Window { end, used };
        (decision(window, now, limit, allowed), pack(window, limit))
    }

    pub(super) fn peek(&self, state: u64, now: u64, limit: u32) -> Decision {
        let window = self.unpack(state, now);
        let allowed = window.used < limit;
        if window.end == 0 && !allowed {
            return decision(Window { end: now + self.window_ms, used: 0 }, now, limit, false);
        }
        decision(window, now, limit, allowed)
    }

    /// Refunds `cost` to the window that ends at `end`, or without `end` to the open one; `used` never goes below zero.
    pub(super) fn refund(
        &self,
        state: u64,
        now: u64,
        cost: u32,
        limit: u32,
        end: Option<u64>,
    ) -> u64 {
        let window = self.unpack(state, now);
        let same = end.is_none_or(|end| end == state >> END_SHIFT);
        if window.end == 0 || window.used == BLOCKED || !same {
            return state;
        }
        pack(Window { used: window.used.saturating_sub(cost), ..window }, limit)
    }

    pub(super) fn block(&self, state: u64, now: u64, block_ms: u64) -> u64 {
        let end = (now + block_ms).max(self.unpack(state, now).end);
        pack(Window { end, used: BLOCKED }, 0)
    }

    fn open(&self, state: u64, now: u64) -> Window {
        let window = self.unpack(state, now);
        if window.end == 0 { Window { end: now + self.window_ms, used: 0 } } else { window }
    }

    /// If the clock went back, a window must not become longer than `window_ms`. Only a block may.
    fn unpack(&self, state: u64, now: u64) -> Window {
        let used = (state & (EXHAUSTED - 1)) as u32;
        let end = state >> END_SHIFT;
        if used == BLOCKED {
            Window { end, used }
        } else {
            Window { end: end.min(now + self.window_ms), used }
        }
    }
}

impl Life for FixedWindow {
    fn ends(&self, state: u64) -> u64 {
        state >> END_SHIFT
    }

    fn blocks(&self, state: u64, _now: u64) -> bool {
        state & EXHAUSTED != 0
    }
}

fn pack(window: Window, limit: u32) -> u64 {
    if window.end == 0 {
        return ABSENT;
    }
    let exhausted = if window.used >= limit { EXHAUSTED } else { 0 };
    window.end << END_SHIFT | exhausted | u64::from(window.used)
}

fn decision(window: Window, now: u64, limit: u32, allowed: bool) -> Decision {
    let reset_ms = window.end.saturating_sub(now);
    Decision {
        allowed,
        limit,
        used: window.used,
        remaining: limit.saturating_sub(window.used),
        reset_ms,
        retry_after_ms: if allowed { 0 } else { reset_ms },
        window: window.end,
    }
}
