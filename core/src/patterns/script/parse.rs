//! Reads the source of a RegExp.

use super::class::read_class;
use super::escape::{Atom, read_escape};
use super::node::{Class, Node};
use super::ranges::{LINE_ENDS, Ranges};
use super::{Flags, fold};
use crate::error::Text;

/// The source as the flag `u` decides: UTF-16 units or code points.
pub(super) struct Reader {
    points: Vec<u32>,
    at: usize,
    pub(super) flags: Flags,
}

impl Reader {
    fn new(source: &str, flags: Flags) -> Self {
        let points = if flags.unicode {
            source.chars().map(u32::from).collect()
        } else {
            source.encode_utf16().map(u32::from).collect()
        };
        Self { points, at: 0, flags }
    }

    pub(super) fn peek(&self) -> Option<u32> {
        self.points.get(self.at).copied()
    }

    pub(super) fn next(&mut self) -> Option<u32> {
        let point = self.peek()?;
        self.at += 1;
        Some(point)
    }

    pub(super) fn starts_with(&self, text: &str) -> bool {
        let rest = self.points.get(self.at..).unwrap_or_default();
        text.chars().enumerate().all(|(at, char)| rest.get(at) == Some(&u32::from(char)))
    }

    /// Steps over a text of ASCII if it comes next.
    pub(super) fn take(&mut self, text: &str) -> bool {
        let comes = self.starts_with(text);
        if comes {
            self.at += text.len();
        }
        comes
    }

    /// Exactly `count` hexadecimal digits, or nothing.
    pub(super) fn hex(&mut self, count: usize) -> Option<u32> {
        let digits = self.points.get(self.at..self.at + count)?;
        let value = digits
            .iter()
            .try_fold(0, |value, point| Some(value * 16 + char::from_u32(*point)?.to_digit(16)?))?;
        self.at += count;
        Some(value)
    }

    /// Decimal digits, which may be none. A number that is too large stays too large.
    pub(super) fn decimal(&mut self) -> Option<u32> {
        let mut value = None;
        while let Some(digit) = self.peek().and_then(char::from_u32).and_then(|c| c.to_digit(10)) {
            value = Some(value.unwrap_or(0u32).saturating_mul(10).saturating_add(digit));
            self.at += 1;
        }
        value
    }

    pub(super) const fn place(&self) -> usize {
        self.at
    }

    pub(super) const fn back_to(&mut self, place: usize) {
        self.at = place;
    }

    /// One character of a set, with the case folded as the flags ask.
    pub(super) fn one(&self, mut ranges: Ranges, is_negated: bool) -> Result<Node, Text> {
        let Flags { ignore_case, unicode, .. } = self.flags;
        if ignore_case && fold::is_uncertain(&ranges, self.flags.highest()) {
            return Err("ignores the case of a letter whose case is new in Unicode; list both cases and leave out the flag i".into());
        }
        if ignore_case && !unicode {
            fold::close(&mut ranges);
        }
        let is_folded = ignore_case && unicode;
        Ok(Node::One(Class { ranges: ranges.sorted(), is_negated, is_folded }))
    }
}

/// The one reason that is a limit and not a matter of syntax.
pub(in crate::patterns) const TOO_DEEP: &str = "is nested too deeply";

pub(super) fn parse(source: &str, flags: Flags, max_depth: usize) -> Result<Node, Text> {
    let mut reader = Reader::new(source, flags);
    let node = either(&mut reader, max_depth)?;
    if reader.peek().is_some() { Err("has a closing bracket too many".into()) } else { Ok(node) }
}

fn either(reader: &mut Reader, depth: usize) -> Result<Node, Text> {
    let first = sequence(reader, depth)?;
    if !reader.starts_with("|") {
        return Ok(first);
    }
    let mut branches = vec![first];
    while reader.take("|") {
        branches.push(sequence(reader, depth)?);
    }
    Ok(Node::Either(branches))
}

