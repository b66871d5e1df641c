//! Parses a fragment with html5ever, within bounds that keep the time linear.
//!
//! html5ever keeps a stack of open elements and a list of formatting elements, and searches both for many tags. How deep the tree
//! is, how many nodes it has and how many elements were looked at is compared with bounds after each slice of the text.

use html5ever::driver::{ParseOpts, parse_fragment};
use html5ever::tendril::{StrTendril, TendrilSink as _};
use html5ever::{QualName, local_name, ns};

use super::arena::{Arena, Id};
use super::sink::{Cost, Sink};
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

/// The tree of a fragment, and the node whose children it is.
///
/// # Errors
/// `ERR_HTML_COMPLEX` where the tree becomes too deep or too large, or a tag has too many attributes.
pub(super) fn parse(html: &str) -> Result<(Arena, Option<Id>), Error> {
    if !tags::are_short(html.as_bytes()) {
        return Err(Error::HtmlComplex);
    }
    let context = QualName::new(None, ns!(html), local_name!("div"));
    let sink = Sink::new(16 + html.len() / 16);
    let mut parser = parse_fragment(sink, ParseOpts::default(), context, Vec::new(), true);
    let text = StrTendril::from_slice(html);
    for (start, end) in slices(html) {
        parser.process(text.subtendril(start, end - start));
        if is_complex(parser.tokenizer.sink.sink.cost(), html.len()) {
            return Err(Error::HtmlComplex);
        }
    }
    let arena = parser.finish();
    let root = arena.first(Arena::DOCUMENT);
    Ok((arena, root))
}

fn is_complex(cost: Cost, bytes: usize) -> bool {
    cost.depth > DEEPEST
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
