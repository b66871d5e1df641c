//! The border of rate_limit.
//!
//! A decision is one synchronous call of a plain function, which gets the number of the limiter: a method of a
//! `#[napi]` class costs more than the decision itself. The numbers of the decision are written into a typed array
//! that was passed in when the limiter was made.

mod shared;

use std::sync::Arc;

use napi::bindgen_prelude::{Either, Float64Array, sys};
use napi::{Env, Result};
use napi_derive::napi;
use portcullis_core::Error;
use portcullis_core::rate_limit::{Address, Decision, Key, LONGEST_KEY_BYTES, Limiter, Prefix};

use crate::error::call;
use crate::raw::{Call, Function, Slot, Slots};
use crate::text::{Ascii, Text, TextError};
use shared::{RateLimitConfig, Shared, option, prepare, unusable_key};

/// Most keys are addresses or short identifiers.
const KEY_BUFFER: usize = 96;
/// `used`, `remaining`, `resetMs`, `retryAfterMs`, `window`; statistics use the same places.
const ANSWER: usize = 5;

/// What one JavaScript object uses to reach a limiter.
struct Handle {
    shared: Arc<Shared>,
    answer: Float64Array,
}

thread_local! {
    static HANDLES: Slots<Handle> = const { Slots::new() };
}

/// Owns a handle: when it is garbage-collected, the number can be reused.
#[napi]
pub struct RateLimitHandle {
    id: Slot<Handle>,
}

#[napi]
impl RateLimitHandle {
    /// `answer`: a Float64Array of at least five numbers, which the functions below fill.
    #[napi(constructor, catch_unwind)]
    pub fn new(env: Env, config: RateLimitConfig, answer: Float64Array) -> Result<Self> {
        call(&env, || {
            let handle = Handle { shared: prepare(config)?, answer };
            Ok(Self { id: Slot::keep(&HANDLES, handle) })
        })
    }

    /// The number of this limiter in this thread.
    #[napi(getter, catch_unwind)]
    pub fn id(&self) -> u32 {
        self.id.number()
    }
}

/// Counts a hit; returns true if it passes. `limit`: below zero for the prepared one. `now_ms`: the user's clock.
#[napi(catch_unwind)]
pub fn rate_limit_consume(
    env: Env,
    id: u32,
    key: Text,
    cost: u32,
    limit: i32,
    now_ms: f64,
) -> Result<bool> {
    call(&env, || {
        with(id, &key, now_ms, |limiter, key, now, answer| {
            let decision = limiter.consume(key, cost, u32::try_from(limit).ok(), now)?;
            Ok(decision.write_to(answer))
        })
    })
}

/// The function `hit(id, key)`: counts one hit against the prepared limit by the process's clock, and returns whether
/// it passes.
#[napi(catch_unwind, ts_return_type = "(id: number, key: string) => boolean")]
pub fn rate_limit_hit_function(env: Env) -> Result<Function> {
    Function::make(env, c"hit", hit)
}

unsafe extern "C" fn hit(env: sys::napi_env, info: sys::napi_callback_info) -> sys::napi_value {
    // SAFETY: both are those of the running callback.
    unsafe { Call::<2>::new(env, info) }.answer(|call| {
        with(call.slot(0), &call.text(1), f64::NAN, |limiter, key, now, answer| {
            Ok(limiter.consume(key, 1, None, now)?.write_to(answer))
        })
    })
}

/// Returns what `rateLimitConsume` would return for a cost of 1, and counts nothing.
#[napi(catch_unwind)]
pub fn rate_limit_peek(env: Env, id: u32, key: Text, now_ms: f64) -> Result<bool> {
    call(&env, || {
        with(id, &key, now_ms, |limiter, key, now, answer| {
            Ok(limiter.peek(key, now).write_to(answer))
        })
    })
}

/// Refunds `cost`. `window`: the one that the hit's decision named, or below zero for the open one.
#[napi(catch_unwind)]
pub fn rate_limit_refund(
    env: Env,
    id: u32,
    key: Text,
    cost: u32,
    window: f64,
    now_ms: f64,
) -> Result<()> {
    call(&env, || {
        with(id, &key, now_ms, |limiter, key, now, _| {
            limiter.refund(key, cost, (window >= 0.0).then_some(window as u64), now);
            Ok(())
        })
    })
}

/// Refuses a key for `block_ms` milliseconds.
#[napi(catch_unwind)]
pub fn rate_limit_block(env: Env, id: u32, key: Text, block_ms: u32, now_ms: f64) -> Result<()> {
    call(&env, || {
        with(id, &key, now_ms, |limiter, key, now, _| {
            limiter.block(key, block_ms, now);
            Ok(())
        })
    })
}

