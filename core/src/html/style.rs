//! Declarations of a `style` attribute: kept by property and by patterns of values.

use std::collections::HashMap;

use regex::{Regex, RegexBuilder};

use super::declarations::{declarations, is_harmless};
use super::rules::option;
use crate::Error;

/// Bytes of one compiled pattern.
const PATTERN_BYTES: usize = 64 * 1024;
/// Properties that run code in old browsers.
const NEVER: &[&str] = &["behavior", "-moz-binding", "-ms-behavior"];

/// The properties that one tag keeps.
#[derive(Debug)]
pub(super) struct Styles {
    properties: Vec<(String, Vec<Regex>)>,
}

impl Styles {
    pub(super) fn new(given: HashMap<String, Vec<String>>) -> Result<Option<Self>, Error> {
        let mut properties = given
            .into_iter()
            .map(|(name, patterns)| {
                check_property(&name)?;
                Ok((name, patterns.iter().map(|one| compile(one)).collect::<Result<_, _>>()?))
            })
            .collect::<Result<Vec<_>, Error>>()?;
        properties.sort_by(|(one, _), (other, _)| one.cmp(other));
        Ok((!properties.is_empty()).then_some(Self { properties }))
    }

    /// The declarations that are kept, or `None` if there are none.
    pub(super) fn judge(&self, style: &str) -> Option<String> {
        let mut kept = String::new();
        for (name, value) in declarations(style).filter_map(|one| one.split_once(':')) {
            let name = name.trim_matches(is_space).to_ascii_lowercase();
            let value = value.trim_matches(is_space);
            if !self.keeps(&name, value) {
                continue;
            }
            if !kept.is_empty() {
                kept.push_str("; ");
            }
            kept.push_str(&name);
            kept.push_str(": ");
            kept.push_str(value);
        }
        (!kept.is_empty()).then_some(kept)
    }

    fn keeps(&self, name: &str, value: &str) -> bool {
        let found = self.properties.iter().find(|(own, _)| own == name);
        let matches = |all: &[Regex]| all.iter().any(|pattern| pattern.is_match(value));
        found.is_some_and(|(_, patterns)| matches(patterns)) && is_harmless(value)
    }
}

fn is_space(char: char) -> bool {
    char.is_ascii_whitespace()
}

/// A custom property (`--name`) means what the page's style sheet makes of it.
fn check_property(name: &str) -> Result<(), Error> {
    let is_name = name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    if is_name && !name.is_empty() && !name.starts_with("--") && !NEVER.contains(&name) {
        return Ok(());
    }
    Err(option("styles", format!("holds {name:?}, which is not a property that can be kept")))
}

/// A pattern of a whole value. It is compiled alone first: `a)|(b` is none, though it would be one inside of brackets.
fn compile(pattern: &str) -> Result<Regex, Error> {
    let build = |pattern: &str| RegexBuilder::new(pattern).size_limit(PATTERN_BYTES).build();
    // `\A` and `\z` mean the ends of the value whatever the flags of the pattern are.
    build(pattern).and_then(|_| build(&format!(r"\A(?:{pattern})\z"))).map_err(|_| {
        option(
            "styles",
            "holds a pattern that is not a regular expression of the crate regex, or is too large"
                .into(),
        )
    })
}
