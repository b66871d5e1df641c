//! Sets of patterns at the border: one call reads a text in UTF-16 and returns which patterns match.

use napi::Env;
use napi::bindgen_prelude::{Either, Result, sys};
use napi_derive::napi;
use portcullis_core::Error;
use portcullis_core::patterns::{Limits, Pattern, Set, Syntax};

use crate::error::call;
use crate::raw::{Call, Function, Slot, Slots};
use crate::text::TextError;

/// A longer text is read into the heap.
const STACK_UNITS: usize = 2048;

/// One pattern as `lib/patterns` reads it.
#[napi(object)]
pub struct PatternSource {
    /// How messages name it.
    pub label: String,
    pub source: String,
    pub flags: String,
    /// Whether the source is that of a RegExp.
    pub is_script: bool,
}

impl From<PatternSource> for Pattern {
    fn from(pattern: PatternSource) -> Self {
        let syntax = if pattern.is_script { Syntax::Script } else { Syntax::Engine };
        Self { label: pattern.label, source: pattern.source, flags: pattern.flags, syntax }
    }
}

/// Whole numbers that are not negative; core checks their bounds.
#[napi(object)]
pub struct PatternLimits {
    pub max_patterns: f64,
    pub max_pattern_length: f64,
    pub max_depth: f64,
    pub max_compiled_bytes: f64,
    pub max_text_length: f64,
}

impl From<PatternLimits> for Limits {
    fn from(limits: PatternLimits) -> Self {
        // A cast from f64 saturates, so a number that is too large stays out of bounds.
        Self {
            max_patterns: limits.max_patterns as usize,
            max_pattern_units: limits.max_pattern_length as usize,
            max_depth: limits.max_depth as usize,
            max_compiled_bytes: limits.max_compiled_bytes as usize,
            max_text_units: limits.max_text_length as usize,
        }
    }
}

thread_local! {
    static SETS: Slots<Set> = const { Slots::new() };
}

/// Owns a compiled set.
#[napi]
pub struct PatternSet {
    slot: Slot<Set>,
}

#[napi]
impl PatternSet {
    /// Compiles patterns. Throws `ERR_PATTERNS_SYNTAX`, `ERR_PATTERNS_SIZE` or `ERR_PATTERNS_OPTION_RANGE`.
    #[napi(constructor, catch_unwind)]
    pub fn new(env: Env, patterns: Vec<PatternSource>, limits: PatternLimits) -> Result<Self> {
        call(&env, || {
            let patterns: Vec<_> = patterns.into_iter().map(Pattern::from).collect();
            let set = Set::new(&patterns, &limits.into())?;
            Ok(Self { slot: Slot::keep(&SETS, set) })
        })
    }

    /// The number to pass to `testPatterns` and `matchPatterns`.
    #[napi(getter, catch_unwind)]
    pub fn slot(&self) -> u32 {
        self.slot.number()
    }
}

/// The function `testPatterns(slot, text)`: whether any pattern matches. Throws for a text that is too long.
#[napi(catch_unwind, ts_return_type = "(slot: number, text: string) => boolean")]
pub fn test_patterns_function(env: Env) -> Result<Function> {
    Function::make(env, c"testPatterns", test)
}

/// The function `matchPatterns(slot, text)`: the indexes of the patterns that match, or undefined for none. Throws for a text
/// that is too long.
#[napi(catch_unwind, ts_return_type = "(slot: number, text: string) => number[] | undefined")]
pub fn match_patterns_function(env: Env) -> Result<Function> {
    Function::make(env, c"matchPatterns", find)
}

unsafe extern "C" fn test(env: sys::napi_env, info: sys::napi_callback_info) -> sys::napi_value {
    // SAFETY: both are those of the running callback.
    unsafe { Call::<2>::new(env, info) }.answer(|call| search(call, |set, text| set.test(text)))
}

unsafe extern "C" fn find(env: sys::napi_env, info: sys::napi_callback_info) -> sys::napi_value {
    // SAFETY: both are those of the running callback.
    unsafe { Call::<2>::new(env, info) }.answer(|call| {
        let found = search(call, |set, text| set.matches(text))?;
        Ok(if found.is_empty() { Either::B(()) } else { Either::A(found) })
    })
}

fn search<R>(
    call: &Call<2>,
    work: impl FnOnce(&mut Set, &[u16]) -> std::result::Result<R, Error>,
) -> std::result::Result<R, Error> {
    let found = SETS.with(|sets| {
        sets.with(call.slot(0), |set| {
            let max = set.max_text_units();
            call.text(1).utf16::<STACK_UNITS, _>(max, |text| work(set, text)).map_err(refusal)?
        })
    });
    found.ok_or_else(|| Error::PatternsOption {
        option: "slot",
        reason: "must be that of a set".into(),
    })?
}

fn refusal(error: TextError) -> Error {
    match error {
        TextError::TooLong => Error::PatternsTextTooLong,
        TextError::NotString | TextError::LoneSurrogate => Error::PatternsInput,
    }
}
