//! Limiters that several JavaScript objects share: by name, in the whole process.

use std::sync::{Arc, LazyLock};
use std::time::Instant;

use napi_derive::napi;
use portcullis_core::rate_limit::{Algorithm, Config, Limiter, Prefix};
use portcullis_core::{Error, Text};

use crate::registry::Registry;

/// The options of a limiter; lib has checked that the numbers are whole.
#[napi(object)]
pub struct RateLimitConfig {
    pub limit: u32,
    pub window_ms: u32,
    pub gcra: bool,
    pub max_bytes: u32,
    /// Bits of an IPv6 address that identify a client; absent if keys are text.
    pub ipv6_prefix: Option<u32>,
    /// Limiters with the same name share their counters in the whole process.
    pub name: Option<String>,
    /// The first reading of the user's clock, in ms; absent for the process's monotonic clock.
    pub clock_origin_ms: Option<f64>,
    /// Whether each hit passes its own limit.
    pub limit_varies: bool,
}

/// A limiter and the origin of its clock, shared by all threads that use its name.
pub(super) struct Shared {
    pub(super) limiter: Limiter,
    clock_origin_ms: Option<f64>,
    limit_varies: bool,
}

static NAMED: Registry<Shared> = Registry::new();

/// The origin of the process's monotonic clock.
static STARTED: LazyLock<Instant> = LazyLock::new(Instant::now);

impl Shared {
    /// Milliseconds since the origin.
    pub(super) fn now(&self, now_ms: f64) -> Result<u64, Error> {
        let Some(origin) = self.clock_origin_ms else {
            let since = STARTED.elapsed();
            return Ok(since.as_secs() * 1000 + u64::from(since.subsec_millis()));
        };
        if !now_ms.is_finite() {
            return Err(option("clock", "must answer a finite number of milliseconds"));
        }
        // The cast to an unsigned number turns readings before the origin into zero.
        Ok((now_ms - origin) as u64)
    }
}

pub(super) fn prepare(config: RateLimitConfig) -> Result<Arc<Shared>, Error> {
    let made = Config {
        limit: config.limit,
        window_ms: config.window_ms,
        algorithm: if config.gcra { Algorithm::Gcra } else { Algorithm::Fixed },
        max_bytes: config.max_bytes,
        addresses: config.ipv6_prefix.map(Prefix::new).transpose()?,
    };
    let (clock_origin_ms, limit_varies) = (config.clock_origin_ms, config.limit_varies);
    LazyLock::force(&STARTED);
    let wanted = made.clone();
    let make = || Ok(Shared { limiter: Limiter::new(made)?, clock_origin_ms, limit_varies });
    match config.name {
        None => make().map(Arc::new),
        Some(name) => NAMED.find_or_make(
            name,
            |found| agree(found, &wanted, clock_origin_ms.is_some(), limit_varies),
            make,
        ),
    }
}

fn agree(shared: &Shared, wanted: &Config, clock: bool, varies: bool) -> Result<(), Error> {
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

pub(super) fn option(option: &'static str, reason: &'static str) -> Error {
    Error::RateLimitOption { option, reason: reason.into() }
}

pub(super) fn unusable_key<T>(reason: impl Into<Text>) -> Result<T, Error> {
    Err(Error::RateLimitKey { reason: reason.into() })
}
