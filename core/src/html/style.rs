//! Declarations of a `style` attribute: kept by property and by patterns of values.

use std::collections::HashMap;

use regex::{Regex, RegexBuilder};

use super::rules::option;
use crate::Error;

/// Bytes of one compiled pattern.
const PATTERN_BYTES: usize = 64 * 1024;

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
                Ok((name, patterns.iter().map(|one| compile(one)).collect::<Result<_, _>>()?))
            })
            .collect::<Result<Vec<_>, Error>>()?;
        properties.sort_by(|(one, _), (other, _)| one.cmp(other));
        Ok((!properties.is_empty()).then_some(Self { properties }))
    }

    /// The declarations that are kept, or `None` if there are none.
    pub(super) fn judge(&self, style: &str) -> Option<String> {
        // An escape, a comment or a quote may hide where a declaration ends: without them, it ends at a semicolon.
        if style.contains(['\\', '"', '\'', '<', '>', '{', '}', '@']) || style.contains("/*") {
            return None;
        }
        let mut kept = String::new();
        for (name, value) in style.split(';').filter_map(|one| one.split_once(':')) {
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
        let is_plain = value.chars().all(|char| !char.is_control()) && !loads(value);
        let patterns =
            self.properties.iter().find(|(own, _)| own == name).map(|(_, patterns)| patterns);
        is_plain && patterns.is_some_and(|all| all.iter().any(|pattern| pattern.is_match(value)))
    }
}

fn is_space(char: char) -> bool {
    char.is_ascii_whitespace()
}

/// Whether a value may load a file or run code, in a browser of any age.
fn loads(value: &str) -> bool {
    let lower = value.to_ascii_lowercase();
    [
        "url",
        "image",
        "expression",
        "binding",
        "behavior",
        "src(",
        "element(",
        "paint(",
        "javascript:",
    ]
    .iter()
    .any(|word| lower.contains(word))
}

/// A pattern of a whole value.
fn compile(pattern: &str) -> Result<Regex, Error> {
    RegexBuilder::new(&format!("^(?:{pattern})$")).size_limit(PATTERN_BYTES).build().map_err(|_| {
        option(
            "styles",
            "holds a pattern that is not a regular expression of the crate regex, or is too large"
                .into(),
        )
    })
}
