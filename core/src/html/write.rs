//! Writes HTML (WHATWG HTML section 13.3), so that a parser reads the same text and values again.

/// Writes text between tags.
#[inline]
pub(super) fn text(out: &mut String, text: &str) {
    escaped(out, text, |byte| match byte {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        // A parser turns a carriage return that is not escaped into a line feed.
        b'\r' => Some("&#13;"),
        _ => None,
    });
}

/// Writes ` name="value"`.
#[inline]
pub(super) fn attribute(out: &mut String, name: &str, value: &str) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    escaped(out, value, |byte| match byte {
        b'&' => Some("&amp;"),
        b'"' => Some("&quot;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        b'\r' => Some("&#13;"),
        b'`' => Some("&#96;"),
        _ => None,
    });
    out.push('"');
}

/// No-break spaces are written as `&nbsp;`, because they look like spaces.
const NO_BREAK_SPACE: &str = "\u{a0}";

#[inline]
fn escaped(out: &mut String, text: &str, entity: impl Fn(u8) -> Option<&'static str>) {
    let mut start = 0;
    for (at, byte) in text.bytes().enumerate() {
        let (entity, length) = match entity(byte) {
            Some(entity) => (entity, 1),
            None if byte == 0xC2
                && text.get(at..).is_some_and(|rest| rest.starts_with(NO_BREAK_SPACE)) =>
            {
                ("&nbsp;", 2)
            }
            None => continue,
        };
        out.push_str(text.get(start..at).unwrap_or_default());
        out.push_str(entity);
        start = at + length;
    }
    out.push_str(text.get(start..).unwrap_or_default());
}
