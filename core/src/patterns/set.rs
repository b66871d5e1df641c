//! A set of patterns that is compiled once and searched many times.

use regex::bytes::{RegexSet, RegexSetBuilder};
use regex::{Error as EngineError, RegexBuilder};

use super::limits::Limits;
use super::script::{self, Flags};
use super::text::Buffer;
use crate::Error;
use crate::error::Text;

/// The language of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Syntax {
    /// That of the `regex` crate.
    Engine,
    /// That of a JavaScript RegExp.
    Script,
}

/// One pattern as the program wrote it.
#[derive(Clone, Debug)]
pub struct Pattern {
    /// How messages name it.
    pub label: String,
    /// The pattern without delimiters.
    pub source: String,
    /// Letters: `i`, `m`, `s` and `x` in the engine's syntax, `i`, `m`, `s` and `u` in JavaScript's.
    pub flags: String,
    /// The language that it is written in.
    pub syntax: Syntax,
}

/// A translated pattern costs up to this many levels of nesting for each level of its own.
const NESTING_FACTOR: usize = 8;
const NESTING_BASE: u32 = 32;

/// Patterns that are searched together.
#[derive(Debug)]
pub struct Set {
    set: RegexSet,
    /// By pattern: whether it reads UTF-16 units, as a RegExp without the flag `u` does.
    reads_units: Vec<bool>,
    max_text_units: usize,
    buffer: Buffer,
}

impl Set {
    /// Compiles the patterns.
    ///
    /// # Errors
    /// - `ERR_PATTERNS_OPTION_RANGE` for a limit outside its bounds.
    /// - `ERR_PATTERNS_SYNTAX` for a pattern that cannot be read, or that would mean something else here.
    /// - `ERR_PATTERNS_SIZE` for too many patterns, or one that is too long, too deep or too large.
    pub fn new(patterns: &[Pattern], limits: &Limits) -> Result<Self, Error> {
        limits.check()?;
        if patterns.len() > limits.max_patterns {
            let reason = format!("must be at most {}, not {}", limits.max_patterns, patterns.len());
            return Err(too_large("the number of patterns", reason));
        }
        let sources: Vec<_> =
            patterns.iter().map(|one| compile(one, limits)).collect::<Result<_, _>>()?;
        let nesting = (limits.max_depth * NESTING_FACTOR) as u32 + NESTING_BASE;
        let set = RegexSetBuilder::new(sources)
            .size_limit(limits.max_compiled_bytes)
            .nest_limit(nesting)
            .build()
            .map_err(|error| refusal("the whole set", &error, limits))?;
        Ok(Self {
            set,
            reads_units: patterns.iter().map(reads_units).collect(),
            max_text_units: limits.max_text_units,
            buffer: Buffer::default(),
        })
    }

    /// The longest text, in UTF-16 units.
    #[must_use]
    pub const fn max_text_units(&self) -> usize {
        self.max_text_units
    }

    /// Whether any pattern matches anywhere in the text.
    ///
    /// # Errors
    /// `ERR_PATTERNS_TEXT_TOO_LONG` for a text that is longer than the limit.
    pub fn test(&mut self, text: &[u16]) -> Result<bool, Error> {
        self.check(text)?;
        let (bytes, has_surrogates) = self.buffer.units(text);
        let is_mixed = has_surrogates && self.reads_units.contains(&false);
        if !is_mixed {
            return Ok(self.set.is_match(bytes));
        }
        Ok(!self.search_both(text).is_empty())
    }

    /// The indexes of the patterns that match somewhere in the text, in ascending order.
    ///
    /// # Errors
    /// `ERR_PATTERNS_TEXT_TOO_LONG` for a text that is longer than the limit.
    pub fn matches(&mut self, text: &[u16]) -> Result<Vec<u32>, Error> {
        self.check(text)?;
        let (bytes, has_surrogates) = self.buffer.units(text);
        if has_surrogates {
            return Ok(self.search_both(text));
        }
        // A search for any match stops early and skips ahead to literals, and most texts match nothing.
        if !self.set.is_match(bytes) {
            return Ok(Vec::new());
        }
        Ok(self.set.matches(bytes).iter().map(|index| index as u32).collect())
    }