/// Removes a key.
#[napi(catch_unwind)]
pub fn rate_limit_reset(env: Env, id: u32, key: Text, now_ms: f64) -> Result<()> {
    call(&env, || {
        with(id, &key, now_ms, |limiter, key, _, _| {
            limiter.reset(key);
            Ok(())
        })
    })
}

/// Writes `keys`, `bytes`, `maxBytes`, `evictions`.
#[napi(catch_unwind)]
pub fn rate_limit_stats(env: Env, id: u32, now_ms: f64) -> Result<()> {
    call(&env, || {
        at(id, now_ms, |limiter, now, answer| {
            let stats = limiter.stats(now);
            let row = [
                stats.keys as f64,
                stats.bytes as f64,
                stats.max_bytes as f64,
                stats.evictions as f64,
            ];
            answer.iter_mut().zip(row).for_each(|(place, number)| *place = number);
            Ok(())
        })
    })
}

/// The function `addressKey(ip, bits)`: the text under which an address is counted, e.g. `192.0.2.1` or `2001:db8::/56`.
/// If `ip` already has this form, the same string is returned.
#[napi(catch_unwind, ts_return_type = "(ip: string, bits: number) => string")]
pub fn rate_limit_address_key_function(env: Env) -> Result<Function> {
    Function::make(env, c"addressKey", address_key)
}

unsafe extern "C" fn address_key(
    env: sys::napi_env,
    info: sys::napi_callback_info,
) -> sys::napi_value {
    // SAFETY: both are those of the running callback.
    unsafe { Call::<2>::new(env, info) }.answer(|call| {
        let (ip, prefix) = (call.text(0), Prefix::new(call.slot(1))?);
        read(&ip, true, |text| {
            let key = Address::parse(text, prefix)?.to_string().into_bytes();
            Ok(if key == text { Either::A(ip.same()) } else { Either::B(Ascii(key)) })
        })
    })
}

trait WriteTo {
    fn write_to(self, answer: &mut [f64]) -> bool;
}

impl WriteTo for Decision {
    fn write_to(self, answer: &mut [f64]) -> bool {
        if let Some(places) = answer.first_chunk_mut::<ANSWER>() {
            *places = [
                self.used.into(),
                self.remaining.into(),
                self.reset_ms as f64,
                self.retry_after_ms as f64,
                self.window as f64,
            ];
        }
        self.allowed
    }
}

fn with<T>(
    id: u32,
    key: &Text,
    now_ms: f64,
    work: impl FnOnce(&Limiter, Key, u64, &mut [f64]) -> std::result::Result<T, Error>,
) -> std::result::Result<T, Error> {
    at(id, now_ms, |limiter, now, answer| {
        let is_address = limiter.config().addresses.is_some();
        let key = read(key, is_address, |text| limiter.key(text))?;
        work(limiter, key, now, answer)
    })
}

fn at<T>(
    id: u32,
    now_ms: f64,
    work: impl FnOnce(&Limiter, u64, &mut [f64]) -> std::result::Result<T, Error>,
) -> std::result::Result<T, Error> {
    let done = HANDLES.with(|handles| {
        handles.with(id, |Handle { shared, answer }| {
            let now = shared.now(now_ms)?;
            // SAFETY: the array belongs to lib, which reads it only between calls on this same thread, never
            // detaches its buffer, and created it over its own buffer, so that it does not move.
            let answer = unsafe { answer.as_mut() };
            work(&shared.limiter, now, answer)
        })
    });
    done.unwrap_or_else(|| Err(option("name", "belongs to a limiter that is gone")))
}

/// `is_address`: the text comes from a client, so a wrong one is a rejection and not misuse.
fn read<T>(
    text: &Text,
    is_address: bool,
    work: impl FnOnce(&[u8]) -> std::result::Result<T, Error>,
) -> std::result::Result<T, Error> {
    let most = LONGEST_KEY_BYTES;
    match text.well_formed_utf8::<KEY_BUFFER, _>(most, work) {
        Ok(result) => result,
        Err(TextError::TooLong | TextError::LoneSurrogate) if is_address => {
            Err(Error::RateLimitAddress)
        }
        Err(TextError::NotString) => unusable_key("must be a string"),
        Err(TextError::TooLong) => unusable_key(format!("must have at most {most} bytes of UTF-8")),
        Err(TextError::LoneSurrogate) => unusable_key("contains a lone surrogate"),
    }
}
