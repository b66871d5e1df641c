//! The elements that are kept. Whatever is not here is dropped with everything in it: `script`, `style`, `foreignObject`,
//! `metadata`, `iframe`, fonts, and every element of another namespace.

/// What an element may hold, besides other elements that are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Content {
    /// Elements; text between them is never drawn, and is dropped.
    Elements,
    /// Elements and text.
    Text,
    /// Text alone. HTML parsers read what is in `title` and `desc` as HTML, so no element may stand there.
    TextOnly,
}

/// An element that is kept.
#[derive(Clone, Copy, Debug)]
pub(super) struct Kind {
    pub(super) name: &'static str,
    pub(super) content: Content,
    pub(super) role: Role,
}

/// What matters about an element beyond its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Anything that is drawn, or groups what is.
    Plain,
    /// The coordinate system, and the size of the picture.
    Svg,
    /// May show a raster image of a `data:` URL.
    Image,
    /// A link: `href` is followed by a click and draws nothing.
    Link,
    /// Changes an attribute of another element over time.
    Animation,
    /// A step of a filter, which works on every pixel of its region.
    FilterStep,
}

const fn kind(name: &'static str, content: Content, role: Role) -> Kind {
    Kind { name, content, role }
}

use Content::{Elements, Text, TextOnly};
use Role::{Animation, FilterStep, Image, Link, Plain, Svg};

/// In the order of their names.
#[rustfmt::skip]
const KINDS: &[Kind] = &[
    kind("a", Text, Link),
    kind("animate", Elements, Animation),
    kind("animateMotion", Elements, Animation),
    kind("animateTransform", Elements, Animation),
    kind("circle", Elements, Plain),
    kind("clipPath", Elements, Plain),
    kind("defs", Elements, Plain),
    kind("desc", TextOnly, Plain),
    kind("ellipse", Elements, Plain),
    kind("feBlend", Elements, FilterStep),
    kind("feColorMatrix", Elements, FilterStep),
    kind("feComponentTransfer", Elements, FilterStep),
    kind("feComposite", Elements, FilterStep),
    kind("feConvolveMatrix", Elements, FilterStep),
    kind("feDiffuseLighting", Elements, FilterStep),
    kind("feDisplacementMap", Elements, FilterStep),
    kind("feDistantLight", Elements, Plain),
    kind("feDropShadow", Elements, FilterStep),
    kind("feFlood", Elements, FilterStep),
    kind("feFuncA", Elements, Plain),
    kind("feFuncB", Elements, Plain),
    kind("feFuncG", Elements, Plain),
    kind("feFuncR", Elements, Plain),
    kind("feGaussianBlur", Elements, FilterStep),
    kind("feImage", Elements, FilterStep),
    kind("feMerge", Elements, FilterStep),
    kind("feMergeNode", Elements, Plain),
    kind("feMorphology", Elements, FilterStep),
    kind("feOffset", Elements, FilterStep),
    kind("fePointLight", Elements, Plain),
    kind("feSpecularLighting", Elements, FilterStep),
    kind("feSpotLight", Elements, Plain),
    kind("feTile", Elements, FilterStep),
    kind("feTurbulence", Elements, FilterStep),
    kind("filter", Elements, Plain),
    kind("g", Elements, Plain),
    kind("image", Elements, Image),
    kind("line", Elements, Plain),
    kind("linearGradient", Elements, Plain),
    kind("marker", Elements, Plain),
    kind("mask", Elements, Plain),
    kind("mpath", Elements, Plain),
    kind("path", Elements, Plain),
    kind("pattern", Elements, Plain),
    kind("polygon", Elements, Plain),
    kind("polyline", Elements, Plain),
    kind("radialGradient", Elements, Plain),
    kind("rect", Elements, Plain),
    kind("set", Elements, Animation),
    kind("stop", Elements, Plain),
    kind("svg", Elements, Svg),
    kind("switch", Elements, Plain),
    kind("symbol", Elements, Plain),
    kind("text", Text, Plain),
    kind("textPath", Text, Plain),
    kind("title", TextOnly, Plain),
    kind("tspan", Text, Plain),
    kind("use", Elements, Plain),
    kind("view", Elements, Plain),
];

/// The element of this name, in the case of SVG.
pub(super) fn find(name: &str) -> Option<Kind> {
    let at = KINDS.binary_search_by(|kind| kind.name.cmp(name)).ok()?;
    KINDS.get(at).copied()
}

#[cfg(test)]
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    KINDS.iter().map(|kind| kind.name)
}
