//! One key of a form, and what is known below it.

use std::ops::Range;

/// No node, no value.
pub(super) const NONE: u32 = u32::MAX;

/// Bytes of the reader's text. Bodies are shorter than 2^32 bytes.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Span {
    start: u32,
    end: u32,
}

impl Span {
    pub(super) const fn new(start: usize, end: usize) -> Self {
        Self { start: start as u32, end: end as u32 }
    }

    pub(super) const fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// What may stand between two names: one key, and what is known below it.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) hash: u64,
    pub(super) parent: u32,
    pub(super) key: Span,
    /// The key as an index of an array, if it is one.
    pub(super) index: Option<u32>,
    /// The children are a list of which each knows the one before it.
    pub(super) last_child: u32,
    pub(super) previous: u32,
    /// The values of the name itself, and those of the name with `[]`.
    pub(super) own: Values,
    pub(super) listed: Values,
    /// The first value came with `[]`.
    pub(super) is_listed_first: bool,
    pub(super) children: Children,
}

/// What kinds of keys stand below a node.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Children {
    #[default]
    None,
    /// Indexes alone: an array.
    Indexes,
    /// Names, or names and indexes: an object.
    Names,
    /// One object for all of `[]`: an array of one.
    Item,
}

/// A list of values, in the order of the form.
#[derive(Clone, Copy, Debug)]
pub(super) struct Values {
    pub(super) first: u32,
    pub(super) last: u32,
    pub(super) count: u32,
}

pub(super) const NO_VALUES: Values = Values { first: NONE, last: NONE, count: 0 };

impl Node {
    pub(super) const fn new(hash: u64, parent: u32, key: Span, index: Option<u32>) -> Self {
        Self {
            hash,
            parent,
            key,
            index,
            last_child: NONE,
            previous: NONE,
            own: NO_VALUES,
            listed: NO_VALUES,
            is_listed_first: false,
            children: Children::None,
        }
    }
}
