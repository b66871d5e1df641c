//! Sanitizes HTML fragments by an allow-list.
//!
//! Order of work: length, attributes per tag, a real HTML parser (html5ever, as in a browser) into a tree, one walk that writes
//! what the policy keeps. Only tags whose content a parser reads in one way can be kept, and only where it finds them
//! again, so that the output means the same when it is parsed once more.
//!
//! # Security
//! The output is for a place in a page where tags may stand: not for an attribute, a script or a style sheet. A policy may list
//! attributes that a framework of the page acts on, such as `data-*`.

mod arena;
mod attribute;
mod checks;
mod clean;
mod declarations;
mod globs;
mod known;
mod meter;
mod nesting;
mod parse;
mod policy;
mod report;
mod rules;
mod shape;
mod sink;
mod srcset;
mod style;
mod tags;
mod url;
mod write;

#[cfg(test)]
mod tests;

use crate::Error;
use clean::Cleaner;
pub use policy::{Disallowed, Policy};
use report::Report;
pub use report::{Reason, Removed};
use rules::Rules;
pub(crate) use rules::{DEFAULT_MAX_DEPTH, DEFAULT_MAX_LENGTH, MAX_DEPTH, MAX_LENGTH};

/// A prepared policy.
#[derive(Debug)]
pub struct Sanitizer {
    rules: Rules,
    max_length: usize,
}

impl Sanitizer {
    /// Prepares a policy.
    ///
    /// # Errors
    /// - `ERR_HTML_OPTION`: a tag, attribute, scheme or pattern that cannot be kept safely
    /// - `ERR_HTML_OPTION_RANGE`: `maxDepth` or `maxLength` outside its bounds
    pub fn new(policy: Policy) -> Result<Self, Error> {
        let max_length = policy.max_length;
        Ok(Self { rules: Rules::new(policy)?, max_length })
    }

    /// The most bytes that are read.
    #[must_use]
    pub fn max_length(&self) -> usize {
        self.max_length
    }

    /// Returns what the policy keeps of a fragment.
    ///
    /// # Errors
    /// - `ERR_HTML_TOO_LONG`: more than `max_length` bytes
    /// - `ERR_HTML_COMPLEX`: more than 1,024 elements inside each other, more than 1,000 attributes in a tag, formatting tags
    ///   that multiply, or tags that make the parser search all that are open
    pub fn sanitize(&self, html: &str) -> Result<String, Error> {
        Ok(self.run(html, ())?.0)
    }

    /// Does the same, and tells what was removed: at most 100 tags and attributes.
    ///
    /// # Errors
    /// Those of [`Self::sanitize`].
    pub fn report(&self, html: &str) -> Result<(String, Vec<Removed>), Error> {
        self.run(html, Vec::new())
    }

    fn run<R: Report>(&self, html: &str, report: R) -> Result<(String, R), Error> {
        if html.len() > self.max_length {
            return Err(Error::HtmlTooLong);
        }
        let (arena, root) = parse::parse(html)?;
        let Some(root) = root else { return Ok((String::new(), report)) };
        Ok(Cleaner::new(&self.rules, &arena, html.len(), report).run(root))
    }
}
