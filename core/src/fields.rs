//! What the fields of errors name.

use crate::Text;

/// A field of an error, as far as it names something.
pub(crate) trait Named {
    /// The text, where there is one.
    fn named(&self) -> Option<&str>;
}

impl Named for &'static str {
    fn named(&self) -> Option<&str> {
        Some(self)
    }
}

impl Named for Text {
    fn named(&self) -> Option<&str> {
        Some(self)
    }
}

impl Named for Option<Box<str>> {
    fn named(&self) -> Option<&str> {
        self.as_deref()
    }
}
