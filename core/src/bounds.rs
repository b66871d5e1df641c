//! The bounds and defaults of numeric options, so that whoever reads the options repeats none of them.

use std::fmt::Display;
use std::ops::RangeInclusive;

use crate::html;
use crate::input::{self, Policy};
use crate::jwt;
use crate::password::{self, Cost};
use crate::patterns::{self, Limits};
use crate::rate_limit::{self, Prefix};
use crate::revocations;
use crate::svg;

/// One numeric option; both bounds are inclusive.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bound {
    /// The area, as in error codes.
    pub area: &'static str,
    /// The option's name.
    pub option: &'static str,
    /// The least value.
    pub min: f64,
    /// The greatest value.
    pub max: f64,
    /// The default; NaN if the option has no default.
    pub default: f64,
}

const JWT: &str = "JWT";
const REVOCATIONS: &str = "REVOCATIONS";
const PASSWORD: &str = "PASSWORD";
const RATE_LIMIT: &str = "RATE_LIMIT";
const INPUT: &str = "INPUT";
const HTML: &str = "HTML";
const SVG: &str = "SVG";
const PATTERNS: &str = "PATTERNS";

/// As express-rate-limit has both.
const DEFAULT_LIMIT: usize = 5;
const DEFAULT_WINDOW_MS: usize = 60 * 1000;
/// Room for some 250,000 keys.
const DEFAULT_TABLE_BYTES: usize = 16 * 1024 * 1024;

