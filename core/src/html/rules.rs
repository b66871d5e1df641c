//! A policy, prepared: what happens to each tag and attribute is looked up by its name.

use std::collections::HashMap;

use foldhash::fast::RandomState;
use html5ever::LocalName;

use super::attribute::Attributes;
use super::checks::{
    check_dropped, check_id_prefix, check_kept, check_renamed, check_tables, unknown, within,
};
use super::globs::Globs;
use super::known::{self, DROPPED, Kind};
use super::policy::{Disallowed, Policy};
use super::style::Styles;
use super::url::Urls;
use crate::Error;

pub(crate) const MAX_DEPTH: std::ops::RangeInclusive<usize> = 1..=256;
pub(crate) const MAX_LENGTH: std::ops::RangeInclusive<usize> = 1..=16 * 1024 * 1024;

/// Ordinary articles stay below 30.
pub(crate) const DEFAULT_MAX_DEPTH: usize = 128;
/// A long article with its markup has a tenth of it.
pub(crate) const DEFAULT_MAX_LENGTH: usize = 1024 * 1024;

#[derive(Debug)]
pub(super) struct Rules {
    tags: HashMap<LocalName, Action, RandomState>,
    kept: Vec<Tag>,
    pub disallowed: Disallowed,
    pub urls: Urls,
    pub link_rel: Option<String>,
    pub link_rel_always: bool,
    pub id_prefix: String,
    pub max_depth: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Action {
    /// The place of the tag in `kept`.
    Keep(usize),
    Drop,
}

/// What happens to an element.
pub(super) enum Fate<'r> {
    Keep(&'r Tag),
    /// Removed with its content.
    Drop,
    /// As `disallowed` says.
    Other,
}

/// A tag that is kept.
#[derive(Debug)]
pub(super) struct Tag {
    pub name: String,
    pub kind: Kind,
    pub attributes: Attributes,
}

impl Rules {
    pub(super) fn new(policy: Policy) -> Result<Self, Error> {
        within("maxDepth", policy.max_depth, &MAX_DEPTH)?;
        within("maxLength", policy.max_length, &MAX_LENGTH)?;
        let urls = Urls::new(&policy)?;
        let mut rules = Self {
            tags: HashMap::default(),
            kept: Vec::new(),
            disallowed: policy.disallowed,
            urls,
            link_rel: policy.link_rel.clone(),
            link_rel_always: policy.link_rel_always,
            id_prefix: policy.id_prefix.clone(),
            max_depth: policy.max_depth,
        };
        policy.drop_content.iter().try_for_each(|name| check_dropped(name))?;
        for name in DROPPED.iter().copied().chain(policy.drop_content.iter().map(String::as_str)) {
            rules.tags.insert(LocalName::from(name), Action::Drop);
        }
        for name in &policy.tags {
            check_kept(name, &policy)?;
            let place = rules.keep(name, &policy)?;
            rules.tags.insert(LocalName::from(name.as_str()), Action::Keep(place));
        }
        for (from, to) in &policy.rename {
            check_renamed(from, to, &policy)?;
            if let Some(action) = rules.tags.get(&LocalName::from(to.as_str())).copied() {
                rules.tags.insert(LocalName::from(from.as_str()), action);
            }
        }
        check_id_prefix(&policy.id_prefix)?;
        check_tables(&policy)?;
        Ok(rules)
    }

    fn keep(&mut self, name: &str, policy: &Policy) -> Result<usize, Error> {
        let kind = known::kind(name).ok_or_else(|| unknown(name))?;
        let styles = Styles::new(merged(&policy.styles, name))?;
        let classes = Globs::new(both(&policy.classes, name));
        let attributes = Attributes::new(name, policy, classes, styles)?;
        self.kept.push(Tag { name: name.into(), kind, attributes });
        Ok(self.kept.len() - 1)
    }

    #[inline]
    pub(super) fn fate(&self, local: &LocalName) -> Fate<'_> {
        match self.tags.get(local) {
            None => Fate::Other,
            Some(Action::Drop) => Fate::Drop,
            Some(Action::Keep(place)) => self.kept.get(*place).map_or(Fate::Other, Fate::Keep),
        }
    }
}

/// The entries for a tag and for every tag.
fn both(by_tag: &HashMap<String, Vec<String>>, name: &str) -> Vec<String> {
    [name, "*"].iter().filter_map(|key| by_tag.get(*key)).flatten().cloned().collect()
}

fn merged(
    by_tag: &HashMap<String, HashMap<String, Vec<String>>>,
    name: &str,
) -> HashMap<String, Vec<String>> {
    let mut all = by_tag.get("*").cloned().unwrap_or_default();
    all.extend(by_tag.get(name).cloned().unwrap_or_default());
    all
}

pub(super) fn option(option: &'static str, reason: String) -> Error {
    Error::HtmlOption { option, reason: reason.into() }
}
