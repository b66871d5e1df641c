//! What html5ever's tree builder does to an [`Arena`].

use std::borrow::Cow;
use std::cell::{Cell, RefCell};

use html5ever::interface::{ElemName, ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::{Attribute, LocalName, Namespace, QualName};

use super::arena::{Arena, Data, Element, Id};

/// An owned name: names are short, and most are numbers inside.
#[derive(Debug)]
pub(super) struct Name {
    namespace: Namespace,
    local: LocalName,
}

impl ElemName for Name {
    fn ns(&self) -> &Namespace {
        &self.namespace
    }

    fn local_name(&self) -> &LocalName {
        &self.local
    }
}

pub(super) struct Sink {
    arena: RefCell<Arena>,
    /// How many open elements html5ever has looked at.
    looks: Cell<usize>,
    value_bytes: Cell<usize>,
}

/// What a document has cost so far.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cost {
    pub nodes: usize,
    /// How deep the deepest node has been.
    pub depth: u32,
    pub looks: usize,
    /// Of the attributes of all elements, with two bytes for each name.
    pub value_bytes: usize,
}

impl Sink {
    pub(super) fn new(capacity: usize) -> Self {
        Self {
            arena: RefCell::new(Arena::new(capacity)),
            looks: Cell::new(0),
            value_bytes: Cell::new(0),
        }
    }

    pub(super) fn cost(&self) -> Cost {
        let arena = self.arena.borrow();
        Cost {
            nodes: arena.len(),
            depth: arena.deepest(),
            looks: self.looks.get(),
            value_bytes: self.value_bytes.get(),
        }
    }

    #[inline]
    fn look(&self) {
        self.looks.set(self.looks.get() + 1);
    }

    fn is_in_tree(&self, id: Id) -> bool {
        self.arena.borrow().parent(id).is_some()
    }
}

/// Text joins the text before it, as in a browser.
fn append(arena: &mut Arena, parent: Id, child: NodeOrText<Id>) {
    let text = match child {
        NodeOrText::AppendNode(node) => return arena.append(parent, node),
        NodeOrText::AppendText(text) => text,
    };
    if let Some(before) = arena.last(parent).and_then(|last| arena.text_mut(last)) {
        return before.push_tendril(&text);
    }
    let node = arena.add(Data::Text(text));
    arena.append(parent, node);
}

impl TreeSink for Sink {
    type Handle = Id;
    type Output = Arena;
    type ElemName<'a> = Name;

    fn finish(self) -> Arena {
        self.arena.into_inner()
    }

    fn parse_error(&self, _message: Cow<'static, str>) {}

    fn get_document(&self) -> Id {
        Arena::DOCUMENT
    }

    fn elem_name(&self, target: &Id) -> Name {
        self.look();
        let arena = self.arena.borrow();
        let (namespace, local) = arena
            .element(*target)
            .map(|one| (one.name.ns.clone(), one.name.local.clone()))
            .unwrap_or_default();
        Name { namespace, local }
    }

    fn create_element(
        &self,
        name: QualName,
        attributes: Vec<Attribute>,
        flags: ElementFlags,
    ) -> Id {
        let bytes: usize = attributes.iter().map(|one| one.value.len() + 2).sum();
        self.value_bytes.set(self.value_bytes.get() + bytes);
        let mut arena = self.arena.borrow_mut();
        let content = flags.template.then(|| arena.add(Data::Root));
        let is_integration_point = flags.mathml_annotation_xml_integration_point;
        arena.add(Data::Element(Element { name, attributes, content, is_integration_point }))
    }

    fn create_comment(&self, _text: StrTendril) -> Id {
        self.arena.borrow_mut().add(Data::Other)
    }

    fn create_pi(&self, _target: StrTendril, _data: StrTendril) -> Id {
        self.arena.borrow_mut().add(Data::Other)
    }

    fn append(&self, parent: &Id, child: NodeOrText<Id>) {
        append(&mut self.arena.borrow_mut(), *parent, child);
    }

    fn append_based_on_parent_node(&self, element: &Id, before: &Id, child: NodeOrText<Id>) {
        if self.is_in_tree(*element) {
            self.append_before_sibling(element, child);
        } else {
            self.append(before, child);
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &Id) -> Id {
        let content = self.arena.borrow().element(*target).and_then(|element| element.content);
        content.unwrap_or(*target)
    }

    fn same_node(&self, x: &Id, y: &Id) -> bool {
        self.look();
        x == y
    }

    fn set_quirks_mode(&self, _mode: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Id, child: NodeOrText<Id>) {
        let mut arena = self.arena.borrow_mut();
        let text = match child {
            NodeOrText::AppendNode(node) => return arena.insert_before(*sibling, node),
            NodeOrText::AppendText(text) => text,
        };
        if let Some(before) = arena.before(*sibling).and_then(|before| arena.text_mut(before)) {
            return before.push_tendril(&text);
        }
        let node = arena.add(Data::Text(text));
        arena.insert_before(*sibling, node);
    }

    /// Only of `html` and `body`, whose tags are never written.
    fn add_attrs_if_missing(&self, _target: &Id, _attributes: Vec<Attribute>) {}

    fn remove_from_parent(&self, target: &Id) {
        self.arena.borrow_mut().detach(*target);
    }

    fn reparent_children(&self, node: &Id, parent: &Id) {
        self.arena.borrow_mut().move_children(*node, *parent);
    }

    fn is_mathml_annotation_xml_integration_point(&self, target: &Id) -> bool {
        self.arena.borrow().element(*target).is_some_and(|element| element.is_integration_point)
    }
}
