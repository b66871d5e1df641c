//! What is kept of a document, in the order in which it is written.

use std::borrow::Cow;

use super::elements::{Kind, Role};
use super::{reference, value};

/// Where a declaration is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Attribute,
    Style,
}

/// An attribute, or a declaration of `style`.
#[derive(Debug)]
pub(super) struct Attribute<'a> {
    pub(super) name: &'static str,
    pub(super) value: Cow<'a, str>,
    pub(super) place: Place,
}

/// An element.
#[derive(Debug)]
pub(super) struct Element<'a> {
    pub(super) kind: Kind,
    pub(super) attributes: Vec<Attribute<'a>>,
}

/// An element or a text.
#[derive(Debug)]
pub(super) enum What<'a> {
    Element(Element<'a>),
    Text(Cow<'a, str>),
}

/// A node; its descendants follow it, up to `end`.
#[derive(Debug)]
pub(super) struct Node<'a> {
    pub(super) what: What<'a>,
    pub(super) parent: usize,
    pub(super) end: usize,
}

/// The nodes in the order of the document, the root first.
pub(super) type Tree<'a> = Vec<Node<'a>>;

impl<'a> Node<'a> {
    pub(super) const fn element(&self) -> Option<&Element<'a>> {
        match &self.what {
            What::Element(element) => Some(element),
            What::Text(_) => None,
        }
    }

    pub(super) const fn element_mut(&mut self) -> Option<&mut Element<'a>> {
        match &mut self.what {
            What::Element(element) => Some(element),
            What::Text(_) => None,
        }
    }
}

impl Element<'_> {
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let found = |one: &&Attribute<'_>| one.place == Place::Attribute && one.name == name;
        self.attributes.iter().find(found).map(|one| &*one.value)
    }

    /// The ids of the elements that are drawn because of an attribute. What a link leads to, and what an animation changes,
    /// is not drawn once more.
    pub(super) fn drawn_by<'s>(
        &'s self,
        attribute: &'s Attribute<'_>,
    ) -> impl Iterator<Item = &'s str> {
        let is_href = matches!(attribute.name, "href" | "xlink:href");
        let draws = !matches!(self.kind.role, Role::Link | Role::Animation);
        let target = if is_href && draws { reference::local(&attribute.value) } else { None };
        let css = if is_href { "" } else { &*attribute.value };
        target.into_iter().chain(value::references(css))
    }
}
