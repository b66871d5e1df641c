//! Writes a node in the engine's syntax.

use std::fmt::Write;

use super::Flags;
use super::node::{Class, Node};
use super::ranges::{LINE_ENDS, Ranges};
use crate::error::Text;

const SURROGATES: (u32, u32) = (0xD800, 0xDFFF);

/// Whether a node is the first or the last of its pattern on every path.
#[derive(Clone, Copy)]
struct Place {
    is_first: bool,
    is_last: bool,
}

pub(super) fn emit(node: &Node, flags: Flags) -> Result<String, Text> {
    let mut out = String::new();
    write(node, Place { is_first: true, is_last: true }, flags, &mut out)?;
    Ok(out)
}

fn write(node: &Node, place: Place, flags: Flags, out: &mut String) -> Result<(), Text> {
    match node {
        Node::One(class) => write_class(class, flags, out),
        Node::Start => return write_edge(place.is_first, r"\A", flags, out),
        Node::End => return write_edge(place.is_last, r"\z", flags, out),
        // Between the bytes of one character there is no boundary, as none of them is ASCII.
        Node::Boundary => out.push_str(r"(?-u:\b)"),
        Node::Sequence(nodes) => return write_sequence(nodes, place, flags, out),
        Node::Either(branches) => return write_either(branches, place, flags, out),
        Node::Repeat { node, min, max } => {
            out.push_str("(?:");
            write(node, Place { is_first: false, is_last: false }, flags, out)?;
            out.push(')');
            write_quantifier(*min, *max, out);
        }
    }
    Ok(())
}

/// `^` or `$`. The engine has no assertion for JavaScript's line ends, so with the flag `m` the line end itself is matched. Whether
/// the text matches stays the same only where nothing else stands before `^` or after `$`.
fn write_edge(is_edge: bool, text: &str, flags: Flags, out: &mut String) -> Result<(), Text> {
    if !flags.multiline {
        out.push_str(text);
        return Ok(());
    }
    if !is_edge {
        return Err("has ^ or $ with the flag m in a place other than its start or end".into());
    }
    write!(out, "(?:{text}|").ok();
    write_set(&Ranges::of(LINE_ENDS), out);
    out.push(')');
    Ok(())
}

fn write_sequence(
    nodes: &[Node],
    place: Place,
    flags: Flags,
    out: &mut String,
) -> Result<(), Text> {
    for (at, node) in nodes.iter().enumerate() {
        let is_first = place.is_first && at == 0;
        let is_last = place.is_last && at + 1 == nodes.len();
        write(node, Place { is_first, is_last }, flags, out)?;
    }
    Ok(())
}

fn write_either(
    branches: &[Node],
    place: Place,
    flags: Flags,
    out: &mut String,
) -> Result<(), Text> {
    out.push_str("(?:");
    for (at, branch) in branches.iter().enumerate() {
        if at > 0 {
            out.push('|');
        }
        write(branch, place, flags, out)?;
    }
    out.push(')');
    Ok(())
}

fn write_quantifier(min: u32, max: Option<u32>, out: &mut String) {
    match (min, max) {
        (0, None) => out.push('*'),
        (1, None) => out.push('+'),
        (0, Some(1)) => out.push('?'),
        (min, None) => out.push_str(&format!("{{{min},}}")),
        (min, Some(max)) => out.push_str(&format!("{{{min},{max}}}")),
    }
}

/// Characters that are code points of the engine, or surrogates as the bytes that `text` writes for them.
fn write_class(class: &Class, flags: Flags, out: &mut String) {
    let held = if class.is_negated && !class.is_folded {
        class.ranges.clone().negated(flags.highest())
    } else {
        class.ranges.clone()
    };
    let surrogates = surrogates_of(class, flags);
    if surrogates.is_empty() {
        return write_scalars(&held, class, out);
    }
    out.push_str("(?:");
    write_scalars(&held, class, out);
    for (first, last) in surrogates {
        out.push('|');
        write_surrogates(first, last, out);
    }
    out.push(')');
}

fn write_scalars(held: &Ranges, class: &Class, out: &mut String) {
    if !class.is_folded {
        return write_set(held, out);
    }
    let sign = if class.is_negated { "^" } else { "" };
    let mut set = String::new();
    write_set(held, &mut set);
    write!(out, "(?i:[{sign}{set}])").ok();
}

/// Surrogates have no case, so whether one is held does not depend on folding.
fn surrogates_of(class: &Class, flags: Flags) -> Vec<(u32, u32)> {
    let ranges = class.ranges.clone();
    let held = if class.is_negated { ranges.negated(flags.highest()) } else { ranges };
    held.within(SURROGATES.0, SURROGATES.1).collect()
}

/// A class of the engine; an empty one matches nothing.
fn write_set(ranges: &Ranges, out: &mut String) {
    let scalars = scalars_of(ranges);
    if scalars.is_empty() {
        return out.push_str(r"[^\x{0}-\x{10FFFF}]");
    }
    out.push('[');
    for (first, last) in scalars {
        write!(out, r"\x{{{first:X}}}-\x{{{last:X}}}").ok();
    }
    out.push(']');
}

/// The ranges without surrogates. The engine negates two ranges that meet across the gap wrongly, so they become one.
fn scalars_of(ranges: &Ranges) -> Vec<(u32, u32)> {
    let (first, last) = SURROGATES;
    let mut below: Vec<_> = ranges.within(0, first - 1).collect();
    let mut above = ranges.within(last + 1, 0x10_FFFF).peekable();
    if let (Some((_, end)), Some((start, far))) = (below.last_mut(), above.peek().copied())
        && *end == first - 1
        && start == last + 1
    {
        *end = far;
        above.next();
    }
    below.extend(above);
    below
}

/// Surrogates from `first` to `last`: three bytes each, of which the second names a block of 64.
fn write_surrogates(first: u32, last: u32, out: &mut String) {
    out.push_str("(?-u:");
    for block in (first >> 6)..=(last >> 6) {
        let low = first.max(block << 6) & 0x3F;
        let high = last.min((block << 6) | 0x3F) & 0x3F;
        let sign = if block == first >> 6 { "" } else { "|" };
        let second = 0x80 | (block & 0x3F);
        write!(out, r"{sign}\xED\x{second:X}[\x{:X}-\x{:X}]", 0x80 | low, 0x80 | high).ok();
    }
    out.push(')');
}
