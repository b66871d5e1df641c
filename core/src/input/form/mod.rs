//! The guard of forms (`application/x-www-form-urlencoded`): one pass over the raw bytes that rejects what the policy forbids and
//! writes the rest as JSON, for `JSON.parse`.
//!
//! Order of checks: size, byte order mark, UTF-8, number of parameters; then from left to right, for each parameter: the
//! percent-encoding of its name, its brackets, each key against the rules, the percent-encoding of its value, and whether the
//! name fits those before it.
//!
//! # What is rejected although other parsers accept it
//! - `ERR_INPUT_FORM`: a `%` that starts no escape, which some parsers keep and others drop; names with text before, between
//!   or behind their brackets, unbalanced or nested brackets, and `[]` before a number or another `[]`, whose text `qs` drops,
//!   keeps or moves; a value with `]=` in it, where `qs` splits the parameter and other parsers do not.
//! - `ERR_INPUT_UTF8`: percent-encoded bytes that are not UTF-8, which parsers keep encoded or replace.
//! - `ERR_INPUT_MIXED`: a name with a value and names below it, or with `[]` and other brackets at once. `qs` wraps both in an
//!   array or an object, so that a text that a route expects becomes a structure of the attacker's choice.
//!
//! Browsers and libraries send none of these. A name with and without `[]` passes: it is the idiom of a hidden field
//! before checkboxes.

mod decode;
mod json;
mod name;
mod node;
mod policy;
mod read;
mod tree;

#[cfg(test)]
mod tests;

use foldhash::fast::RandomState;

use super::pointer::pointer;
use crate::Error;
pub(crate) use policy::{DEFAULT_MAX_PARAMETERS, MAX_PARAMETERS};
pub use policy::{Dialect, FormPolicy};
use read::Reader;

/// A prepared policy for forms.
#[derive(Debug)]
pub struct FormGuard {
    policy: FormPolicy,
    hasher: RandomState,
}

impl FormGuard {
    /// Prepares a policy.
    ///
    /// # Errors
    /// `ERR_INPUT_OPTION_RANGE` when a bound of the policy is outside its own bounds.
    pub fn new(policy: FormPolicy) -> Result<Self, Error> {
        policy.validate()?;
        Ok(Self { policy, hasher: RandomState::default() })
    }

    /// Reads a form, and appends its value to `json`: one object, in which no key occurs twice.
    ///
    /// # Errors
    /// - `ERR_INPUT_TOO_LARGE`, `_BOM`, `_UTF8`: as for JSON, and percent-encoded bytes that are not UTF-8
    /// - `ERR_INPUT_KEYS`: more parameters than allowed
    /// - `ERR_INPUT_FORM`, `_MIXED`: what parsers read in different ways
    /// - `ERR_INPUT_DEPTH`, `_KEY_LENGTH`: over a bound of the policy
    /// - `ERR_INPUT_OPERATOR_KEY`, `_DOTTED_KEY`, `_PROTOTYPE_KEY`: against a rule of the policy
    ///
    /// After an error `json` is as it was.
    pub fn read(&self, body: &[u8], json: &mut Vec<u8>) -> Result<(), Error> {
        let mut reader = Reader::new(self, body)?;
        reader.run(body)?;
        reader.write(json);
        Ok(())
    }

    /// Where the first offence of a form is, as a JSON Pointer (RFC 6901); empty if the offence is that of the whole body or of
    /// a name that cannot be read. `None` if [`Self::read`] accepts the form.
    #[must_use]
    pub fn locate(&self, body: &[u8]) -> Option<String> {
        let Ok(mut reader) = Reader::new(self, body) else { return Some(String::new()) };
        reader.run(body).is_err().then(|| pointer(reader.path()))
    }
}
