//! Refuses policies that say two things at once, or what cannot be kept safely.

use super::known::DROPPED;
use super::policy::Policy;
use super::rules::option;
use crate::Error;

/// Tags whose content a parser reads as text, or that it reads by rules of their own: with another name, their content would mean
/// something else.
const READ_APART: &[&str] = &[
    "textarea",
    "xmp",
    "plaintext",
    "listing",
    "select",
    "option",
    "optgroup",
    "selectedcontent",
    "frameset",
    "frame",
    "svg",
    "math",
    "image",
    "html",
    "head",
    "body",
    "object",
    "embed",
    "applet",
    "marquee",
];

/// A name that no parser makes would drop nothing.
pub(super) fn check_dropped(name: &str) -> Result<(), Error> {
    if is_name(name) {
        return Ok(());
    }
    Err(option("dropContent", format!("holds {name:?}; write names of tags in lower case")))
}

fn is_name(name: &str) -> bool {
    let is_plain = |byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b':');
    name.starts_with(|first: char| first.is_ascii_lowercase()) && name.bytes().all(is_plain)
}

/// A kept tag cannot be dropped with its content too.
pub(super) fn check_kept(name: &str, policy: &Policy) -> Result<(), Error> {
    if policy.drop_content.iter().any(|one| one == name) {
        let reason = format!("holds \"{name}\", which is in `tags` too; remove one of them");
        return Err(option("dropContent", reason));
    }
    Ok(())
}

pub(super) fn check_renamed(from: &str, to: &str, policy: &Policy) -> Result<(), Error> {
    let is_in = |list: &[String], name: &str| list.iter().any(|one| one == name);
    let reason = if !is_in(&policy.tags, to) {
        format!("must name tags that are kept; \"{to}\" is not in `tags`")
    } else if is_in(&policy.tags, from) {
        format!("renames \"{from}\", which is in `tags` too; remove one of them")
    } else if is_in(&policy.drop_content, from) {
        format!("renames \"{from}\", which is in `dropContent` too; remove one of them")
    } else if !is_name(from) || DROPPED.contains(&from) || READ_APART.contains(&from) {
        format!("renames {from:?}, whose content is not parsed as that of other tags; remove it")
    } else {
        return Ok(());
    };
    Err(option("rename", reason))
}

/// What is not a part of a name would make several ids of one.
pub(super) fn check_id_prefix(prefix: &str) -> Result<(), Error> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    if prefix.bytes().all(is_plain) {
        return Ok(());
    }
    let reason = format!("must hold letters, digits, \"-\" and \"_\" alone, not {prefix:?}");
    Err(option("idPrefix", reason))
}

/// A part of a table without the others would be moved out of it.
pub(super) fn check_tables(policy: &Policy) -> Result<(), Error> {
    let holds = |name: &str| policy.tags.iter().any(|tag| tag == name);
    let parts =
        ["table", "caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "td", "th"];
    let needed = ["table", "tbody", "tr", "td"];
    if parts.iter().any(|part| holds(part)) && !needed.iter().all(|part| holds(part)) {
        return Err(option(
            "tags",
            "must hold table, tbody, tr and td if it holds one part of a table".into(),
        ));
    }
    if holds("col") && !holds("colgroup") {
        return Err(option("tags", "must hold colgroup if it holds col".into()));
    }
    Ok(())
}

pub(super) fn unknown(name: &str) -> Error {
    let reason = match name {
        "svg" | "math" => "cannot be kept: use sanitizeSvg for pictures",
        "script" | "style" | "template" | "textarea" | "title" | "noscript" | "xmp"
        | "plaintext" | "noembed" | "noframes" => {
            "cannot be kept: its content is not parsed as HTML"
        }
        "object" | "embed" | "applet" | "base" | "meta" | "link" | "frame" | "frameset"
        | "param" | "portal" => "cannot be kept: it acts on the page",
        _ => "is not a tag that can be kept",
    };
    option("tags", format!("holds \"{name}\", which {reason}"))
}

pub(super) fn within(
    option: &'static str,
    value: usize,
    bounds: &std::ops::RangeInclusive<usize>,
) -> Result<(), Error> {
    if bounds.contains(&value) {
        return Ok(());
    }
    let reason = format!("must be from {} to {}, not {value}", bounds.start(), bounds.end());
    Err(Error::HtmlOptionRange { option, reason: reason.into() })
}
