//! What a body may contain.

use std::ops::RangeInclusive;

use crate::Error;

/// Bounds and rules of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    /// Bytes of the body, 1..=268,435,456; default 102,400 (100 KiB, as body-parser).
    pub max_bytes: usize,
    /// Arrays and objects open at once, 1..=1,000; default 32 (the deepest common API formats, GeoJSON and JSON:API,
    /// stay below 10). A scalar alone has depth 0.
    pub max_depth: usize,
    /// Members of all objects together, 1..=1,000,000; default [`Policy::keys_within`] `max_bytes`.
    pub max_keys: usize,
    /// UTF-8 bytes of one key once it is unescaped, 1..=65,536; default 256 (identifiers of databases end at 63 to
    /// 255 bytes).
    pub max_key_bytes: usize,
    /// Whether the body must be an object or an array; default true (as body-parser's `strict`).
    pub containers_only: bool,
    /// Which kinds of keys are refused; default [`Rules::DEFAULT`].
    pub rules: Rules,
}

/// Which kinds of keys are rejected. Keys are checked after unescaping, as a parser reads them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// A key that starts with `$`.
    pub operators: bool,
    /// A key that contains a dot. Off by default: dotted names are no operators, and honest clients send them (`hub.mode`
    /// of WebSub, bundles of translations, the `x` and `y` of an image button).
    pub dots: bool,
    /// The key `__proto__` anywhere, and the key `prototype` in an object that is the value of a key `constructor`.
    /// `constructor` alone is a common word and passes.
    pub prototypes: bool,
    /// A key that occurs twice in one object: parsers do not agree on which of the two counts.
    pub duplicates: bool,
}

impl Policy {
    /// The defaults of each field.
    pub const DEFAULT: Self = Self {
        max_bytes: 100 * 1024,
        max_depth: 32,
        max_keys: Self::keys_within(100 * 1024),
        max_key_bytes: 256,
        containers_only: true,
        rules: Rules::DEFAULT,
    };
}

impl Default for Policy {
    fn default() -> Self {
        Self::DEFAULT
    }
}

impl Rules {
    /// Every rule.
    pub const ALL: Self = Self { operators: true, dots: true, prototypes: true, duplicates: true };

    /// Every rule except `dots`.
    pub const DEFAULT: Self = Self { dots: false, ..Self::ALL };
}

impl Default for Rules {
    fn default() -> Self {
        Self::DEFAULT
    }
}

pub(crate) const MAX_BYTES: RangeInclusive<usize> = 1..=256 * 1024 * 1024;
pub(crate) const MAX_DEPTH: RangeInclusive<usize> = 1..=1_000;
pub(crate) const MAX_KEYS: RangeInclusive<usize> = 1..=1_000_000;
pub(crate) const MAX_KEY_BYTES: RangeInclusive<usize> = 1..=65_536;

/// `"a":1,` is the shortest member with a name.
const SHORTEST_MEMBER_BYTES: usize = 6;
/// The smallest default bound: qs and body-parser accept as many keys in a form.
const FEWEST_KEYS: usize = 1_000;

impl Policy {
    /// The default bound on keys: as many as an ordinary body of `max_bytes` can have.
    ///
    /// The default need not be tighter, because the guard's work per key is bounded: one hash, eight bytes, and one sort at
    /// the end of the object. Its worst case stays below the time that `JSON.parse` takes for the same body.
    #[must_use]
    pub const fn keys_within(max_bytes: usize) -> usize {
        let keys = max_bytes / SHORTEST_MEMBER_BYTES;
        if keys < FEWEST_KEYS {
            FEWEST_KEYS
        } else if keys > *MAX_KEYS.end() {
            *MAX_KEYS.end()
        } else {
            keys
        }
    }

    pub(super) fn validate(&self) -> Result<(), Error> {
        within("limit", self.max_bytes, &MAX_BYTES)?;
        within("maxDepth", self.max_depth, &MAX_DEPTH)?;
        within("maxKeys", self.max_keys, &MAX_KEYS)?;
        within("maxKeyLength", self.max_key_bytes, &MAX_KEY_BYTES)
    }
}

pub(super) fn within(
    option: &'static str,
    value: usize,
    bounds: &RangeInclusive<usize>,
) -> Result<(), Error> {
    if bounds.contains(&value) {
        return Ok(());
    }
    let reason = format!("must be from {} to {}, not {value}", bounds.start(), bounds.end());
    Err(Error::InputOptionRange { option, reason: reason.into() })
}
