//! Which attributes of a tag are kept, and what of their values.

use std::borrow::Cow;
use std::collections::HashMap;

use foldhash::fast::RandomState;
use html5ever::LocalName;

use super::globs::Globs;
use super::policy::Policy;
use super::rules::{Rules, option};
use super::shape::{FORBIDDEN, Shape, shape};
use super::srcset;
use super::style::Styles;
use crate::Error;

#[derive(Debug)]
struct Rule {
    shape: Shape,
    /// The only values, if not empty.
    values: Vec<String>,
}

/// The attributes of one tag.
#[derive(Debug)]
pub(super) struct Attributes {
    rules: HashMap<LocalName, Rule, RandomState>,
    prefixes: Vec<String>,
    classes: Globs,
    styles: Option<Styles>,
}

impl Attributes {
    pub(super) fn new(
        tag: &str,
        policy: &Policy,
        classes: Globs,
        styles: Option<Styles>,
    ) -> Result<Self, Error> {
        let mut attributes =
            Self { rules: HashMap::default(), prefixes: Vec::new(), classes, styles };
        for name in listed(&policy.attributes, tag).flatten() {
            match name.strip_suffix('*') {
                Some(prefix) => attributes.prefixes.push(checked_prefix(name, prefix)?.into()),
                None => attributes.add(name, Vec::new())?,
            }
        }
        for (name, values) in listed(&policy.values, tag).flatten() {
            if values.is_empty() {
                return Err(option("values", format!("has no value for \"{name}\"")));
            }
            attributes.add(name, values.clone())?;
        }
        let has_own =
            [(!attributes.classes.is_empty(), "class"), (attributes.styles.is_some(), "style")];
        for (_, name) in has_own.iter().filter(|(has, _)| *has) {
            attributes
                .rules
                .insert(LocalName::from(*name), Rule { shape: shape(name), values: Vec::new() });
        }
        Ok(attributes)
    }

    fn add(&mut self, name: &str, values: Vec<String>) -> Result<(), Error> {
        check_name(name)?;
        if name == "style" && self.styles.is_none() {
            return Err(option(
                "attributes",
                "holds \"style\"; list properties in `styles` instead".into(),
            ));
        }
        self.rules.insert(LocalName::from(name), Rule { shape: shape(name), values });
        Ok(())
    }

    /// What is written as the value, or `None` if the attribute is removed.
    pub(super) fn judge<'v>(
        &'v self,
        rules: &'v Rules,
        name: &LocalName,
        value: &'v str,
    ) -> Option<Cow<'v, str>> {
        let Some(rule) = self.rules.get(name) else {
            return self.has_prefix(name).then(|| self.value(rules, shape(name), name, value))?;
        };
        if rule.values.is_empty() {
            return self.value(rules, rule.shape, name, value);
        }
        // What is written is what the policy says, in its spelling.
        let listed = rule.values.iter().find(|one| one.eq_ignore_ascii_case(value))?;
        self.value(rules, rule.shape, name, listed)
    }

    fn value<'v>(
        &'v self,
        rules: &'v Rules,
        shape: Shape,
        name: &LocalName,
        value: &'v str,
    ) -> Option<Cow<'v, str>> {
        match shape {
            Shape::Text => Some(Cow::Borrowed(value)),
            Shape::Url if is_own_fragment(rules, value) => prefixed_fragment(rules, value),
            Shape::Url => rules.urls.judge(name, value),
            Shape::Urls => judge_each(rules, name, value),
            Shape::Srcset => srcset::judge(&rules.urls, name, value).map(Cow::Owned),
            Shape::Ids => prefixed(rules, value),
            Shape::Fragment => prefixed_fragment(rules, value),
            Shape::Class if self.classes.is_empty() => Some(Cow::Borrowed(value)),
            Shape::Class => self.classes.keep(value),
            Shape::Style => self.styles.as_ref()?.judge(value).map(Cow::Owned),
        }
    }

    /// A name that a pattern allows must also be one that is read again as it is written.
    fn has_prefix(&self, name: &str) -> bool {
        self.prefixes.iter().any(|prefix| name.starts_with(prefix.as_str())) && is_plain(name)
    }
}

/// The entries for a tag and for every tag.
fn listed<'p, T>(by_tag: &'p HashMap<String, T>, tag: &'p str) -> impl Iterator<Item = &'p T> {
    [tag, "*"].into_iter().filter_map(|key| by_tag.get(key))
}

fn is_plain(name: &str) -> bool {
    let is_plain =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_.:".contains(&byte);
    name.starts_with(|first: char| first.is_ascii_lowercase()) && name.bytes().all(is_plain)
}

fn check_name(name: &str) -> Result<(), Error> {
    if !is_plain(name) {
        let reason = format!("holds {name:?}; write names of attributes in lower case");
        return Err(option("attributes", reason));
    }
    let is_forbidden = name.starts_with("on") || FORBIDDEN.contains(&name);
    if is_forbidden { Err(forbidden(name)) } else { Ok(()) }
}

/// A prefix that could stand for `src` or `href` would keep their URLs unread. No such name has a hyphen, except `http-equiv`.
fn checked_prefix<'p>(name: &str, prefix: &'p str) -> Result<&'p str, Error> {
    if !prefix.ends_with('-') || !is_plain(prefix) {
        return Err(option(
            "attributes",
            format!("holds \"{name}\"; a pattern must end in \"-*\", such as \"data-*\""),
        ));
    }
    let is_forbidden =
        prefix.starts_with("on") || FORBIDDEN.iter().any(|one| one.starts_with(prefix));
    if is_forbidden { Err(forbidden(name)) } else { Ok(prefix) }
}

fn forbidden(name: &str) -> Error {
    option(
        "attributes",
        format!("holds \"{name}\", which can run scripts or changes what the tag is"),
    )
}

fn judge_each<'v>(rules: &Rules, name: &str, value: &str) -> Option<Cow<'v, str>> {
    let urls = value.split_ascii_whitespace().map(|url| rules.urls.judge(name, url));
    let kept: Option<Vec<_>> = urls.filter(|url| url.as_deref() != Some("")).collect();
    kept.filter(|all| !all.is_empty()).map(|all| Cow::Owned(all.join(" ")))
}

fn is_own_fragment(rules: &Rules, value: &str) -> bool {
    !rules.id_prefix.is_empty() && value.starts_with('#') && value.len() > 1
}

fn prefixed<'v>(rules: &Rules, value: &'v str) -> Option<Cow<'v, str>> {
    if rules.id_prefix.is_empty() {
        return Some(Cow::Borrowed(value));
    }
    let add = |id: &str| {
        // A second run must not add it again.
        if id.starts_with(&rules.id_prefix) {
            id.to_owned()
        } else {
            format!("{}{id}", rules.id_prefix)
        }
    };
    let ids: Vec<_> = value.split_ascii_whitespace().map(add).collect();
    (!ids.is_empty()).then(|| Cow::Owned(ids.join(" ")))
}

fn prefixed_fragment<'v>(rules: &Rules, value: &'v str) -> Option<Cow<'v, str>> {
    let id = value.strip_prefix('#')?;
    if rules.id_prefix.is_empty() {
        return Some(Cow::Borrowed(value));
    }
    prefixed(rules, id).map(|id| Cow::Owned(format!("#{id}")))
}
