//! What a sanitizer allows, and the bounds of its options.

use std::ops::RangeInclusive;

use crate::Error;

pub(crate) const MAX_BYTES: RangeInclusive<usize> = 1..=16 * 1024 * 1024;
pub(crate) const MAX_ELEMENTS: RangeInclusive<usize> = 1..=200_000;
/// Chromium and WebKit stop nesting at 512 elements when they parse HTML.
pub(crate) const MAX_DEPTH: RangeInclusive<usize> = 1..=256;
pub(crate) const MAX_ATTRIBUTES: RangeInclusive<usize> = 1..=256;
pub(crate) const MAX_DRAWN: RangeInclusive<usize> = 1..=2_000_000;

/// The options of a [`super::Sanitizer`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// The longest input in bytes of UTF-8.
    pub max_bytes: usize,
    /// The most elements, those that are dropped included.
    pub max_elements: usize,
    /// The most elements inside each other.
    pub max_depth: usize,
    /// The most attributes of one element, namespace declarations included.
    pub max_attributes: usize,
    /// The most elements that are drawn once every reference is followed.
    pub max_drawn: usize,
    /// Whether `<image>` keeps a PNG, JPEG, WebP or GIF in a `data:` URL.
    pub data_images: bool,
    /// Whether the elements that animate are kept.
    pub animations: bool,
    /// What every id and every reference to one begins with.
    pub id_prefix: Box<str>,
}

impl Policy {
    /// The defaults. Drawings of 1 MiB are rare, and maps of charts have some ten thousand paths.
    pub const MAX_BYTES: usize = 1024 * 1024;
    /// See [`Self::MAX_BYTES`].
    pub const MAX_ELEMENTS: usize = 20_000;
    /// Editors nest a dozen groups; 64 leaves room.
    pub const MAX_DEPTH: usize = 64;
    /// An element of Inkscape has some twenty attributes.
    pub const MAX_ATTRIBUTES: usize = 64;
    /// Five times as many as there may be elements.
    pub const MAX_DRAWN: usize = 100_000;

    pub(super) fn validate(&self) -> Result<(), Error> {
        within("maxBytes", self.max_bytes, MAX_BYTES)?;
        within("maxElements", self.max_elements, MAX_ELEMENTS)?;
        within("maxDepth", self.max_depth, MAX_DEPTH)?;
        within("maxAttributes", self.max_attributes, MAX_ATTRIBUTES)?;
        within("maxDrawn", self.max_drawn, MAX_DRAWN)?;
        let is_name = self.id_prefix.len() <= 64 && super::reference::is_id(&self.id_prefix);
        if is_name || self.id_prefix.is_empty() {
            return Ok(());
        }
        Err(Error::SvgOption {
            option: "idPrefix",
            reason: "must be 1 to 64 letters, digits, \"-\", \"_\", \".\" or \":\"".into(),
        })
    }
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            max_bytes: Self::MAX_BYTES,
            max_elements: Self::MAX_ELEMENTS,
            max_depth: Self::MAX_DEPTH,
            max_attributes: Self::MAX_ATTRIBUTES,
            max_drawn: Self::MAX_DRAWN,
            data_images: true,
            animations: true,
            id_prefix: "".into(),
        }
    }
}

fn within(option: &'static str, value: usize, bounds: RangeInclusive<usize>) -> Result<(), Error> {
    if bounds.contains(&value) {
        return Ok(());
    }
    let reason = format!("must be from {} to {}", bounds.start(), bounds.end());
    Err(Error::SvgOptionRange { option, reason: reason.into() })
}
