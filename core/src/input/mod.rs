//! The guard of JSON bodies: accepts or rejects the raw bytes before anything parses them.
//!
//! Order of checks: size, byte order mark, UTF-8 (RFC 3629); then one scan from left to right that knows the grammar
//! of RFC 8259 and stops at the first offence it meets: syntax, depth, key count, key length, operator, dotted and
//! prototype keys, number range, half surrogate pairs. Duplicate keys are found where their object ends.
//!
//! Keys are checked after unescaping, as a parser reads them, so that `\u0024gt` is `$gt`. The scan keeps its own stack,
//! whose size is bounded by `max_depth`. `JSON.parse` accepts every body that the guard accepts.
//!
//! # Security
//! Keys are compared exactly. A program that folds case, trims or normalises keys afterwards can turn ` $gt` or a
//! full-width dollar sign into an operator. A string that contains JSON is only a string here: check it where it is parsed.

mod form;
mod keys;
mod locate;
mod members;
mod number;
mod pointer;
mod policy;
mod quick;
mod scan;
mod step;
mod text;
mod word;

#[cfg(test)]
mod tests;

use foldhash::fast::RandomState;

use crate::Error;
pub(crate) use form::{DEFAULT_MAX_PARAMETERS, MAX_PARAMETERS};
pub use form::{Dialect, FormGuard, FormPolicy};
pub use members::Members;
pub(crate) use policy::{MAX_BYTES, MAX_DEPTH, MAX_KEY_BYTES, MAX_KEYS};
pub use policy::{Policy, Rules};
use scan::Scan;

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// A prepared policy: its bounds are checked, and its hash has a random key.
#[derive(Debug)]
pub struct Guard {
    policy: Policy,
    hasher: RandomState,
}

impl Guard {
    /// Prepares a policy.
    ///
    /// # Errors
    /// `ERR_INPUT_OPTION_RANGE` when a bound of the policy is outside its own bounds.
    pub fn new(policy: Policy) -> Result<Self, Error> {
        policy.validate()?;
        Ok(Self { policy, hasher: RandomState::default() })
    }

    /// Checks a body and returns it as text.
    ///
    /// # Errors
    /// - `ERR_INPUT_TOO_LARGE`: more than `max_bytes`
    /// - `ERR_INPUT_BOM`: it starts with a byte order mark, which RFC 8259 section 8.1 forbids to send
    /// - `ERR_INPUT_UTF8`: not UTF-8
    /// - `ERR_INPUT_SYNTAX`: not one JSON value, or a scalar where `containers_only` is set
    /// - `ERR_INPUT_SURROGATE`: an escape names half a surrogate pair (RFC 7493 section 2.1)
    /// - `ERR_INPUT_NUMBER`: a number that a double cannot hold
    /// - `ERR_INPUT_DEPTH`, `_KEYS`, `_KEY_LENGTH`: over a bound of the policy
    /// - `ERR_INPUT_OPERATOR_KEY`, `_DOTTED_KEY`, `_PROTOTYPE_KEY`, `_DUPLICATE_KEY`: against a rule of the policy
    pub fn check<'a>(&self, body: &'a [u8]) -> Result<&'a str, Error> {
        let text = self.text(body)?;
        if quick::accept(text, &self.policy).is_some() {
            return Ok(text);
        }
        Scan::new(text, &self.policy, &self.hasher, ()).run()?;
        Ok(text)
    }

    /// Checks a body as [`Self::check`] does, and passes each member of its outermost object to `members`.
    ///
    /// # Errors
    /// Those of [`Self::check`]. `members` is then dropped, because it has seen only a part of the body.
    pub fn check_members<'a, M: Members<'a>>(
        &'a self,
        body: &'a [u8],
        members: M,
    ) -> Result<M, Error> {
        Scan::new(self.text(body)?, &self.policy, &self.hasher, members).run()
    }

    /// Where the first offence of a body is, as a JSON Pointer (RFC 6901) to its key or value; empty if the offence is that of
    /// the whole body. `None` if [`Self::check`] accepts the body.
    ///
    /// It scans the body a second time, so call it for rejected bodies only. Pointers are for people: long keys are cut,
    /// control characters are escaped.
    #[must_use]
    pub fn locate(&self, body: &[u8]) -> Option<String> {
        match self.text(body) {
            Ok(text) => locate::locate(text, &self.policy, &self.hasher),
            Err(_) => Some(String::new()),
        }
    }

    fn text<'a>(&self, body: &'a [u8]) -> Result<&'a str, Error> {
        text(body, self.policy.max_bytes)
    }
}

fn text(body: &[u8], max_bytes: usize) -> Result<&str, Error> {
    if body.len() > max_bytes {
        return Err(Error::InputTooLarge);
    }
    if body.starts_with(BYTE_ORDER_MARK) {
        return Err(Error::InputBom);
    }
    str::from_utf8(body).map_err(|_| Error::InputUtf8)
}
