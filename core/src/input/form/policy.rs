//! What a form may contain.

use std::ops::RangeInclusive;

use super::super::policy::{MAX_BYTES, MAX_DEPTH, MAX_KEY_BYTES, Rules, within};
use crate::Error;

/// Bounds and rules of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormPolicy {
    /// Bytes of the body, 1..=268,435,456; default 102,400 (100 KiB, as body-parser).
    pub max_bytes: usize,
    /// Parameters, empty ones included, 1..=1,000,000; default 1,000 (as body-parser).
    pub max_parameters: usize,
    /// Pairs of brackets in one name, 1..=1,000; default 32 (as body-parser).
    pub max_depth: usize,
    /// UTF-8 bytes of one decoded key, 1..=65,536; default 256. A name of [`Dialect::Extended`] is made of several keys.
    pub max_key_bytes: usize,
    /// How names become keys.
    pub dialect: Dialect,
    /// Which kinds of keys are rejected. `duplicates` is not used: the values of a name that occurs again become an array.
    pub rules: Rules,
}

/// How names become keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// Brackets nest: `a[b][]=1` is `{"a":{"b":["1"]}}`, as in `qs` with the options that body-parser sets.
    Extended,
    /// A name is one key, as in `node:querystring`.
    Simple,
}

impl FormPolicy {
    /// The defaults of each field.
    pub const DEFAULT: Self = Self {
        max_bytes: 100 * 1024,
        max_parameters: DEFAULT_MAX_PARAMETERS,
        max_depth: 32,
        max_key_bytes: 256,
        dialect: Dialect::Extended,
        rules: Rules::DEFAULT,
    };

    pub(super) fn validate(&self) -> Result<(), Error> {
        within("limit", self.max_bytes, &MAX_BYTES)?;
        within("parameterLimit", self.max_parameters, &MAX_PARAMETERS)?;
        within("maxDepth", self.max_depth, &MAX_DEPTH)?;
        within("maxKeyLength", self.max_key_bytes, &MAX_KEY_BYTES)
    }
}

impl Default for FormPolicy {
    fn default() -> Self {
        Self::DEFAULT
    }
}

/// As body-parser.
pub(crate) const DEFAULT_MAX_PARAMETERS: usize = 1_000;
pub(crate) const MAX_PARAMETERS: RangeInclusive<usize> = 1..=1_000_000;
