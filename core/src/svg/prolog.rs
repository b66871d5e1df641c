//! What stands in front of the root element: byte order mark, XML declaration, comments, processing instructions and
//! DOCTYPE. Nothing of it is kept.

use super::report::Report;
use crate::Error;

const BYTE_ORDER_MARK: &str = "\u{FEFF}";

/// The text of the input, if it is UTF-8 and does not claim to be something else.
pub(super) fn decode(bytes: &[u8]) -> Result<&str, Error> {
    let text = str::from_utf8(bytes).map_err(|_| Error::SvgEncoding)?;
    // UTF-16 without a mark: every second byte of ASCII is NUL.
    if text.as_bytes().iter().take(4).any(|byte| *byte == 0) {
        return Err(Error::SvgEncoding);
    }
    Ok(text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text))
}

/// The rest of the text, from the root element on.
pub(super) fn skip<'a>(text: &'a str, report: &mut Report) -> Result<&'a str, Error> {
    let mut rest = declaration(text)?.trim_start_matches(is_space);
    let mut has_doctype = false;
    loop {
        rest = if let Some(comment) = rest.strip_prefix("<!--") {
            after(comment, "-->")?
        } else if let Some(instruction) = rest.strip_prefix("<?") {
            instruction_end(instruction, report)?
        } else if let Some(doctype) = rest.strip_prefix("<!DOCTYPE") {
            if std::mem::replace(&mut has_doctype, true) {
                return Err(Error::SvgSyntax);
            }
            report.markup("doctype");
            doctype_end(doctype)?
        } else {
            return Ok(rest);
        }
        .trim_start_matches(is_space);
    }
}

pub(super) const fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r' | '\n')
}

fn after<'a>(text: &'a str, end: &str) -> Result<&'a str, Error> {
    text.split_once(end).map(|(_, rest)| rest).ok_or(Error::SvgSyntax)
}

/// The declaration, which may stand only at the very start.
fn declaration(text: &str) -> Result<&str, Error> {
    let Some(inside) = text.strip_prefix("<?xml").filter(|inside| inside.starts_with(is_space))
    else {
        return Ok(text);
    };
    let (mut fields, rest) = inside.split_once("?>").ok_or(Error::SvgSyntax)?;
    while !fields.trim_matches(is_space).is_empty() {
        fields = field(fields.trim_start_matches(is_space))?;
    }
    Ok(rest)
}

/// One `name="value"` of the declaration; returns what follows.
fn field(fields: &str) -> Result<&str, Error> {
    let (name, rest) = fields.split_once('=').ok_or(Error::SvgSyntax)?;
    let rest = rest.trim_start_matches(is_space);
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\'')).ok_or(Error::SvgSyntax)?;
    let rest = rest.strip_prefix(quote).unwrap_or_default();
    let (value, rest) = rest.split_once(quote).ok_or(Error::SvgSyntax)?;
    match (name.trim_end_matches(is_space), value) {
        ("version", "1.0" | "1.1") | ("standalone", "yes" | "no") => Ok(rest),
        ("encoding", _) if is_utf8(value) => Ok(rest),
        ("encoding", _) => Err(Error::SvgEncoding),
        _ => Err(Error::SvgSyntax),
    }
}

fn is_utf8(encoding: &str) -> bool {
    ["utf-8", "utf8", "us-ascii"].iter().any(|name| encoding.eq_ignore_ascii_case(name))
}

fn instruction_end<'a>(inside: &'a str, report: &mut Report) -> Result<&'a str, Error> {
    let name = inside.split(|c| is_space(c) || c == '?').next().unwrap_or_default();
    if name.is_empty() || name.eq_ignore_ascii_case("xml") {
        return Err(Error::SvgSyntax);
    }
    report.markup("processing instruction");
    after(inside, "?>")
}

/// A DOCTYPE that names a public DTD is what editors write. One with declarations of its own can define entities.
fn doctype_end(inside: &str) -> Result<&str, Error> {
    let mut quote = None;
    for (at, c) in inside.char_indices() {
        match (quote, c) {
            (None, '[' | '<') => return Err(Error::SvgDoctype),
            (None, '>') => return inside.get(at + 1..).ok_or(Error::SvgSyntax),
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), _) if open == c => quote = None,
            _ => {}
        }
    }
    Err(Error::SvgSyntax)
}
