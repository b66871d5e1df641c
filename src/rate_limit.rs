//! The border of rate_limit.
//!
//! A decision is one synchronous call of a plain function with a small number for the limiter: a method of a
//! `#[napi]` class costs more than the decision itself. The numbers of the answer are written into a typed
//! array that the limiter was made with.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ptr;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::time::Instant;

use napi::bindgen_prelude::{Float64Array, FromNapiValue, ToNapiValue, sys};
use napi::{Env, Result};
use napi_derive::napi;
use portcullis_core::Error;
use portcullis_core::rate_limit::{
    Address, Algorithm, Config, Decision, Key, LONGEST_KEY_BYTES, Limiter, Prefix,
};

use crate::error::call;
use crate::text::{Ascii, Text, TextError};

/// Most keys are addresses or short identifiers.
const KEY_BUFFER: usize = 96;
/// `used`, `remaining`, `resetMs`, `retryAfterMs`, `window`; statistics use the same places.
const ANSWER: usize = 5;

/// What JavaScript prepares a limiter with; lib has checked that the numbers are whole.
#[napi(object)]
pub struct RateLimitConfig {
    pub limit: u32,
    pub window_ms: u32,
    pub gcra: bool,
    pub max_bytes: u32,
    /// Bits of an IPv6 address that name a client; absent where keys are text.
    pub ipv6_prefix: Option<u32>,
    /// Limiters of one name are one limiter in the whole process.
    pub name: Option<String>,
    /// The first reading of the user's clock, in ms; absent for the process's monotonic clock.
    pub clock_origin_ms: Option<f64>,
    /// Whether the limit is given with each hit.
    pub limit_varies: bool,
}

/// A limiter and the origin of its time, common to all threads that know its name.
struct Shared {
    limiter: Limiter,
    clock_origin_ms: Option<f64>,
    limit_varies: bool,
}

/// One JavaScript object's way to a limiter.
struct Handle {
    shared: Arc<Shared>,
    answer: Float64Array,
}

thread_local! {
    static HANDLES: RefCell<Vec<Option<Handle>>> = const { RefCell::new(Vec::new()) };
}

/// Named limiters live as long as the process: a worker that starts again must find its counts.
static NAMED: LazyLock<Mutex<HashMap<String, Arc<Shared>>>> = LazyLock::new(Mutex::default);

/// The origin of the process's monotonic clock.
static STARTED: LazyLock<Instant> = LazyLock::new(Instant::now);

/// Owns a handle: when it is collected, the number is free again.
#[napi]
pub struct RateLimitHandle {
    id: u32,
}

#[napi]
impl RateLimitHandle {
    /// `answer`: a Float64Array of at least five numbers, which the functions below fill.
    #[napi(constructor, catch_unwind)]
    pub fn new(env: Env, config: RateLimitConfig, answer: Float64Array) -> Result<Self> {
        call(&env, || Ok(Self { id: keep(Handle { shared: prepare(config)?, answer }) }))
    }

    /// The number that names this limiter in this thread.
    #[napi(getter, catch_unwind)]
    pub fn id(&self) -> u32 {
        self.id
    }
}

impl Drop for RateLimitHandle {
    fn drop(&mut self) {
        // At the end of a thread the table of handles may be gone already, and the handle with it.
        let _ = HANDLES.try_with(|handles| {
            let handle = handles.borrow_mut().get_mut(self.id as usize).and_then(Option::take);
            drop(handle);
        });
    }
}

/// Counts a hit; true when it passes. `limit`: below zero for the prepared one. `now_ms`: the user's clock.
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

