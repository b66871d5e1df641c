//! Reads the parameters of a form, one after the other.

use memchr::{memchr, memchr_iter};
use smallvec::SmallVec;

use super::super::text;
use super::decode::decode;
use super::json::Writer;
use super::name::{bracketed, number, split};
use super::node::{Children, Span};
use super::tree::{ROOT, Tree};
use super::{Dialect, FormGuard, FormPolicy};
use crate::Error;

/// As many indexes make an array in `qs` even if the form has fewer parameters; body-parser sets it.
const LEAST_ARRAY_LIMIT: usize = 100;

pub(super) struct Reader<'g> {
    guard: &'g FormGuard,
    /// Decoded names, and values as JSON strings.
    text: Vec<u8>,
    tree: Tree<'g>,
    /// The keys of the current name.
    path: SmallVec<[Span; 8]>,
    array_limit: usize,
}

/// The place of a value: a node, and whether the name ends with `[]`.
struct Place {
    node: u32,
    is_listed: bool,
}

impl<'g> Reader<'g> {
    /// Checks what concerns the whole body.
    pub(super) fn new(guard: &'g FormGuard, body: &[u8]) -> Result<Self, Error> {
        text(body, guard.policy.max_bytes)?;
        let parameters = memchr_iter(b'&', body).count() + 1;
        if parameters > guard.policy.max_parameters {
            return Err(Error::InputKeys);
        }
        Ok(Self {
            guard,
            // Each value gets two quotes.
            text: Vec::with_capacity(body.len() + 2 * parameters),
            tree: Tree::new(&guard.hasher, parameters),
            path: SmallVec::new(),
            array_limit: parameters.max(LEAST_ARRAY_LIMIT),
        })
    }

    pub(super) fn run(&mut self, body: &[u8]) -> Result<(), Error> {
        let mut rest = body;
        loop {
            let end = memchr(b'&', rest).unwrap_or(rest.len());
            self.parameter(rest.get(..end).unwrap_or_default())?;
            match rest.get(end + 1..) {
                Some(others) => rest = others,
                None => return Ok(()),
            }
        }
    }

    pub(super) fn write(&self, json: &mut Vec<u8>) {
        Writer { tree: &self.tree, text: &self.text, json }.form();
    }

    /// The keys of the name that was read last, as far as they were read; empty brackets count as the first of an array.
    pub(super) fn path(&self) -> impl Iterator<Item = &[u8]> {
        let key = |(at, key): (usize, &Span)| match self.bytes(*key) {
            b"" if at > 0 => b"0",
            key => key,
        };
        self.path.iter().enumerate().map(key)
    }

    fn parameter(&mut self, parameter: &[u8]) -> Result<(), Error> {
        self.path.clear();
        if parameter.is_empty() {
            return Ok(());
        }
        let (name, value) = split(parameter, self.policy().dialect)?;
        let name = self.decode::<false>(name)?;
        let place = self.place(name)?;
        let value = self.decode::<true>(value)?;
        match place {
            Some(place) => self.add(&place, value),
            None => Ok(()),
        }
    }

    /// With `JSON`, as a JSON string.
    fn decode<const JSON: bool>(&mut self, encoded: &[u8]) -> Result<Span, Error> {
        let start = self.text.len();
        if JSON {
            self.text.push(b'"');
        }
        decode::<JSON>(encoded, &mut self.text)?;
        if JSON {
            self.text.push(b'"');
        }
        Ok(Span::new(start, self.text.len()))
    }

    /// The place that a name means. `None`: its value is dropped.
    fn place(&mut self, name: Span) -> Result<Option<Place>, Error> {
        if self.policy().dialect == Dialect::Simple {
            return self.flat(name).map(Some);
        }
        let range = name.range();
        let first = memchr(b'[', self.bytes(name)).map_or(range.end, |at| range.start + at);
        match first == range.start {
            // As qs: a parameter without a name is dropped.
            true if range.is_empty() => Ok(None),
            true => Err(Error::InputForm),
            false => self.nested(Span::new(range.start, first), range.end),
        }
    }

