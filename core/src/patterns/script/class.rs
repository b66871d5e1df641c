//! Reads a class in brackets. JavaScript has no set operations in it without the flag `v`: `&&`, `--`, `~~` and `[` are text.

use super::escape::{Atom, read_escape};
use super::node::Node;
use super::parse::Reader;
use super::ranges::Ranges;
use crate::error::Text;

/// The rest of a class, after its opening bracket.
pub(super) fn read_class(reader: &mut Reader) -> Result<Node, Text> {
    let is_negated = reader.take("^");
    let mut ranges = Ranges::default();
    while !reader.take("]") {
        match member(reader)? {
            Atom::Point(first) => range(reader, first, &mut ranges)?,
            Atom::Set(_) if is_range(reader) => {
                return Err("has a class with a range that starts with a set".into());
            }
            Atom::Set(set) => ranges.extend(&set),
            Atom::Boundary => return Err("has an assertion in a class".into()),
        }
    }
    reader.one(ranges, is_negated)
}

fn member(reader: &mut Reader) -> Result<Atom, Text> {
    if reader.take("\\") {
        return read_escape(reader, true);
    }
    reader.next().map(Atom::Point).ok_or_else(|| "has a class that is not closed".into())
}

/// Whether a hyphen comes that is not the last character of the class.
fn is_range(reader: &Reader) -> bool {
    reader.starts_with("-") && !reader.starts_with("-]")
}

fn range(reader: &mut Reader, first: u32, ranges: &mut Ranges) -> Result<(), Text> {
    let last = if is_range(reader) {
        reader.next();
        match member(reader)? {
            Atom::Point(last) => last,
            _ => return Err("has a class with a range that ends with a set".into()),
        }
    } else {
        first
    };
    if last < first {
        return Err("has a class with a range in the wrong order".into());
    }
    ranges.add(first, last);
    Ok(())
}
