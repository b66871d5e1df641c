//! Many patterns in one automaton, searched in time linear in the text.
//!
//! A pattern is written in the syntax of the `regex` crate, or in that of JavaScript. `script` translates the second kind where
//! the engine can do what JavaScript means, and refuses the rest: a pattern never silently means something else.
//!
//! Order of [`Set::new`]: limits, number of patterns, then for each pattern its flags, length, syntax and compiled size, then the
//! compiled size of all of them.

mod limits;
mod script;
mod set;
mod text;

pub use limits::{
    Limits, MAX_COMPILED_BYTES, MAX_DEPTH, MAX_PATTERN_UNITS, MAX_PATTERNS, MAX_TEXT_UNITS,
};
pub use script::translate;
pub use set::{Pattern, Set, Syntax};

#[cfg(test)]
mod tests;
