//! What a set may cost. The patterns may come from users of an app, so that each bound guards set-up too.

use std::ops::RangeInclusive;

use crate::Error;

/// Bounds of the number of patterns in a set.
pub const MAX_PATTERNS: RangeInclusive<usize> = 1..=10_000;
/// Bounds of the length of a pattern, in UTF-16 units.
pub const MAX_PATTERN_UNITS: RangeInclusive<usize> = 1..=65_536;
/// Bounds of the nesting of a pattern. The compiler of the engine recurses, and a worker thread has a small stack.
pub const MAX_DEPTH: RangeInclusive<usize> = 1..=100;
/// Bounds of the compiled size of a pattern, and of all of them together, in bytes.
pub const MAX_COMPILED_BYTES: RangeInclusive<usize> = 1024..=64 * 1024 * 1024;
/// Bounds of the length of a text, in UTF-16 units.
pub const MAX_TEXT_UNITS: RangeInclusive<usize> = 1..=64 * 1024 * 1024;

/// The limits of a set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The most patterns.
    pub max_patterns: usize,
    /// The longest pattern, in UTF-16 units.
    pub max_pattern_units: usize,
    /// The deepest nesting of a pattern.
    pub max_depth: usize,
    /// The largest compiled size of a pattern, and of all of them together, in bytes.
    pub max_compiled_bytes: usize,
    /// The longest text, in UTF-16 units.
    pub max_text_units: usize,
}

impl Limits {
    /// Room for some hundred ordinary patterns, and for texts of a megabyte.
    pub const DEFAULT: Self = Self {
        max_patterns: 256,
        max_pattern_units: 1024,
        max_depth: 32,
        max_compiled_bytes: 4 * 1024 * 1024,
        max_text_units: 1024 * 1024,
    };

    /// # Errors
    /// `ERR_PATTERNS_OPTION_RANGE` for a limit outside its bounds.
    pub(super) fn check(&self) -> Result<(), Error> {
        within("maxPatterns", self.max_patterns, &MAX_PATTERNS)?;
        within("maxPatternLength", self.max_pattern_units, &MAX_PATTERN_UNITS)?;
        within("maxDepth", self.max_depth, &MAX_DEPTH)?;
        within("maxCompiledBytes", self.max_compiled_bytes, &MAX_COMPILED_BYTES)?;
        within("maxTextLength", self.max_text_units, &MAX_TEXT_UNITS)
    }
}

fn within(option: &'static str, value: usize, bounds: &RangeInclusive<usize>) -> Result<(), Error> {
    if bounds.contains(&value) {
        return Ok(());
    }
    let reason = format!("must be from {} to {}, not {value}", bounds.start(), bounds.end());
    Err(Error::PatternsOptionRange { option, reason: reason.into() })
}