/// The function `hit(id, key)`, made once per thread: counts one hit against the prepared limit by the process's
/// clock and answers whether it passes.
///
/// A raw Node-API callback: the wrapper that `#[napi]` generates allocates and locks to track borrows, which
/// costs as much as the decision.
#[napi(catch_unwind, ts_return_type = "(id: number, key: string) => boolean")]
pub fn rate_limit_hit_function(env: Env) -> Result<Made> {
    let mut made = ptr::null_mut();
    // SAFETY: the environment is live, the name is as long as the length says, and the callback needs no data.
    let status = unsafe {
        sys::napi_create_function(
            env.raw(),
            c"hit".as_ptr(),
            3,
            Some(hit),
            ptr::null_mut(),
            &mut made,
        )
    };
    napi::check_status!(status, "the function could not be made")?;
    Ok(Made(made))
}

unsafe extern "C" fn hit(env: sys::napi_env, info: sys::napi_callback_info) -> sys::napi_value {
    let mut arguments = [ptr::null_mut(); 2];
    let mut count = arguments.len();
    let mut id = u32::MAX;
    // SAFETY: `env` and `info` are those of the running callback; there is room for `count` arguments, and Node
    // fills missing ones with undefined. Where `id` is no number it stays one that names nothing.
    let key = unsafe {
        let (this, data) = (ptr::null_mut(), ptr::null_mut());
        sys::napi_get_cb_info(env, info, &mut count, arguments.as_mut_ptr(), this, data);
        let [first, second] = arguments;
        sys::napi_get_value_uint32(env, first, &mut id);
        Text::from_napi_value(env, second)
    };
    let Ok(key) = key else { return ptr::null_mut() };
    let passes = call(&Env::from_raw(env), || {
        with(id, &key, f64::NAN, |limiter, key, now, answer| {
            Ok(limiter.consume(key, 1, None, now)?.write_to(answer))
        })
    });
    // An error has left its exception pending. SAFETY: as above.
    passes.and_then(|passes| unsafe { bool::to_napi_value(env, passes) }).unwrap_or(ptr::null_mut())
}

/// A function on its way to JavaScript.
pub struct Made(sys::napi_value);

impl ToNapiValue for Made {
    unsafe fn to_napi_value(_env: sys::napi_env, made: Self) -> Result<sys::napi_value> {
        Ok(made.0)
    }
}

/// Answers like `rateLimitConsume` with a cost of 1, and counts nothing.
#[napi(catch_unwind)]
pub fn rate_limit_peek(env: Env, id: u32, key: Text, now_ms: f64) -> Result<bool> {
    call(&env, || {
        with(id, &key, now_ms, |limiter, key, now, answer| {
            Ok(limiter.peek(key, now).write_to(answer))
        })
    })
}

/// Gives `cost` back. `window`: as the answer to the hit named it, or below zero for the one that is open.
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

/// Refuses a key for a time.
#[napi(catch_unwind)]
pub fn rate_limit_block(env: Env, id: u32, key: Text, block_ms: u32, now_ms: f64) -> Result<()> {
    call(&env, || {
        with(id, &key, now_ms, |limiter, key, now, _| {
            limiter.block(key, block_ms, now);
            Ok(())
        })
    })
}

/// Forgets a key.
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

/// The text under which an address is counted, e.g. `192.0.2.1` or `2001:db8::/56`.
#[napi(catch_unwind)]
pub fn rate_limit_address_key(env: Env, ip: Text, ipv6_prefix: u32) -> Result<Ascii> {
    call(&env, || {
        let prefix = Prefix::new(ipv6_prefix)?;
        let address = read(&ip, |text| Address::parse(text, prefix))?;
        Ok(Ascii(address.to_string().into_bytes()))
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
        let key = read(key, |text| limiter.key(text))?;
        work(limiter, key, now, answer)
    })
}

fn at<T>(
    id: u32,
    now_ms: f64,
    work: impl FnOnce(&Limiter, u64, &mut [f64]) -> std::result::Result<T, Error>,
) -> std::result::Result<T, Error> {
    HANDLES.with_borrow_mut(|handles| {
        let Some(Some(Handle { shared, answer })) = handles.get_mut(id as usize) else {
            return Err(option("name", "belongs to a limiter that is gone"));
        };
        let now = shared.now(now_ms)?;
        // SAFETY: the array belongs to lib, which reads it only between calls on this same thread, never
        // detaches its buffer, and gave it a buffer of its own, so that it does not move.
        let answer = unsafe { answer.as_mut() };
        work(&shared.limiter, now, answer)
    })
}