    /// Searches text with surrogates: each pattern in the form that it reads.
    fn search_both(&mut self, text: &[u16]) -> Vec<u32> {
        let mut found = self.search(text, true);
        found.extend(self.search(text, false));
        found.sort_unstable();
        found
    }

    fn search(&mut self, text: &[u16], units: bool) -> Vec<u32> {
        if !self.reads_units.contains(&units) {
            return Vec::new();
        }
        let bytes = if units { self.buffer.units(text).0 } else { self.buffer.points(text) };
        let reads = |index: &usize| self.reads_units.get(*index) == Some(&units);
        self.set.matches(bytes).iter().filter(reads).map(|index| index as u32).collect()
    }

    const fn check(&self, text: &[u16]) -> Result<(), Error> {
        if text.len() > self.max_text_units { Err(Error::PatternsTextTooLong) } else { Ok(()) }
    }
}

fn reads_units(pattern: &Pattern) -> bool {
    pattern.syntax == Syntax::Script && !pattern.flags.contains('u')
}

/// The pattern in the engine's syntax.
fn compile(pattern: &Pattern, limits: &Limits) -> Result<String, Error> {
    let units = pattern.source.encode_utf16().count();
    if units > limits.max_pattern_units {
        let reason = format!("must not be longer than {} UTF-16 units", limits.max_pattern_units);
        return Err(too_large(&pattern.label, reason));
    }
    match pattern.syntax {
        Syntax::Engine => checked(pattern, limits),
        Syntax::Script => Flags::read(&pattern.flags)
            .and_then(|flags| script::translate(&pattern.source, flags, limits.max_depth))
            .map_err(|reason| match reason {
                reason if reason == script::TOO_DEEP => too_deep(&pattern.label, limits),
                reason => unfit(&pattern.label, reason),
            }),
    }
}

/// Compiles a pattern alone: an error names it, and one that could match half a character is refused.
fn checked(pattern: &Pattern, limits: &Limits) -> Result<String, Error> {
    let Pattern { label, source, flags, .. } = pattern;
    let is_known =
        |(at, flag): (usize, char)| "imsx".contains(flag) && flags.find(flag) == Some(at);
    if !flags.char_indices().all(is_known) {
        return Err(unfit(label, "has flags other than one each of i, m, s and x"));
    }
    let source = if flags.is_empty() { source.clone() } else { format!("(?{flags}){source}") };
    RegexBuilder::new(&source)
        .size_limit(limits.max_compiled_bytes)
        .nest_limit(limits.max_depth as u32)
        .build()
        .map_err(|error| refusal(label, &error, limits))?;
    Ok(source)
}

fn refusal(label: &str, error: &EngineError, limits: &Limits) -> Error {
    match error {
        EngineError::CompiledTooBig(_) => {
            too_large(label, format!("compiles to more than {} bytes", limits.max_compiled_bytes))
        }
        error => {
            let text = error.to_string();
            // The engine draws the pattern first; the last line says what is wrong.
            let cause = text.rsplit("error: ").next().unwrap_or_default().trim().to_owned();
            if cause.contains("nest") {
                return too_deep(label, limits);
            }
            unfit(label, format!("cannot be read: {cause}"))
        }
    }
}

fn too_deep(label: &str, limits: &Limits) -> Error {
    too_large(label, format!("is nested deeper than {}", limits.max_depth))
}

fn unfit(label: &str, reason: impl Into<Text>) -> Error {
    Error::PatternsSyntax { pattern: label.to_owned().into(), reason: reason.into() }
}

fn too_large(label: &str, reason: String) -> Error {
    Error::PatternsSize { pattern: label.to_owned().into(), reason: reason.into() }
}
