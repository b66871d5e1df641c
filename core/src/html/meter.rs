//! Measures what formatting tags cost the tree builder.
//!
//! Before it opens a formatting tag, html5ever compares it with every one that is open, and copies and sorts the attributes of
//! those of its name ("Noah's Ark", WHATWG HTML section 13.2.4.3). So 300 open tags of 100 attributes each would make every further one
//! cost 30,000 steps.

use std::cell::{Cell, RefCell};

use html5ever::interface::TreeSink;
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult};
use html5ever::tree_builder::TreeBuilder;
use html5ever::{LocalName, local_name};

use super::sink::Sink;

type Builder = TreeBuilder<<Sink as TreeSink>::Handle, Sink>;

/// Hands tokens on to the tree builder.
pub(super) struct Meter {
    pub builder: Builder,
    /// The formatting tags that are open, at least, and how many attributes each has.
    open: RefCell<Vec<(LocalName, usize)>>,
    /// Of all of them together.
    attributes: Cell<usize>,
    steps: Cell<usize>,
}

impl Meter {
    pub(super) fn new(builder: Builder) -> Self {
        Self { builder, open: RefCell::default(), attributes: Cell::new(0), steps: Cell::new(0) }
    }

    /// Comparisons so far.
    pub(super) fn steps(&self) -> usize {
        self.steps.get()
    }

    fn count(&self, tag: &Tag) {
        if !is_formatting(&tag.name) {
            return;
        }
        let mut open = self.open.borrow_mut();
        // A link ends the one before it.
        let ends = tag.kind == TagKind::EndTag
            || tag.name == local_name!("a")
            || tag.name == local_name!("nobr");
        if ends && let Some(at) = open.iter().rposition(|(name, _)| *name == tag.name) {
            let (_, count) = open.remove(at);
            self.attributes.set(self.attributes.get().saturating_sub(count));
        }
        if tag.kind == TagKind::EndTag {
            return;
        }
        self.steps.set(self.steps.get() + open.len() + self.attributes.get());
        let twins = open.iter().filter(|one| one.0 == tag.name && one.1 == tag.attrs.len()).count();
        // The tree builder keeps at most three that are alike.
        if !tag.attrs.is_empty() || twins < 3 {
            open.push((tag.name.clone(), tag.attrs.len()));
            self.attributes.set(self.attributes.get() + tag.attrs.len());
        }
    }
}

/// Section 13.2.4.2, "formatting".
fn is_formatting(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("a")
            | local_name!("b")
            | local_name!("big")
            | local_name!("code")
            | local_name!("em")
            | local_name!("font")
            | local_name!("i")
            | local_name!("nobr")
            | local_name!("s")
            | local_name!("small")
            | local_name!("strike")
            | local_name!("strong")
            | local_name!("tt")
            | local_name!("u")
    )
}

impl TokenSink for Meter {
    type Handle = <Sink as TreeSink>::Handle;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<Self::Handle> {
        if let Token::TagToken(tag) = &token {
            self.count(tag);
        }
        self.builder.process_token(token, line)
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}
