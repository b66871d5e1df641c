//! Parses a fragment with html5ever, within bounds that keep the time linear.
//!
//! html5ever keeps a stack of open elements and a list of formatting elements, and searches both for many tags. How deep the tree
//! is, how many nodes it has and how many elements were looked at is compared with bounds after each slice of the text.

use html5ever::interface::{TreeSink as _, create_element};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, Tokenizer, TokenizerOpts};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use html5ever::{QualName, TokenizerResult, local_name, ns};

use super::arena::{Arena, Id};
use super::meter::Meter;
use super::sink::Sink;
use super::tags;
use crate::Error;

/// In bytes. While a slice is read, each of its tags may add as many nodes as elements are open.
const SLICE: usize = 2_048;
/// Elements inside each other. Browsers flatten what is deeper than 512.
const DEEPEST: u32 = 1_024;
/// An ordinary document has a node for every ten bytes; formatting that is opened again in each paragraph makes more.
const MOST_NODES_PER_BYTE: usize = 2;
const FEWEST_NODES: usize = 10_000;
/// An ordinary document looks at an element for every byte or two. The search for a `p` to close below 1,000 others looks at all.
const MOST_LOOKS_PER_BYTE: usize = 24;
const FEWEST_LOOKS: usize = 500_000;

/// A value is written once for each copy of its tag: an ordinary document has no copies.
const MOST_VALUE_BYTES_PER_BYTE: usize = 4;
const FEWEST_VALUE_BYTES: usize = 64 * 1024;
/// An ordinary document has a dozen formatting tags open, with a few attributes.
const MOST_STEPS_PER_BYTE: usize = 64;
const FEWEST_STEPS: usize = 2_000_000;

/// The tree of a fragment, and the node whose children it is.
///
/// # Errors
/// `ERR_HTML_COMPLEX` where the tree becomes too deep or too large, or a tag has too many attributes.
pub(super) fn parse(html: &str) -> Result<(Arena, Option<Id>), Error> {
    if !tags::are_short(html.as_bytes()) {
        return Err(Error::HtmlComplex);
    }
    let tokenizer = tokenizer_of(html);
    let (text, queue) = (StrTendril::from_slice(html), BufferQueue::default());
    for (start, end) in slices(html) {
        queue.push_back(text.subtendril(start, end - start));
        while !matches!(tokenizer.feed(&queue), TokenizerResult::Done) {}
        if is_complex(&tokenizer.sink, html.len()) {
            return Err(Error::HtmlComplex);
        }
    }
    tokenizer.end();
    let arena = tokenizer.sink.builder.sink.finish();
    let root = arena.first(Arena::DOCUMENT);
    Ok((arena, root))
}

/// Reads a fragment as the content of a `div` (WHATWG HTML section 13.4).
fn tokenizer_of(html: &str) -> Tokenizer<Meter> {
    let sink = Sink::new(16 + html.len() / 16);
    let name = QualName::new(None, ns!(html), local_name!("div"));
    let context = create_element(&sink, name, Vec::new());
    let builder = TreeBuilder::new_for_fragment(sink, context, None, TreeBuilderOpts::default());
    let initial_state = Some(builder.tokenizer_state_for_context_elem(true));
    Tokenizer::new(Meter::new(builder), TokenizerOpts { initial_state, ..TokenizerOpts::default() })
}

fn is_complex(meter: &Meter, bytes: usize) -> bool {
    let cost = meter.builder.sink.cost();
    meter.steps() > FEWEST_STEPS + MOST_STEPS_PER_BYTE * bytes
        || cost.value_bytes > FEWEST_VALUE_BYTES + MOST_VALUE_BYTES_PER_BYTE * bytes
        || cost.depth > DEEPEST
        || cost.nodes > FEWEST_NODES + MOST_NODES_PER_BYTE * bytes
        || cost.looks > FEWEST_LOOKS + MOST_LOOKS_PER_BYTE * bytes
}

/// The bounds of slices, each at the start of a character.
fn slices(html: &str) -> impl Iterator<Item = (u32, u32)> {
    let mut start = 0;
    std::iter::from_fn(move || {
        let mut end = (start + SLICE).min(html.len());
        while !html.is_char_boundary(end) {
            end += 1;
        }
        let slice = (u32::try_from(start).ok()?, u32::try_from(end).ok()?);
        start = end;
        (slice.0 < slice.1).then_some(slice)
    })
}