fn sequence(reader: &mut Reader, depth: usize) -> Result<Node, Text> {
    let mut nodes = Vec::new();
    while reader.peek().is_some() && !reader.starts_with("|") && !reader.starts_with(")") {
        nodes.push(term(reader, depth)?);
    }
    Ok(if nodes.len() == 1 { nodes.remove(0) } else { Node::Sequence(nodes) })
}

fn term(reader: &mut Reader, depth: usize) -> Result<Node, Text> {
    let node = atom(reader, depth)?;
    let Some((min, max)) = quantifier(reader)? else { return Ok(node) };
    if matches!(node, Node::Start | Node::End | Node::Boundary) {
        return Err("repeats an assertion".into());
    }
    // A lazy quantifier matches the same texts.
    reader.take("?");
    if max.is_some_and(|max| max < min) {
        return Err("has a quantifier whose bounds are in the wrong order".into());
    }
    if quantifier(reader)?.is_some() {
        return Err("repeats a quantifier".into());
    }
    Ok(Node::Repeat { node: Box::new(node), min, max })
}

/// `*`, `+`, `?` or braces with numbers; other braces are text.
fn quantifier(reader: &mut Reader) -> Result<Option<(u32, Option<u32>)>, Text> {
    for (sign, bounds) in [("*", (0, None)), ("+", (1, None)), ("?", (0, Some(1)))] {
        if reader.take(sign) {
            return Ok(Some(bounds));
        }
    }
    let place = reader.place();
    if !reader.take("{") {
        return Ok(None);
    }
    if let Some(min) = reader.decimal() {
        let max = if reader.take(",") { reader.decimal() } else { Some(min) };
        if reader.take("}") {
            return Ok(Some((min, max)));
        }
    }
    reader.back_to(place);
    if reader.flags.unicode { Err("has a brace that is no quantifier".into()) } else { Ok(None) }
}

fn atom(reader: &mut Reader, depth: usize) -> Result<Node, Text> {
    let place = reader.place();
    if quantifier(reader)?.is_some() {
        return Err("has a quantifier with nothing to repeat".into());
    }
    reader.back_to(place);
    let point = reader.next().unwrap_or_default();
    match char::from_u32(point) {
        Some('(') => group(reader, depth),
        Some('[') => read_class(reader),
        Some('\\') => escaped(reader),
        Some('^') => Ok(Node::Start),
        Some('$') => Ok(Node::End),
        Some('.') => Ok(Node::One(dot(reader.flags))),
        Some(']' | '}') if reader.flags.unicode => Err("has a closing bracket too many".into()),
        _ => reader.one(Ranges::of(&[(point, point)]), false),
    }
}

fn dot(flags: Flags) -> Class {
    let excluded = if flags.dot_all { Ranges::default() } else { Ranges::of(LINE_ENDS) };
    Class { ranges: excluded, is_negated: true, is_folded: false }
}

fn escaped(reader: &mut Reader) -> Result<Node, Text> {
    match read_escape(reader, false)? {
        Atom::Boundary => Ok(Node::Boundary),
        Atom::Point(point) => reader.one(Ranges::of(&[(point, point)]), false),
        Atom::Set(ranges) => reader.one(ranges, false),
    }
}

fn group(reader: &mut Reader, depth: usize) -> Result<Node, Text> {
    if depth == 0 {
        return Err(TOO_DEEP.into());
    }
    if reader.take("?") && !reader.take(":") {
        name(reader)?;
    }
    let node = either(reader, depth - 1)?;
    if reader.take(")") { Ok(node) } else { Err("has a group that is not closed".into()) }
}

/// Steps over the name of a group: captures do not decide whether a text matches.
fn name(reader: &mut Reader) -> Result<(), Text> {
    for (sign, what) in [("=", "ahead"), ("!", "ahead"), ("<=", "behind"), ("<!", "behind")] {
        if reader.starts_with(sign) {
            return Err(format!("has a look{what}, which takes more than linear time").into());
        }
    }
    if !reader.take("<") {
        return Err("has a group with modifiers; write the flags of the whole pattern".into());
    }
    loop {
        match reader.next() {
            Some(0x3E) => return Ok(()),
            Some(_) => {}
            None => return Err("has a group whose name is not closed".into()),
        }
    }
}
