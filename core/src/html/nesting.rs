//! Whether a parser finds an element again where it is written.
//!
//! The tree that was parsed is one that a parser makes, but tags were removed from it since: what was apart may now be inside
//! each other, such as a `p` in a `p` whose `object` between them is gone. A parser would close the outer one. Such an inner
//! tag is removed too, and its content stays.

use super::known::{Kind, fits_table, holds_parts_alone, is_scope};

/// A tag that is written and not closed yet.
#[derive(Clone, Copy, Debug)]
pub(super) struct Open<'r> {
    pub name: &'r str,
    pub kind: Kind,
}

/// Whether an element may be written inside of the open ones.
pub(super) fn fits(open: &[Open<'_>], name: &str, kind: Kind) -> bool {
    let parent = open.last();
    let parent_name = parent.map(|parent| parent.name);
    if !fits_table(name, parent_name) {
        return false;
    }
    if kind != Kind::Table && parent_name.is_some_and(holds_parts_alone) {
        return false;
    }
    if closes_paragraph(name, kind) && is_within(open, |one| one.name == "p") {
        return false;
    }
    match kind {
        Kind::Heading => parent.is_none_or(|parent| parent.kind != Kind::Heading),
        Kind::Item => !closes_item(open, name),
        Kind::Alone if name == "a" || name == "nobr" => !is_within_marker(open, name),
        Kind::Alone if name == "form" => open.iter().all(|one| one.name != "form"),
        Kind::Alone => !is_within(open, |one| one.name == name),
        Kind::Ruby => {
            !is_within(open, |one| one.name == "ruby")
                || parent.is_none_or(|one| {
                    !matches!(one.kind, Kind::Item | Kind::Ruby) && one.name != "p"
                })
        }
        _ => true,
    }
}

/// Whether text may be written: directly inside of a table, only white space stays where it is.
pub(super) fn fits_text(open: &[Open<'_>], text: &str) -> bool {
    let is_space = || text.bytes().all(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\x0C'));
    open.last().is_none_or(|parent| !holds_parts_alone(parent.name) || is_space())
}

fn closes_paragraph(name: &str, kind: Kind) -> bool {
    matches!(kind, Kind::Block | Kind::Heading | Kind::Item | Kind::VoidBlock)
        || name == "table"
        || name == "form"
}

/// Whether an open tag is found before one at which the search stops.
fn is_within(open: &[Open<'_>], is_wanted: impl Fn(&Open<'_>) -> bool) -> bool {
    open.iter().rev().take_while(|one| is_wanted(one) || !is_scope(one.name)).any(&is_wanted)
}

/// The list of formatting elements is cut at cells and captions.
fn is_within_marker(open: &[Open<'_>], name: &str) -> bool {
    open.iter()
        .rev()
        .take_while(|one| !matches!(one.name, "td" | "th" | "caption"))
        .any(|one| one.name == name)
}

/// Whether the start tag of an item would close an open one.
fn closes_item(open: &[Open<'_>], name: &str) -> bool {
    let is_sibling =
        |one: &Open<'_>| one.kind == Kind::Item && (one.name == "li") == (name == "li");
    open.iter().rev().take_while(|one| is_sibling(one) || !stops_items(one)).any(is_sibling)
}

/// The search for an open item stops at "special" tags other than address, div and p (section 13.2.6.4.7).
fn stops_items(one: &Open<'_>) -> bool {
    match one.kind {
        Kind::Block => !matches!(one.name, "address" | "div" | "p" | "dialog" | "search"),
        Kind::Heading | Kind::Item | Kind::Table => true,
        Kind::Alone => one.name == "button" || one.name == "form",
        _ => false,
    }
}
