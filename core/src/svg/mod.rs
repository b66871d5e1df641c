//! SVG of strangers, made safe to serve as a picture, to open as a page, and to put into a page.
//!
//! Order: size, encoding (UTF-8 alone), what stands before the root, number and depth of elements and attributes,
//! well-formedness and namespaces (`roxmltree`), the root. Then a tree is built from lists of what is allowed:
//! [`elements`], [`attributes`], [`value`], [`reference`]. References in a circle are removed and the size of what is drawn is
//! bounded ([`graph`]); then the tree is written anew. Nothing of the input's own markup is copied.
//!
//! What is written is a fixpoint: sanitizing it again returns it unchanged.
//!
//! # Security
//! Without a prefix for ids, the ids of a picture that is inlined into a page can hide global variables of that page. A picture that
//! is inlined can draw outside its own box unless the page clips it.

mod attributes;
mod build;
mod circles;
mod elements;
mod graph;
mod policy;
mod prolog;
mod reference;
mod report;
mod shape;
mod sheet;
mod tree;
mod value;
mod write;

#[cfg(test)]
mod tests;

use roxmltree::{Document, ParsingOptions};

use crate::Error;
use attributes::Attributes;
use build::{Builder, is_svg};
pub use policy::Policy;
pub(crate) use policy::{MAX_ATTRIBUTES, MAX_BYTES, MAX_DEPTH, MAX_DRAWN, MAX_ELEMENTS};
use report::Report;
pub use report::{Removal, Removed};
use sheet::Sheet;

/// A prepared policy.
#[derive(Debug)]
pub struct Sanitizer {
    policy: Policy,
    attributes: Attributes,
}

/// A safe picture, and what is missing in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sanitized {
    /// The picture.
    pub svg: String,
    /// What was removed, each with how often, in the order of first removal.
    pub removed: Vec<(Removed, usize)>,
}

impl Sanitizer {
    /// Prepares a policy.
    ///
    /// # Errors
    /// `ERR_SVG_OPTION` or `ERR_SVG_OPTION_RANGE` for an option that is wrong or outside its bounds.
    pub fn new(policy: Policy) -> Result<Self, Error> {
        policy.validate()?;
        Ok(Self { policy, attributes: Attributes::new() })
    }

    /// The most bytes of an input.
    #[must_use]
    pub const fn max_bytes(&self) -> usize {
        self.policy.max_bytes
    }

    /// Returns the safe form of a picture.
    ///
    /// # Errors
    /// - `ERR_SVG_TOO_LARGE`: more than `max_bytes`
    /// - `ERR_SVG_ENCODING`: not UTF-8, or it declares another encoding
    /// - `ERR_SVG_DOCTYPE`: a DOCTYPE with declarations
    /// - `ERR_SVG_ELEMENTS`, `_DEPTH`, `_ATTRIBUTES`: over a bound of the policy
    /// - `ERR_SVG_SYNTAX`: not well-formed XML, or an attribute stands twice
    /// - `ERR_SVG_ROOT`: the root is not `svg`
    /// - `ERR_SVG_EXPANSION`: references or stylesheets expand to more than `max_drawn` elements
    pub fn sanitize(&self, svg: &[u8]) -> Result<String, Error> {
        self.run(svg, &mut Report::wanted(false))
    }

    /// As [`Self::sanitize`], and says what was removed.
    ///
    /// # Errors
    /// Those of [`Self::sanitize`].
    pub fn report(&self, svg: &[u8]) -> Result<Sanitized, Error> {
        let mut report = Report::wanted(true);
        let svg = self.run(svg, &mut report)?;
        Ok(Sanitized { svg, removed: report.finish() })
    }

    fn run(&self, svg: &[u8], report: &mut Report) -> Result<String, Error> {
        if svg.len() > self.policy.max_bytes {
            return Err(Error::SvgTooLarge);
        }
        let text = prolog::skip(prolog::decode(svg)?, report)?;
        shape::check(text, &self.policy)?;
        let document = parse(text)?;
        let root = document.root_element();
        if root.tag_name().name() != "svg" || !is_svg(root) {
            return Err(Error::SvgRoot);
        }
        let styles = styles(&document);
        let sheet = Sheet::parse(&styles, report);
        let mut builder = Builder {
            policy: &self.policy,
            attributes: &self.attributes,
            sheet: &sheet,
            report,
            tree: Vec::new(),
            inlined: 0,
        };
        builder.add(root, 0, false)?;
        let mut tree = builder.tree;
        graph::bound(&mut tree, self.policy.max_drawn, report)?;
        Ok(write::write(&tree, text.len()))
    }
}

fn parse(text: &str) -> Result<Document<'_>, Error> {
    // What precedes the root is gone, so a declaration here would be the second one.
    if text.starts_with("<?") || text.starts_with('\u{FEFF}') {
        return Err(Error::SvgSyntax);
    }
    let options = ParsingOptions { allow_dtd: false, ..ParsingOptions::default() };
    Document::parse_with_options(text, options).map_err(|error| match error {
        roxmltree::Error::DtdDetected | roxmltree::Error::UnknownEntityReference(..) => {
            Error::SvgDoctype
        }
        _ => Error::SvgSyntax,
    })
}

/// The text of all `style` elements of SVG, without comments.
fn styles(document: &Document<'_>) -> String {
    let mut styles = String::new();
    let is_style =
        |node: &roxmltree::Node<'_, '_>| node.tag_name().name() == "style" && is_svg(*node);
    for style in document.descendants().filter(is_style) {
        for text in style.children().filter(roxmltree::Node::is_text) {
            sheet::without_comments(text.text().unwrap_or_default(), &mut styles);
        }
    }
    styles
}
