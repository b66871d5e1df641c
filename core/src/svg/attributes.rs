//! The attributes that are kept, and how the value of each is judged. All are without a namespace, except `xlink:href`,
//! `xml:space` and `xml:lang`. Not here, on purpose: `on*`, `class` and `data-*` (scripts and styles of a page that
//! shows the picture act on them), `target`, `tabindex`, `xml:base`, `xml:id`.

use std::collections::HashMap;

/// How a value is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Judge {
    /// A property of CSS, which may also stand in `style`: no URL but `url(#id)`, known functions only.
    Property,
    /// Everything else that is made of numbers and keywords: judged as a property, `;` allowed.
    Plain,
    /// As plain, and no number is larger than this.
    Bounded(u32),
    /// Width or height: a bound for the picture, a wider one inside it.
    Size,
    /// The name of an element.
    Id,
    /// Names of elements, separated by spaces.
    Ids,
    /// A reference to an element of the file, or a picture.
    Href,
    /// Declarations of properties.
    Style,
    /// What an animation changes: a property or a length, nothing that refers or runs.
    Animated,
    /// Text for readers.
    Text,
}

use Judge::{Animated, Bounded, Href, Id, Ids, Plain, Property, Size, Style, Text};

/// Larger coordinates are not drawn exactly: a `float` has 24 bits.
pub(super) const MAX_COORDINATE: u32 = 10_000_000;
/// The largest picture that is asked for, in any unit.
pub(super) const MAX_PICTURE: u32 = 32_767;

#[rustfmt::skip]
const GROUPS: &[(Judge, &str)] = &[
    (Property, "alignment-baseline baseline-shift clip clip-path clip-rule color color-interpolation \
        color-interpolation-filters color-profile color-rendering cursor cx cy direction display dominant-baseline \
        enable-background fill fill-opacity fill-rule filter flood-color flood-opacity font font-family \
        font-feature-settings font-kerning font-size font-size-adjust font-stretch font-style font-variant \
        font-variant-caps font-variant-east-asian font-variant-ligatures font-variant-numeric font-variation-settings \
        font-weight glyph-orientation-horizontal glyph-orientation-vertical image-rendering isolation kerning \
        letter-spacing lighting-color line-height marker marker-end marker-mid marker-start mask mask-type \
        mix-blend-mode opacity overflow paint-order pointer-events r rx ry shape-rendering stop-color stop-opacity \
        stroke stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity \
        stroke-width text-align text-anchor text-decoration text-decoration-color text-decoration-line \
        text-decoration-style text-orientation text-overflow text-rendering text-transform transform \
        transform-box transform-origin unicode-bidi vector-effect vertical-align visibility white-space word-spacing writing-mode"),
    (Plain, "accumulate additive amplitude aria-hidden aria-level aria-roledescription attributeType azimuth \
        baseFrequency begin bias by calcMode clipPathUnits d decoding diffuseConstant \
        divisor dur dx dy edgeMode elevation end exponent filterUnits focusable fr from fx fy gradientTransform \
        gradientUnits in in2 intercept k1 k2 k3 k4 kernelMatrix kernelUnitLength keyPoints keySplines keyTimes \
        lengthAdjust limitingConeAngle loading markerUnits maskContentUnits maskUnits max method min mode offset \
        operator orient origin path pathLength patternContentUnits patternTransform patternUnits points pointsAtX \
        pointsAtY pointsAtZ preserveAlpha preserveAspectRatio primitiveUnits refX refY repeatCount repeatDur \
        requiredExtensions requiredFeatures restart result role rotate scale seed side slope spacing \
        specularConstant specularExponent spreadMethod startOffset stitchTiles surfaceScale systemLanguage \
        tableValues targetX targetY textLength to type values version x x1 x2 xChannelSelector y y1 y2 \
        yChannelSelector z zoomAndPan"),
    (Bounded(MAX_COORDINATE), "viewBox markerHeight markerWidth"),
    (Bounded(16), "numOctaves"),
    (Bounded(32), "order"),
    (Bounded(1000), "radius stdDeviation"),
    (Size, "height width"),
    (Id, "id"),
    (Ids, "aria-describedby aria-labelledby"),
    (Href, "href"),
    (Style, "style"),
    (Animated, "attributeName"),
    (Text, "aria-label lang"),
];

/// An attribute that is kept.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known {
    /// As it is written.
    pub(super) name: &'static str,
    pub(super) judge: Judge,
}

/// The attributes by name.
#[derive(Debug)]
pub(super) struct Attributes(HashMap<&'static str, Known>);

impl Attributes {
    /// Made once for each sanitizer.
    pub(super) fn new() -> Self {
        let each = GROUPS.iter().flat_map(|(judge, names)| {
            names.split_ascii_whitespace().map(|name| (name, Known { name, judge: *judge }))
        });
        Self(each.collect())
    }

    pub(super) fn find(&self, name: &str) -> Option<Known> {
        self.0.get(name).copied()
    }

    /// What may stand in `style`.
    pub(super) fn property(&self, name: &str) -> Option<Known> {
        self.find(name).filter(|known| matches!(known.judge, Property | Size))
    }

    /// The bound of what an animation sets; `None` if it may not change this attribute.
    pub(super) fn animated(&self, name: &str) -> Option<u32> {
        match self.find(name)?.judge {
            Property | Plain | Size => Some(MAX_COORDINATE),
            Bounded(most) => Some(most),
            _ => None,
        }
    }

    #[cfg(test)]
    pub(super) fn names(&self) -> impl Iterator<Item = &'static str> {
        self.0.keys().copied()
    }
}
