//! One cheap scan of the tags, before they are parsed: how many there are, how deep they are nested, and how many
//! attributes each has.
//!
//! The parser compares each attribute of an element with all others, and copies the namespaces in scope to each element
//! that declares one. Both are quadratic, so both numbers are bounded here.

use memchr::{memchr, memchr3, memmem};

use super::policy::Policy;
use crate::Error;

/// The most namespace declarations in scope at one place; editors write a dozen on the root.
const MAX_NAMESPACES: usize = 64;
/// The most namespace declarations of a document.
const MAX_DECLARATIONS: usize = 20_000;

struct Open {
    namespaces: usize,
}

/// Checks the bounds of `policy`. What is not well-formed is found by the parser, and may pass here.
pub(super) fn check(text: &str, policy: &Policy) -> Result<(), Error> {
    let mut scan = Scan { policy, open: Vec::new(), elements: 0, declarations: 0 };
    let mut rest = text.as_bytes();
    while let Some(start) = memchr(b'<', rest) {
        let tag = rest.get(start + 1..).unwrap_or_default();
        rest = scan.tag(tag)?;
    }
    Ok(())
}

struct Scan<'a> {
    policy: &'a Policy,
    open: Vec<Open>,
    elements: usize,
    declarations: usize,
}

impl Scan<'_> {
    /// `tag`: what follows a `<`. Returns what follows the tag.
    fn tag<'a>(&mut self, tag: &'a [u8]) -> Result<&'a [u8], Error> {
        match tag {
            [b'!', b'-', b'-', inside @ ..] => Ok(after(inside, b"-->")),
            [b'!', b'[', inside @ ..] => Ok(after(inside, b"]]>")),
            [b'!', ..] => Err(Error::SvgDoctype),
            [b'?', inside @ ..] => Ok(after(inside, b"?>")),
            [b'/', inside @ ..] => {
                self.open.pop();
                Ok(after(inside, b">"))
            }
            _ => self.start(tag),
        }
    }

    fn start<'a>(&mut self, tag: &'a [u8]) -> Result<&'a [u8], Error> {
        self.elements += 1;
        if self.elements > self.policy.max_elements {
            return Err(Error::SvgElements);
        }
        let Tag { attributes, namespaces, is_empty, rest } = Tag::read(tag);
        self.declarations += namespaces;
        let in_scope = namespaces + self.open.last().map_or(0, |open| open.namespaces);
        if attributes > self.policy.max_attributes
            || in_scope > MAX_NAMESPACES
            || self.declarations > MAX_DECLARATIONS
        {
            return Err(Error::SvgAttributes);
        }
        if self.open.len() >= self.policy.max_depth {
            return Err(Error::SvgDepth);
        }
        if !is_empty {
            self.open.push(Open { namespaces: in_scope });
        }
        Ok(rest)
    }
}

/// The outline of a start tag.
struct Tag<'a> {
    attributes: usize,
    namespaces: usize,
    is_empty: bool,
    rest: &'a [u8],
}

impl<'a> Tag<'a> {
    /// Values are in quotes and may contain `>`; nothing else of a well-formed tag can.
    fn read(tag: &'a [u8]) -> Self {
        let (mut attributes, mut namespaces, mut rest) = (0, 0, tag);
        while let Some(at) = memchr3(b'"', b'\'', b'>', rest) {
            let (before, found) = rest.split_at(at);
            let (Some(quote), inside) = (found.first(), found.get(1..).unwrap_or_default()) else {
                break;
            };
            if *quote == b'>' {
                return Self {
                    attributes,
                    namespaces,
                    is_empty: before.ends_with(b"/"),
                    rest: inside,
                };
            }
            attributes += 1;
            namespaces += usize::from(declares_namespace(before));
            let Some(end) = memchr(*quote, inside) else { break };
            rest = inside.get(end + 1..).unwrap_or_default();
        }
        Self { attributes, namespaces, is_empty: true, rest: &[] }
    }
}

/// `before`: what stands between the last value and this one, such as ` xmlns:a = `.
fn declares_namespace(before: &[u8]) -> bool {
    let name = before.trim_ascii_end().strip_suffix(b"=").unwrap_or(before).trim_ascii_end();
    name.rsplit(u8::is_ascii_whitespace).next().is_some_and(|name| name.starts_with(b"xmlns"))
}

fn after<'a>(text: &'a [u8], end: &[u8]) -> &'a [u8] {
    memmem::find(text, end).and_then(|at| text.get(at + end.len()..)).unwrap_or_default()
}
