//! The tags that a policy may keep, and how a parser nests them.
//!
//! A browser parses the output again. It must find the same elements in the same places, so only tags with a simple content are
//! known here: none whose content is raw text (script, style, textarea, title), none that changes how the rest is parsed
//! (template, select, frameset, plaintext), none of SVG and MathML, and none that acts on the page (base, meta, link, object).

/// How a parser treats a tag (WHATWG HTML section 13.2.6.4.7).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Its start tag closes an open `p`.
    Block,
    /// `h1` to `h6`: a block that also closes a heading around it.
    Heading,
    /// `li`, `dd`, `dt`: a block that closes its open sibling.
    Item,
    /// Has no content.
    Void,
    /// A void that closes an open `p`.
    VoidBlock,
    /// Must not be inside of itself.
    Alone,
    /// Parts of a table: only inside of their parents.
    Table,
    /// `rt` and `rp` close each other.
    Ruby,
    /// Its content is text that is never written.
    Frame,
    /// Nothing special.
    Plain,
}

/// The kind of a tag, or `None` if no policy may keep it. A name with a hyphen is a custom element.
pub(super) fn kind(tag: &str) -> Option<Kind> {
    Some(match tag {
        "address" | "article" | "aside" | "blockquote" | "center" | "details" | "dialog"
        | "dir" | "div" | "dl" | "fieldset" | "figcaption" | "figure" | "footer" | "header"
        | "hgroup" | "main" | "menu" | "nav" | "ol" | "p" | "pre" | "search" | "section"
        | "summary" | "ul" => Kind::Block,
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Kind::Heading,
        "li" | "dd" | "dt" => Kind::Item,
        "area" | "br" | "img" | "input" | "source" | "track" | "wbr" => Kind::Void,
        "hr" => Kind::VoidBlock,
        "a" | "button" | "form" | "nobr" => Kind::Alone,
        "table" | "caption" | "colgroup" | "col" | "thead" | "tbody" | "tfoot" | "tr" | "td"
        | "th" => Kind::Table,
        "rb" | "rp" | "rt" | "rtc" => Kind::Ruby,
        "iframe" => Kind::Frame,
        "abbr" | "acronym" | "audio" | "b" | "bdi" | "bdo" | "big" | "cite" | "code" | "data"
        | "del" | "dfn" | "em" | "font" | "i" | "ins" | "kbd" | "label" | "legend" | "map"
        | "mark" | "meter" | "output" | "picture" | "progress" | "q" | "ruby" | "s" | "samp"
        | "small" | "span" | "strike" | "strong" | "sub" | "sup" | "time" | "tt" | "u" | "var"
        | "video" => Kind::Plain,
        _ if is_custom(tag) => Kind::Plain,
        _ => return None,
    })
}

/// Names of custom elements (WHATWG HTML section 4.13.3), without those that SVG and MathML have.
fn is_custom(tag: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    let taken = ["annotation-xml", "color-profile", "font-face", "missing-glyph"];
    tag.contains('-')
        && tag.starts_with(|first: char| first.is_ascii_lowercase())
        && tag.bytes().all(is_plain)
        && !taken.iter().any(|one| tag.starts_with(one))
}

/// Tags that are always removed with what is inside of them: their content is not text for readers.
pub(super) const DROPPED: &[&str] =
    &["iframe", "noembed", "noframes", "noscript", "script", "style", "template", "title"];

/// Where a part of a table may stand.
pub(super) fn fits_table(tag: &str, parent: Option<&str>) -> bool {
    match tag {
        "table" => {
            !matches!(parent, Some("table" | "colgroup" | "thead" | "tbody" | "tfoot" | "tr"))
        }
        "caption" | "colgroup" | "thead" | "tbody" | "tfoot" => parent == Some("table"),
        "col" => parent == Some("colgroup"),
        "tr" => matches!(parent, Some("thead" | "tbody" | "tfoot")),
        "td" | "th" => parent == Some("tr"),
        _ => true,
    }
}

/// Whether text and other tags directly inside of a tag would be moved in front of the table.
pub(super) fn holds_parts_alone(tag: &str) -> bool {
    matches!(tag, "table" | "colgroup" | "thead" | "tbody" | "tfoot" | "tr")
}

/// Whether a search for an open tag stops at this one: "in scope" (section 13.2.4.2).
pub(super) fn is_scope(tag: &str) -> bool {
    matches!(tag, "caption" | "table" | "td" | "th" | "button")
}
