//! What was removed, without any value: names alone, shortened, each with how often it was removed.

use std::collections::HashMap;

/// The most entries of a report; whatever else is removed is not listed.
const MAX_ENTRIES: usize = 200;
const MAX_NAME_CHARS: usize = 64;

/// What kind of thing was removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Removal {
    /// An element, with everything in it.
    Element,
    /// An attribute.
    Attribute,
    /// A property of `style`, or of a rule of a stylesheet.
    Property,
    /// A DOCTYPE, a processing instruction, or a rule of a stylesheet.
    Markup,
}

impl Removal {
    /// As JavaScript reads it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Element => "element",
            Self::Attribute => "attribute",
            Self::Property => "property",
            Self::Markup => "markup",
        }
    }
}

/// One line of a report.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Removed {
    /// What kind of thing it was.
    pub removal: Removal,
    /// Its name.
    pub name: String,
    /// The element that had the attribute or the property; empty for others.
    pub element: String,
}

/// A report that is being made, or nothing if nobody asked for one.
#[derive(Debug, Default)]
pub(super) struct Report {
    is_wanted: bool,
    places: HashMap<Removed, usize>,
    entries: Vec<(Removed, usize)>,
}

impl Report {
    pub(super) fn wanted(is_wanted: bool) -> Self {
        Self { is_wanted, ..Self::default() }
    }

    pub(super) fn element(&mut self, name: &str) {
        self.add(Removal::Element, name, "");
    }

    pub(super) fn attribute(&mut self, element: &str, name: &str) {
        self.add(Removal::Attribute, name, element);
    }

    pub(super) fn property(&mut self, element: &str, name: &str) {
        self.add(Removal::Property, name, element);
    }

    pub(super) fn markup(&mut self, name: &str) {
        self.add(Removal::Markup, name, "");
    }

    fn add(&mut self, removal: Removal, name: &str, element: &str) {
        if !self.is_wanted {
            return;
        }
        let removed = Removed { removal, name: shortened(name), element: shortened(element) };
        if let Some((_, count)) =
            self.places.get(&removed).and_then(|place| self.entries.get_mut(*place))
        {
            *count += 1;
        } else if self.entries.len() < MAX_ENTRIES {
            self.places.insert(removed.clone(), self.entries.len());
            self.entries.push((removed, 1));
        }
    }

    /// In the order of first removal, each with its count.
    pub(super) fn finish(self) -> Vec<(Removed, usize)> {
        self.entries
    }
}

fn shortened(name: &str) -> String {
    name.chars().take(MAX_NAME_CHARS).collect()
}
