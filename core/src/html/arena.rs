//! A tree of HTML nodes in one vector: html5ever builds it, and nothing in it is counted or freed one by one.

use html5ever::tendril::StrTendril;
use html5ever::{Attribute, QualName};

/// The place of a node in its [`Arena`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Id(u32);

#[derive(Debug)]
pub(super) enum Data {
    /// The document, and what a template holds.
    Root,
    Element(Element),
    Text(StrTendril),
    /// A comment, or anything else that is never written.
    Other,
}

#[derive(Debug)]
pub(super) struct Element {
    pub name: QualName,
    pub attributes: Vec<Attribute>,
    /// Where a template's content hangs.
    pub content: Option<Id>,
    pub is_integration_point: bool,
}

#[derive(Debug)]
struct Node {
    data: Data,
    depth: u32,
    parent: Option<Id>,
    first: Option<Id>,
    last: Option<Id>,
    before: Option<Id>,
    after: Option<Id>,
}

/// The nodes of one document. Node 0 is the document.
#[derive(Debug)]
pub(super) struct Arena {
    nodes: Vec<Node>,
    deepest: u32,
}

impl Arena {
    pub(super) const DOCUMENT: Id = Id(0);

    pub(super) fn new(capacity: usize) -> Self {
        let mut arena = Self { nodes: Vec::with_capacity(capacity), deepest: 0 };
        arena.add(Data::Root);
        arena
    }

    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// How deep the deepest node has been.
    pub(super) fn deepest(&self) -> u32 {
        self.deepest
    }

    pub(super) fn add(&mut self, data: Data) -> Id {
        // The number of nodes is bounded far below 2^32: see `parse`.
        let id = Id(u32::try_from(self.nodes.len()).unwrap_or(u32::MAX));
        self.nodes.push(Node {
            data,
            depth: 0,
            parent: None,
            first: None,
            last: None,
            before: None,
            after: None,
        });
        id
    }

    pub(super) fn data(&self, id: Id) -> &Data {
        self.get(id).map_or(&Data::Other, |node| &node.data)
    }

    pub(super) fn element(&self, id: Id) -> Option<&Element> {
        match self.data(id) {
            Data::Element(element) => Some(element),
            _ => None,
        }
    }

    pub(super) fn text_mut(&mut self, id: Id) -> Option<&mut StrTendril> {
        match self.get_mut(id).map(|node| &mut node.data) {
            Some(Data::Text(text)) => Some(text),
            _ => None,
        }
    }

    pub(super) fn parent(&self, id: Id) -> Option<Id> {
        self.get(id)?.parent
    }

    pub(super) fn first(&self, id: Id) -> Option<Id> {
        self.get(id)?.first
    }

    pub(super) fn last(&self, id: Id) -> Option<Id> {
        self.get(id)?.last
    }

    pub(super) fn before(&self, id: Id) -> Option<Id> {
        self.get(id)?.before
    }

    pub(super) fn after(&self, id: Id) -> Option<Id> {
        self.get(id)?.after
    }

    pub(super) fn append(&mut self, parent: Id, child: Id) {
        let last = self.last(parent);
        self.link(child, parent, last, None);
    }

    pub(super) fn insert_before(&mut self, sibling: Id, child: Id) {
        let Some(parent) = self.parent(sibling) else { return };
        let before = self.before(sibling);
        self.link(child, parent, before, Some(sibling));
    }

    fn link(&mut self, child: Id, parent: Id, before: Option<Id>, after: Option<Id>) {
        self.detach(child);
        let depth = self.get(parent).map_or(0, |node| node.depth) + 1;
        self.deepest = self.deepest.max(depth);
        if let Some(node) = self.get_mut(child) {
            node.depth = depth;
            (node.parent, node.before, node.after) = (Some(parent), before, after);
        }
        match before.and_then(|id| self.get_mut(id)) {
            Some(node) => node.after = Some(child),
            None => self.set_first(parent, Some(child)),
        }
        match after.and_then(|id| self.get_mut(id)) {
            Some(node) => node.before = Some(child),
            None => self.set_last(parent, Some(child)),
        }
    }

    pub(super) fn detach(&mut self, child: Id) {
        let Some(node) = self.get_mut(child) else { return };
        let Some(parent) = node.parent.take() else { return };
        let (before, after) = (node.before.take(), node.after.take());
        match before.and_then(|id| self.get_mut(id)) {
            Some(node) => node.after = after,
            None => self.set_first(parent, after),
        }
        match after.and_then(|id| self.get_mut(id)) {
            Some(node) => node.before = before,
            None => self.set_last(parent, before),
        }
    }

    /// Moves the children of a node behind those of another.
    pub(super) fn move_children(&mut self, from: Id, to: Id) {
        while let Some(child) = self.first(from) {
            self.append(to, child);
        }
    }

    fn set_first(&mut self, parent: Id, child: Option<Id>) {
        if let Some(node) = self.get_mut(parent) {
            node.first = child;
        }
    }

    fn set_last(&mut self, parent: Id, child: Option<Id>) {
        if let Some(node) = self.get_mut(parent) {
            node.last = child;
        }
    }

    fn get(&self, Id(at): Id) -> Option<&Node> {
        self.nodes.get(at as usize)
    }

    fn get_mut(&mut self, Id(at): Id) -> Option<&mut Node> {
        self.nodes.get_mut(at as usize)
    }
}
