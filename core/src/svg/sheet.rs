//! Stylesheets. Illustrator and others write colours as classes: `.cls-1{fill:#fff}`. A `style` element cannot stay, because it
//! would apply to the whole page that the picture is inlined into. So its simple rules become `style` attributes.
//!
//! Simple selectors alone are read: `rect`, `.a`, `#b`, `rect.a`, `.a.b`, `*`, and lists of them. Other rules and every at-rule
//! are dropped.

use std::collections::HashMap;

use super::report::Report;

/// A declaration as it is written: property and value.
pub(super) type Declaration<'a> = (&'a str, &'a str);

/// More classes in one selector, or of one element, are not looked at.
const MAX_CLASSES: usize = 32;

/// The rules of all stylesheets of a document.
#[derive(Default)]
pub(super) struct Sheet<'a> {
    rules: Vec<Rule<'a>>,
    /// The declarations of each block, which the selectors of a list share.
    blocks: Vec<Vec<Declaration<'a>>>,
    /// The rules by what must match first: `.class`, `#id`, `tag` or `*`.
    index: HashMap<&'a str, Vec<usize>>,
}

struct Rule<'a> {
    selector: Selector<'a>,
    block: usize,
}

#[derive(Clone, Default)]
struct Selector<'a> {
    tag: Option<&'a str>,
    classes: Vec<&'a str>,
    id: Option<&'a str>,
}

/// What selectors look at.
pub(super) struct Subject<'a> {
    pub(super) tag: &'a str,
    pub(super) id: Option<&'a str>,
    pub(super) class: &'a str,
}

/// The text without comments. One that is not closed lasts to the end, as in CSS.
pub(super) fn without_comments(text: &str, output: &mut String) {
    let mut rest = text;
    while let Some((before, comment)) = rest.split_once("/*") {
        output.push_str(before);
        output.push(' ');
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    output.push_str(rest);
    output.push('\n');
}

impl<'a> Sheet<'a> {
    pub(super) fn parse(text: &'a str, report: &mut Report) -> Self {
        let mut sheet = Self::default();
        let mut rest = text;
        while let Some(start) = next_rule(rest) {
            if start.starts_with('@') {
                report.markup("at-rule");
                rest = at_rule_end(start);
                continue;
            }
            let Some((selectors, body)) = start.split_once('{') else { break };
            let (body, after) = body.split_once('}').unwrap_or((body, ""));
            rest = after;
            let block = sheet.blocks.len();
            sheet.blocks.push(declarations(body).collect());
            for selector in selectors.split(',') {
                match Selector::parse(selector.trim()) {
                    Some(selector) => sheet.add(Rule { selector, block }),
                    None => report.markup("style rule"),
                }
            }
        }
        sheet
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    fn add(&mut self, rule: Rule<'a>) {
        let key = rule.selector.key();
        self.index.entry(key).or_default().push(self.rules.len());
        self.rules.push(rule);
    }

    /// The rules that may apply, by their place: those that name a class, the id or the tag of an element.
    pub(super) fn candidates(&self, subject: &Subject<'_>) -> Vec<&[usize]> {
        let names = subject.classes().chain(subject.id).chain([subject.tag, "*"]);
        names.filter_map(|name| self.index.get(name).map(Vec::as_slice)).collect()
    }

    /// The declarations that apply, the strongest last.
    pub(super) fn declarations(
        &self,
        candidates: &[&[usize]],
        subject: &Subject<'_>,
    ) -> impl Iterator<Item = Declaration<'a>> {
        let mut found: Vec<usize> = candidates.concat();
        found.sort_unstable();
        found.dedup();
        let rules = found.iter().filter_map(|at| self.rules.get(*at));
        let mut rules: Vec<_> = rules.filter(|rule| rule.selector.matches(subject)).collect();
        // Stable, so that of two rules of the same weight the later one counts.
        rules.sort_by_key(|rule| rule.selector.weight());
        rules.into_iter().filter_map(|rule| self.blocks.get(rule.block)).flatten().copied()
    }
}

impl<'a> Subject<'a> {
    pub(super) fn classes(&self) -> impl Iterator<Item = &'a str> {
        self.class.split_ascii_whitespace().take(MAX_CLASSES)
    }
}

/// The declarations of a rule, or of a `style` attribute. The mark `!important` is dropped.
pub(super) fn declarations(body: &str) -> impl Iterator<Item = Declaration<'_>> {
    body.split(';').filter_map(|declaration| {
        let (name, value) = declaration.split_once(':')?;
        let value = value.trim();
        let value = value.strip_suffix("!important").map_or(value, str::trim_end);
        Some((name.trim(), value)).filter(|(_, value)| !value.is_empty())
    })
}

fn next_rule(text: &str) -> Option<&str> {
    let mut rest = text.trim_start();
    while let Some(after) = rest.strip_prefix("<!--").or_else(|| rest.strip_prefix("-->")) {
        rest = after.trim_start();
    }
    (!rest.is_empty()).then_some(rest)
}

/// What follows an at-rule: it ends at a semicolon, or with its block.
fn at_rule_end(text: &str) -> &str {
    let mut open = 0_usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => open += 1,
            b'}' if open > 1 => open -= 1,
            b'}' => return text.get(at + 1..).unwrap_or_default(),
            b';' if open == 0 => return text.get(at + 1..).unwrap_or_default(),
            _ => {}
        }
    }
    ""
}

impl<'a> Selector<'a> {
    fn parse(text: &'a str) -> Option<Self> {
        let mut selector = Self::default();
        let end = text.find(['.', '#']).unwrap_or(text.len());
        let (tag, mut rest) = text.split_at_checked(end)?;
        selector.tag = Some(tag).filter(|tag| !tag.is_empty() && *tag != "*");
        if text.is_empty() || !(tag == "*" || tag.chars().all(is_name)) {
            return None;
        }
        while let Some(mark) = rest.chars().next() {
            let name = rest.get(1..)?;
            let end = name.find(['.', '#']).unwrap_or(name.len());
            let (name, after) = name.split_at_checked(end)?;
            if name.is_empty()
                || !name.chars().all(is_name)
                || selector.classes.len() >= MAX_CLASSES
            {
                return None;
            }
            if mark == '.' {
                selector.classes.push(name)
            } else {
                selector.id = Some(name)
            }
            rest = after;
        }
        Some(selector)
    }

    fn key(&self) -> &'a str {
        self.id.or(self.classes.first().copied()).or(self.tag).unwrap_or("*")
    }

    fn weight(&self) -> (bool, usize, bool) {
        (self.id.is_some(), self.classes.len(), self.tag.is_some())
    }

    fn matches(&self, subject: &Subject<'_>) -> bool {
        let has = |class: &&str| subject.classes().any(|one| one == *class);
        self.tag.is_none_or(|tag| tag == subject.tag)
            && self.id.is_none_or(|id| subject.id == Some(id))
            && self.classes.iter().all(has)
    }
}

fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_') || !c.is_ascii()
}
