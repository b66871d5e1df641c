//! What a sanitizer removed. It never holds a value or a text.

use html5ever::LocalName;

/// Most entries of a report.
const MOST: usize = 100;
/// Bytes of a name: an attacker chooses its length.
const LONGEST: usize = 64;

/// Why a tag was removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The policy does not list the tag.
    NotListed,
    /// The tag is one that is removed with its content.
    Content,
    /// The URL of a frame is not one that may be shown.
    Url,
    /// More tags are open than `maxDepth`.
    Depth,
    /// A parser would put the tag in another place.
    Nesting,
    /// The policy does not keep the attribute, or not this value of it.
    Attribute,
}

impl Reason {
    /// The word that JavaScript sees.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::NotListed => "not-listed",
            Self::Content => "content",
            Self::Url => "url",
            Self::Depth => "depth",
            Self::Nesting => "nesting",
            Self::Attribute => "attribute",
        }
    }
}

/// A tag or an attribute that was removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Removed {
    /// The tag, or that of the attribute.
    pub tag: String,
    /// The attribute, if it is one.
    pub attribute: Option<String>,
    /// Why.
    pub reason: Reason,
}

/// Is told of what is removed.
pub(super) trait Report {
    fn tag(&mut self, tag: &str, reason: Reason);
    fn attribute(&mut self, tag: &LocalName, name: &LocalName);
}

impl Report for () {
    #[inline]
    fn tag(&mut self, _: &str, _: Reason) {}

    #[inline]
    fn attribute(&mut self, _: &LocalName, _: &LocalName) {}
}

impl Report for Vec<Removed> {
    fn tag(&mut self, tag: &str, reason: Reason) {
        if self.len() < MOST {
            self.push(Removed { tag: short(tag), attribute: None, reason });
        }
    }

    fn attribute(&mut self, tag: &LocalName, name: &LocalName) {
        if self.len() < MOST {
            self.push(Removed {
                tag: short(tag),
                attribute: Some(short(name)),
                reason: Reason::Attribute,
            });
        }
    }
}

fn short(name: &str) -> String {
    let mut end = name.len().min(LONGEST);
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    name.get(..end).unwrap_or_default().to_owned()
}
