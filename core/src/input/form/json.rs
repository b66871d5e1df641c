//! Writes the object that a form describes.

use super::decode::escape;
use super::node::{Children, Node, Span};
use super::tree::{ROOT, Tree};

pub(super) struct Writer<'r> {
    pub(super) tree: &'r Tree<'r>,
    pub(super) text: &'r [u8],
    pub(super) json: &'r mut Vec<u8>,
}

impl Writer<'_> {
    /// The whole form.
    pub(super) fn form(mut self) {
        self.json.reserve(self.text.len() + self.text.len() / 2);
        self.object(ROOT);
    }

    /// As deep as a name has brackets, which the policy bounds.
    fn value(&mut self, id: u32) {
        let Some(node) = self.tree.node(id) else { return };
        match node.children {
            Children::None => self.values(node),
            Children::Names => self.object(id),
            Children::Indexes => self.array(id),
            Children::Item => {
                self.json.push(b'[');
                self.tree.children(id).iter().for_each(|item| self.object(*item));
                self.json.push(b']');
            }
        }
    }

    fn object(&mut self, id: u32) {
        self.json.push(b'{');
        for child in self.tree.children(id) {
            let key = self.tree.node(child).map(|node| node.key).unwrap_or_default();
            self.json.push(b'"');
            escape(self.text.get(key.range()).unwrap_or_default(), self.json);
            self.json.extend_from_slice(b"\":");
            self.value(child);
            self.json.push(b',');
        }
        self.close(b'{', b'}');
    }

    /// In the order of the indexes, without holes, as qs compacts it.
    fn array(&mut self, id: u32) {
        let mut children = self.tree.children(id);
        children.sort_unstable_by_key(|child| self.tree.node(*child).and_then(|node| node.index));
        self.json.push(b'[');
        for child in children {
            self.value(child);
            self.json.push(b',');
        }
        self.close(b'[', b']');
    }

    fn values(&mut self, node: &Node) {
        let mut own: Vec<Span>;
        if node.listed.count == 0 && node.own.count == 1 {
            return self.tree.values(node.own).for_each(|value| self.string(value));
        }
        own = self.tree.values(node.own).collect();
        if node.is_listed_first && own.len() == 1 {
            // As qs: an empty value is not added to an array.
            own.retain(|value| value.range().len() > 2);
        }
        let listed = self.tree.values(node.listed);
        self.json.push(b'[');
        if node.is_listed_first {
            listed.chain(own).for_each(|value| self.element(value));
        } else {
            own.into_iter().chain(listed).for_each(|value| self.element(value));
        }
        self.close(b'[', b']');
    }

    fn element(&mut self, value: Span) {
        self.string(value);
        self.json.push(b',');
    }

    fn string(&mut self, value: Span) {
        self.json.extend_from_slice(self.text.get(value.range()).unwrap_or_default());
    }

    /// Ends what `open` began; a comma before the end goes.
    fn close(&mut self, open: u8, end: u8) {
        match self.json.last_mut() {
            Some(last) if *last != open => *last = end,
            _ => self.json.push(end),
        }
    }
}