fn read<T>(
    text: &Text,
    work: impl FnOnce(&[u8]) -> std::result::Result<T, Error>,
) -> std::result::Result<T, Error> {
    let key = |reason: &'static str| Error::RateLimitKey { reason: reason.into() };
    match text.well_formed_utf8::<KEY_BUFFER, _>(LONGEST_KEY_BYTES, work) {
        Ok(result) => result,
        Err(TextError::NotString) => Err(key("must be a string")),
        Err(TextError::TooLong) => Err(key("must have at most 1024 bytes of UTF-8")),
        Err(TextError::LoneSurrogate) => Err(key("holds a lone surrogate")),
    }
}

impl Shared {
    /// Milliseconds since the origin.
    fn now(&self, now_ms: f64) -> std::result::Result<u64, Error> {
        let Some(origin) = self.clock_origin_ms else {
            let since = STARTED.elapsed();
            return Ok(since.as_secs() * 1000 + u64::from(since.subsec_millis()));
        };
        if !now_ms.is_finite() {
            return Err(option("clock", "must answer a finite number of milliseconds"));
        }
        // A conversion to an unsigned number holds readings before the origin at zero.
        Ok((now_ms - origin) as u64)
    }
}

fn prepare(config: RateLimitConfig) -> std::result::Result<Arc<Shared>, Error> {
    let made = Config {
        limit: config.limit,
        window_ms: config.window_ms,
        algorithm: if config.gcra { Algorithm::Gcra } else { Algorithm::Fixed },
        max_bytes: config.max_bytes,
        addresses: config.ipv6_prefix.map(Prefix::new).transpose()?,
    };
    let (clock_origin_ms, limit_varies) = (config.clock_origin_ms, config.limit_varies);
    let make =
        |made| Ok(Arc::new(Shared { limiter: Limiter::new(made)?, clock_origin_ms, limit_varies }));
    LazyLock::force(&STARTED);
    let Some(name) = config.name else { return make(made) };
    let mut named = NAMED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(shared) = named.get(&name) {
        return agree(shared, &made, clock_origin_ms.is_some(), limit_varies)
            .map(|()| Arc::clone(shared));
    }
    let shared = make(made)?;
    named.insert(name, Arc::clone(&shared));
    Ok(shared)
}

fn agree(
    shared: &Shared,
    wanted: &Config,
    clock: bool,
    varies: bool,
) -> std::result::Result<(), Error> {
    let found = shared.limiter.config();
    let rows = [
        ("limit", found.limit == wanted.limit && shared.limit_varies == varies),
        ("windowMs", found.window_ms == wanted.window_ms),
        ("algorithm", found.algorithm == wanted.algorithm),
        ("maxBytes", found.max_bytes == wanted.max_bytes),
        ("keys", found.addresses.is_some() == wanted.addresses.is_some()),
        ("ipv6Subnet", found.addresses == wanted.addresses),
        ("clock", shared.clock_origin_ms.is_some() == clock),
    ];
    match rows.into_iter().find(|(_, same)| !same) {
        Some((option, _)) => Err(Error::RateLimitConflict { option }),
        None => Ok(()),
    }
}

fn keep(handle: Handle) -> u32 {
    HANDLES.with_borrow_mut(|handles| {
        let free = handles.iter().position(Option::is_none);
        let index = free.unwrap_or_else(|| {
            handles.push(None);
            handles.len() - 1
        });
        if let Some(place) = handles.get_mut(index) {
            *place = Some(handle);
        }
        index as u32
    })
}

fn option(option: &'static str, reason: &'static str) -> Error {
    Error::RateLimitOption { option, reason: reason.into() }
}
