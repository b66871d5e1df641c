//! Which attributes of a tag are kept, and what of their values.

use std::borrow::Cow;
use std::collections::HashMap;

use foldhash::fast::RandomState;
use html5ever::LocalName;

use super::policy::Policy;
use super::rules::{Rules, option};
use super::srcset;
use super::style::Styles;
use crate::Error;

/// What an attribute holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Text,
    Url,
    Urls,
    Srcset,
    /// An id, a name that the page finds the element by, or a list of ids.
    Ids,
    /// `#` and an id.
    Fragment,
    Class,
    Style,
}

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
        let keys = [tag, "*"];
        let listed = keys.iter().filter_map(|key| policy.attributes.get(*key)).flatten();
        for name in listed {
            match name.strip_suffix('*') {
                Some(prefix) if prefix.len() > 2 && !prefix.starts_with("on") => {
                    attributes.prefixes.push(prefix.into())
                }
                Some(_) => return Err(forbidden(name)),
                None => attributes.add(name, Vec::new())?,
            }
        }
        for (name, values) in [tag, "*"].iter().filter_map(|key| policy.values.get(*key)).flatten()
        {
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
        if name.starts_with("on") || ["srcdoc", "http-equiv", "is"].contains(&name) {
            return Err(forbidden(name));
        }
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
        &self,
        rules: &Rules,
        name: &LocalName,
        value: &'v str,
    ) -> Option<Cow<'v, str>> {
        let Some(rule) = self.rules.get(name) else {
            return self.has_prefix(name).then_some(Cow::Borrowed(value));
        };
        if !rule.values.is_empty() && !rule.values.iter().any(|one| one.eq_ignore_ascii_case(value))
        {
            return None;
        }
        match rule.shape {
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
        let is_plain = |byte: u8| {
            byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_.:".contains(&byte)
        };
        self.prefixes.iter().any(|prefix| name.starts_with(prefix.as_str()))
            && name.bytes().all(is_plain)
    }
}

fn forbidden(name: &str) -> Error {
    option(
        "attributes",
        format!("holds \"{name}\", which can run scripts or changes what the tag is"),
    )
}

fn shape(name: &str) -> Shape {
    match name {
        "href" | "src" | "cite" | "action" | "formaction" | "background" | "poster" | "data"
        | "longdesc" | "manifest" | "icon" | "dynsrc" | "lowsrc" | "profile" | "codebase"
        | "classid" | "archive" => Shape::Url,
        "ping" => Shape::Urls,
        "srcset" | "imagesrcset" => Shape::Srcset,
        "id"
        | "name"
        | "for"
        | "form"
        | "headers"
        | "list"
        | "itemref"
        | "aria-labelledby"
        | "aria-describedby"
        | "aria-controls"
        | "aria-owns"
        | "aria-details"
        | "aria-flowto"
        | "aria-errormessage"
        | "aria-activedescendant"
        | "popovertarget"
        | "commandfor" => Shape::Ids,
        "usemap" => Shape::Fragment,
        "class" => Shape::Class,
        "style" => Shape::Style,
        _ => Shape::Text,
    }
}

fn judge_each<'v>(rules: &Rules, name: &str, value: &str) -> Option<Cow<'v, str>> {
    let kept: Option<Vec<_>> =
        value.split_ascii_whitespace().map(|url| rules.urls.judge(name, url)).collect();
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

/// Names, of which some stand for all that start so.
#[derive(Debug)]
pub(super) struct Globs {
    names: Vec<String>,
    prefixes: Vec<String>,
}

impl Globs {
    pub(super) fn new(given: Vec<String>) -> Self {
        let (prefixes, names) = given.into_iter().partition::<Vec<_>, _>(|one| one.ends_with('*'));
        let prefixes = prefixes.iter().map(|one| one.trim_end_matches('*').to_owned()).collect();
        Self { names, prefixes }
    }

    fn is_empty(&self) -> bool {
        self.names.is_empty() && self.prefixes.is_empty()
    }

    /// The names of a list that are kept, or `None` if there are none.
    fn keep<'v>(&self, list: &'v str) -> Option<Cow<'v, str>> {
        let keeps = |name: &&str| {
            self.names.iter().any(|one| one == name)
                || self.prefixes.iter().any(|one| name.starts_with(one.as_str()))
        };
        let kept: Vec<_> = list.split_ascii_whitespace().filter(keeps).collect();
        (!kept.is_empty()).then(|| Cow::Owned(kept.join(" ")))
    }
}
