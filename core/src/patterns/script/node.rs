//! What a pattern says, as far as it decides whether a text matches: captures and laziness do not.

use super::ranges::Ranges;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Node {
    /// One unit or code point.
    One(Class),
    /// `^`
    Start,
    /// `$`
    End,
    /// `\b`
    Boundary,
    /// One after the other; empty matches the empty text.
    Sequence(Vec<Node>),
    /// `|`
    Either(Vec<Node>),
    /// A quantifier; without `max` it has no end.
    Repeat { node: Box<Node>, min: u32, max: Option<u32> },
}

/// What one character may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Class {
    /// The characters, or those that are excluded.
    pub ranges: Ranges,
    pub is_negated: bool,
    /// Whether the engine folds the case of `ranges`: only with the flags `i` and `u`, where both fold alike.
    pub is_folded: bool,
}
