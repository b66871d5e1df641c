//! Escaping of text for the place where it is put. One file per place.

mod html;
#[cfg(test)]
mod tests;

pub use html::{Html, html};