/// The numeric options that have both bounds: core judges most of them, lib the sizes of pools and of passwords. `maxAgeSeconds`
/// is absent, since it has no upper bound.
#[rustfmt::skip]
pub const BOUNDS: &[Bound] = &[
    whole(JWT, "maxTokenBytes", 1, jwt::LARGEST_MAX_TOKEN_BYTES, jwt::DEFAULT_MAX_TOKEN_BYTES),
    whole(JWT, "maxHeaderBytes", 1, jwt::LARGEST_MAX_TOKEN_BYTES, jwt::DEFAULT_MAX_HEADER_BYTES),
    Bound { area: JWT, option: "clockToleranceSeconds", min: 0.0, max: jwt::MAX_TOLERANCE_SECONDS, default: 0.0 },
    required(JWT, "keys", 1, jwt::MAX_KEYS),
    whole(REVOCATIONS, "maxEntries", *revocations::MAX_ENTRIES.start() as usize, *revocations::MAX_ENTRIES.end() as usize, revocations::DEFAULT_MAX_ENTRIES as usize),
    whole(PASSWORD, "memoryKib", password::MIN_KIB_PER_LANE as usize, password::MAX_CHOSEN_KIB as usize, Cost::DEFAULT.memory_kib() as usize),
    whole(PASSWORD, "passes", 1, password::MAX_CHOSEN_PASSES as usize, Cost::DEFAULT.passes() as usize),
    whole(PASSWORD, "lanes", 1, password::MAX_CHOSEN_LANES as usize, Cost::DEFAULT.lanes() as usize),
    whole(PASSWORD, "threads", 1, password::MOST_THREADS, password::MOST_DEFAULT_THREADS),
    whole(PASSWORD, "maxQueue", 0, password::LARGEST_MAX_QUEUE, password::DEFAULT_MAX_QUEUE),
    whole(PASSWORD, "maxPasswordBytes", password::LEAST_MAX_PASSWORD_BYTES, password::LARGEST_MAX_PASSWORD_BYTES, password::DEFAULT_MAX_PASSWORD_BYTES),
    whole(RATE_LIMIT, "limit", 0, rate_limit::MOST_LIMIT as usize, DEFAULT_LIMIT),
    whole(RATE_LIMIT, "windowMs", 1, rate_limit::LONGEST_MS as usize, DEFAULT_WINDOW_MS),
    whole(RATE_LIMIT, "maxBytes", *rate_limit::MAX_BYTES.start() as usize, *rate_limit::MAX_BYTES.end() as usize, DEFAULT_TABLE_BYTES),
    whole(RATE_LIMIT, "ipv6Subnet", Prefix::SHORTEST.bits() as usize, Prefix::WHOLE.bits() as usize, Prefix::DEFAULT.bits() as usize),
    whole(INPUT, "limit", *input::MAX_BYTES.start(), *input::MAX_BYTES.end(), Policy::DEFAULT.max_bytes),
    whole(INPUT, "maxDepth", *input::MAX_DEPTH.start(), *input::MAX_DEPTH.end(), Policy::DEFAULT.max_depth),
    whole(INPUT, "maxKeys", *input::MAX_KEYS.start(), *input::MAX_KEYS.end(), Policy::DEFAULT.max_keys),
    whole(INPUT, "maxKeyLength", *input::MAX_KEY_BYTES.start(), *input::MAX_KEY_BYTES.end(), Policy::DEFAULT.max_key_bytes),
    whole(INPUT, "parameterLimit", *input::MAX_PARAMETERS.start(), *input::MAX_PARAMETERS.end(), input::DEFAULT_MAX_PARAMETERS),
    whole(HTML, "maxDepth", *html::MAX_DEPTH.start(), *html::MAX_DEPTH.end(), html::DEFAULT_MAX_DEPTH),
    whole(HTML, "maxLength", *html::MAX_LENGTH.start(), *html::MAX_LENGTH.end(), html::DEFAULT_MAX_LENGTH),
    whole(SVG, "maxBytes", *svg::MAX_BYTES.start(), *svg::MAX_BYTES.end(), svg::Policy::MAX_BYTES),
    whole(SVG, "maxElements", *svg::MAX_ELEMENTS.start(), *svg::MAX_ELEMENTS.end(), svg::Policy::MAX_ELEMENTS),
    whole(SVG, "maxDepth", *svg::MAX_DEPTH.start(), *svg::MAX_DEPTH.end(), svg::Policy::MAX_DEPTH),
    whole(SVG, "maxAttributes", *svg::MAX_ATTRIBUTES.start(), *svg::MAX_ATTRIBUTES.end(), svg::Policy::MAX_ATTRIBUTES),
    whole(SVG, "maxDrawn", *svg::MAX_DRAWN.start(), *svg::MAX_DRAWN.end(), svg::Policy::MAX_DRAWN),
    whole(PATTERNS, "maxPatterns", *patterns::MAX_PATTERNS.start(), *patterns::MAX_PATTERNS.end(), Limits::DEFAULT.max_patterns),
    whole(PATTERNS, "maxPatternLength", *patterns::MAX_PATTERN_UNITS.start(), *patterns::MAX_PATTERN_UNITS.end(), Limits::DEFAULT.max_pattern_units),
    whole(PATTERNS, "maxDepth", *patterns::MAX_DEPTH.start(), *patterns::MAX_DEPTH.end(), Limits::DEFAULT.max_depth),
    whole(PATTERNS, "maxCompiledBytes", *patterns::MAX_COMPILED_BYTES.start(), *patterns::MAX_COMPILED_BYTES.end(), Limits::DEFAULT.max_compiled_bytes),
    whole(PATTERNS, "maxTextLength", *patterns::MAX_TEXT_UNITS.start(), *patterns::MAX_TEXT_UNITS.end(), Limits::DEFAULT.max_text_units),
];

/// For a message about a value that is not within its bounds: `from 1 to 100`.
pub(crate) fn outside<T: PartialOrd + Display>(
    value: &T,
    bounds: &RangeInclusive<T>,
) -> Option<String> {
    let text = || format!("from {} to {}", bounds.start(), bounds.end());
    (!bounds.contains(value)).then(text)
}

const fn whole(
    area: &'static str,
    option: &'static str,
    min: usize,
    max: usize,
    default: usize,
) -> Bound {
    Bound { area, option, min: min as f64, max: max as f64, default: default as f64 }
}

const fn required(area: &'static str, option: &'static str, min: usize, max: usize) -> Bound {
    Bound { area, option, min: min as f64, max: max as f64, default: f64::NAN }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holds_every_default_within_its_bounds() {
        for Bound { area, option, min, max, default } in BOUNDS {
            assert!(min <= max, "{area} {option}");
            assert!(default.is_nan() || (min..=max).contains(&default), "{area} {option}");
        }
    }

    #[test]
    fn never_lists_an_option_twice() {
        let mut seen = std::collections::HashSet::new();
        assert!(BOUNDS.iter().all(|one| seen.insert((one.area, one.option))));
    }
}