    /// A name that is one key. Its brackets mean nothing here, but the rules look into them: what reads the key may.
    fn flat(&mut self, name: Span) -> Result<Place, Error> {
        let key = self.key(name, false)?;
        let rules = &self.guard.policy.rules;
        let bytes = self.text.get(name.range()).unwrap_or_default();
        let mut outer: &[u8] = b"";
        for inner in bytes.split(|byte| matches!(byte, b'[' | b']')).filter(|key| !key.is_empty()) {
            rules.judge(inner, false, outer == b"constructor")?;
            outer = inner;
        }
        let node = self.tree.child(ROOT, &self.text, key, None)?;
        Ok(Place { node, is_listed: false })
    }

    /// A name of one key, and others in brackets behind it.
    fn nested(&mut self, first: Span, end: usize) -> Result<Option<Place>, Error> {
        let mut node = self.below(Some(ROOT), first, false, None)?;
        let (mut outer, mut at, mut depth) = (first, first.range().end, 0);
        while at < end {
            let key = bracketed(&self.text, at, end)?;
            at = key.range().end + 1;
            depth += 1;
            if depth > self.policy().max_depth {
                return Err(Error::InputDepth);
            }
            if at == end && key.range().is_empty() && !outer.range().is_empty() {
                return Ok(node.map(|node| Place { node, is_listed: true }));
            }
            node = self.inner(node, outer, key)?;
            outer = key;
        }
        Ok(node.map(|node| Place { node, is_listed: false }))
    }

    /// The node of a key in brackets, behind the key `outer`.
    fn inner(&mut self, node: Option<u32>, outer: Span, key: Span) -> Result<Option<u32>, Error> {
        let number = number(self.bytes(key));
        let is_in_item = outer.range().is_empty();
        if is_in_item && (number.is_some() || key.range().is_empty()) {
            return Err(Error::InputForm);
        }
        if key.range().is_empty() {
            self.path.push(key);
            return node.map(|node| self.tree.item(node)).transpose();
        }
        let index = number.filter(|index| *index < self.array_limit).map(|index| index as u32);
        let in_constructor = self.bytes(outer) == b"constructor";
        self.below(node, key, in_constructor, index)
    }

    /// The node of a key, if neither it nor one before it is dropped.
    fn below(
        &mut self,
        node: Option<u32>,
        key: Span,
        in_constructor: bool,
        index: Option<u32>,
    ) -> Result<Option<u32>, Error> {
        self.key(key, in_constructor)?;
        let Some(node) = node else { return Ok(None) };
        if self.bytes(key) == b"__proto__" {
            // Without the rule: as qs, which keeps the object around such a key and drops the rest.
            self.tree.expect(node, Children::Names)?;
            return Ok(None);
        }
        self.tree.child(node, &self.text, key, index).map(Some)
    }

    /// Checks one key.
    fn key(&mut self, key: Span, in_constructor: bool) -> Result<Span, Error> {
        self.path.push(key);
        let policy = &self.guard.policy;
        let bytes = self.text.get(key.range()).unwrap_or_default();
        if bytes.len() > policy.max_key_bytes {
            return Err(Error::InputKeyLength);
        }
        let has_dot = policy.rules.dots && memchr(b'.', bytes).is_some();
        policy.rules.judge(bytes, has_dot, in_constructor)?;
        Ok(key)
    }

    fn add(&mut self, place: &Place, json: Span) -> Result<(), Error> {
        let Some(node) = self.tree.node(place.node) else { return Ok(()) };
        if node.children != Children::None {
            return Err(Error::InputMixed);
        }
        let (own, listed) = (node.own.count, node.listed.count);
        let key = node.key;
        if own + listed == 0 || place.is_listed && own == 0 {
            self.tree.append(place.node, place.is_listed, json);
            return Ok(());
        }
        let is_mixed = place.is_listed || listed > 0;
        if is_mixed && self.bytes(key).iter().all(u8::is_ascii_digit) {
            // Here qs would nest arrays, or change their order.
            return Err(Error::InputMixed);
        }
        self.tree.append(place.node, place.is_listed, json);
        Ok(())
    }

    fn policy(&self) -> &'g FormPolicy {
        &self.guard.policy
    }

    fn bytes(&self, span: Span) -> &[u8] {
        self.text.get(span.range()).unwrap_or_default()
    }
}
