//! The object that the names of a form describe, while it is built.

use std::hash::BuildHasher;

use foldhash::fast::RandomState;
use smallvec::SmallVec;

use super::node::{Children, NONE, Node, Span, Values};
use crate::Error;

/// The outermost object.
pub(super) const ROOT: u32 = 0;
const FEWEST_SLOTS: usize = 64;

struct Value {
    /// A JSON string.
    json: Span,
    next: u32,
}

pub(super) struct Tree<'g> {
    hasher: &'g RandomState,
    nodes: SmallVec<[Node; 8]>,
    values: SmallVec<[Value; 16]>,
    /// Where a hash says that a node is; open addressing, at most half full.
    slots: Vec<u32>,
}

impl<'g> Tree<'g> {
    pub(super) fn new(hasher: &'g RandomState, parameters: usize) -> Self {
        let root = Node::new(0, NONE, Span::default(), None);
        let mut nodes = SmallVec::with_capacity(parameters.min(1_024) + 1);
        nodes.push(root);
        let slots = (2 * (parameters.min(1_024) + 1)).next_power_of_two().max(FEWEST_SLOTS);
        Self { hasher, nodes, values: SmallVec::new(), slots: vec![NONE; slots] }
    }

    pub(super) fn node(&self, id: u32) -> Option<&Node> {
        self.nodes.get(id as usize)
    }

    pub(super) fn node_mut(&mut self, id: u32) -> Option<&mut Node> {
        self.nodes.get_mut(id as usize)
    }

    /// The child of `parent` with this key, which is made if there is none.
    pub(super) fn child(
        &mut self,
        parent: u32,
        text: &[u8],
        key: Span,
        index: Option<u32>,
    ) -> Result<u32, Error> {
        let name = text.get(key.range()).unwrap_or_default();
        // Never zero, which marks items.
        let hash = self.hasher.hash_one((parent, name)) | 1;
        let mut slot = self.slot(hash);
        while let Some(id) = self.slots.get(slot).copied().filter(|id| *id != NONE) {
            let is_it = self.node(id).is_some_and(|node| {
                node.hash == hash
                    && node.parent == parent
                    && text.get(node.key.range()) == Some(name)
            });
            if is_it {
                return Ok(id);
            }
            slot = (slot + 1) & (self.slots.len() - 1);
        }
        let kind = if index.is_some() { Children::Indexes } else { Children::Names };
        self.expect(parent, kind)?;
        Ok(self.add(hash, parent, key, index, slot))
    }

    /// The object for all of `parent[]`.
    pub(super) fn item(&mut self, parent: u32) -> Result<u32, Error> {
        let is_first = self.expect(parent, Children::Item)?;
        if !is_first && let Some(node) = self.node(parent) {
            return Ok(node.last_child);
        }
        Ok(self.link(Node::new(0, parent, Span::default(), None)))
    }

    /// A node may have values or children, and children of one kind; indexes among names are names. Returns whether these are
    /// its first.
    pub(super) fn expect(&mut self, id: u32, kind: Children) -> Result<bool, Error> {
        let Some(node) = self.node_mut(id) else { return Ok(false) };
        let has_values = node.own.count + node.listed.count > 0;
        let before = node.children;
        node.children = match (before, kind) {
            _ if has_values => return Err(Error::InputMixed),
            (Children::None, kind) => kind,
            (Children::Item, Children::Item) => Children::Item,
            (Children::Item, _) | (_, Children::Item) => return Err(Error::InputMixed),
            (Children::Indexes, Children::Indexes) => Children::Indexes,
            _ => Children::Names,
        };
        Ok(before == Children::None)
    }

    /// Appends a value to the node's own, or to those with `[]`.
    pub(super) fn append(&mut self, id: u32, is_listed: bool, json: Span) {
        let value = self.values.len() as u32;
        self.values.push(Value { json, next: NONE });
        let Some(node) = self.nodes.get_mut(id as usize) else { return };
        node.is_listed_first |= is_listed && node.own.count == 0;
        let list = if is_listed { &mut node.listed } else { &mut node.own };
        match self.values.get_mut(list.last as usize) {
            Some(last) => last.next = value,
            None => list.first = value,
        }
        list.last = value;
        list.count += 1;
    }

    pub(super) fn values(&self, list: Values) -> impl Iterator<Item = Span> + '_ {
        let first = self.values.get(list.first as usize);
        std::iter::successors(first, |value| self.values.get(value.next as usize))
            .map(|one| one.json)
    }

    /// The children of a node, in the order of the form.
    pub(super) fn children(&self, id: u32) -> SmallVec<[u32; 16]> {
        let last = self.node(id).map(|node| node.last_child);
        let previous = |id: &u32| self.node(*id).map(|node| node.previous).filter(|id| *id != NONE);
        let mut ids: SmallVec<[u32; 16]> =
            std::iter::successors(last.filter(|id| *id != NONE), previous).collect();
        ids.reverse();
        ids
    }

    fn add(&mut self, hash: u64, parent: u32, key: Span, index: Option<u32>, slot: usize) -> u32 {
        let id = self.link(Node::new(hash, parent, key, index));
        if let Some(place) = self.slots.get_mut(slot) {
            *place = id;
        }
        if self.nodes.len() * 2 > self.slots.len() {
            self.grow();
        }
        id
    }

    fn link(&mut self, mut node: Node) -> u32 {
        let id = self.nodes.len() as u32;
        if let Some(parent) = self.node_mut(node.parent) {
            node.previous = std::mem::replace(&mut parent.last_child, id);
        }
        self.nodes.push(node);
        id
    }

    fn slot(&self, hash: u64) -> usize {
        hash as usize & (self.slots.len() - 1)
    }

    #[cold]
    fn grow(&mut self) {
        self.slots = vec![NONE; self.slots.len() * 2];
        for id in 1..self.nodes.len() as u32 {
            // Items are found by their parent.
            let Some(hash) = self.node(id).map(|node| node.hash).filter(|hash| *hash != 0) else {
                continue;
            };
            let mut slot = self.slot(hash);
            while self.slots.get(slot).is_some_and(|id| *id != NONE) {
                slot = (slot + 1) & (self.slots.len() - 1);
            }
            if let Some(place) = self.slots.get_mut(slot) {
                *place = id;
            }
        }
    }
}
