//! What follows a backslash.

use super::parse::Reader;
use super::ranges::{DIGITS, FOLDED_WORD, Ranges, SPACE, WORD};
use crate::error::Text;

/// The meaning of an escape.
pub(super) enum Atom {
    /// One unit or code point.
    Point(u32),
    /// `\d` and its kind.
    Set(Ranges),
    /// `\b` outside a class.
    Boundary,
}

/// Reads what follows a backslash, in a class or outside.
pub(super) fn read_escape(reader: &mut Reader, in_class: bool) -> Result<Atom, Text> {
    let Some(point) = reader.next() else { return Err("ends with a backslash".into()) };
    let Some(char) = char::from_u32(point) else { return Ok(Atom::Point(point)) };
    match char {
        'd' | 'D' | 'w' | 'W' | 's' | 'S' => Ok(Atom::Set(shorthand(reader, char))),
        'b' if in_class => Ok(Atom::Point(0x08)),
        'b' => boundary(reader),
        'B' => Err(r"has \B, which has no equal here".into()),
        'k' | '1'..='9' => Err("has a backreference or an octal escape".into()),
        'p' | 'P' => Err(r"has \p or \P, whose characters depend on the version of Unicode; write the pattern as a string".into()),
        '0' if reader.peek().is_some_and(is_digit) => Err("has an octal escape".into()),
        '0' => Ok(Atom::Point(0)),
        't' => Ok(Atom::Point(0x09)),
        'n' => Ok(Atom::Point(0x0A)),
        'v' => Ok(Atom::Point(0x0B)),
        'f' => Ok(Atom::Point(0x0C)),
        'r' => Ok(Atom::Point(0x0D)),
        'c' => control(reader),
        'x' => reader.hex(2).map(Atom::Point).ok_or_else(|| r"has \x without two hexadecimal digits".into()),
        'u' => unicode(reader),
        letter if letter.is_ascii_alphabetic() => {
            Err(format!(r"has the escape \{letter}, which means nothing in JavaScript").into())
        }
        _ => Ok(Atom::Point(point)),
    }
}

const fn is_digit(point: u32) -> bool {
    matches!(point, 0x30..=0x39)
}

fn shorthand(reader: &Reader, char: char) -> Ranges {
    let mut ranges = Ranges::of(match char.to_ascii_lowercase() {
        'd' => DIGITS,
        's' => SPACE,
        _ => WORD,
    });
    if matches!(char, 'w' | 'W') && reader.flags.ignore_case && reader.flags.unicode {
        ranges.extend(&Ranges::of(FOLDED_WORD));
    }
    if char.is_ascii_uppercase() { ranges.negated(reader.flags.highest()) } else { ranges }
}

/// With `i` and `u`, `\b` counts two letters outside ASCII as letters of a word, and the engine's ASCII boundary does not.
fn boundary(reader: &Reader) -> Result<Atom, Text> {
    if reader.flags.ignore_case && reader.flags.unicode {
        return Err(r"has \b with the flags i and u, which has no equal here; leave out u".into());
    }
    Ok(Atom::Boundary)
}

fn control(reader: &mut Reader) -> Result<Atom, Text> {
    match reader.next().and_then(char::from_u32) {
        Some(letter) if letter.is_ascii_alphabetic() => Ok(Atom::Point(u32::from(letter) % 32)),
        _ => Err(r"has \c without a letter".into()),
    }
}

/// `\uXXXX`; with the flag `u` also a pair of them, and `\u{X}`.
fn unicode(reader: &mut Reader) -> Result<Atom, Text> {
    let wrong = || Text::from(r"has \u without four hexadecimal digits; \u{...} needs the flag u");
    if reader.flags.unicode && reader.take("{") {
        return braced(reader).ok_or_else(wrong);
    }
    let high = reader.hex(4).ok_or_else(wrong)?;
    let place = reader.place();
    if reader.flags.unicode && (0xD800..0xDC00).contains(&high) && reader.take("\\u") {
        match reader.hex(4) {
            Some(low @ 0xDC00..=0xDFFF) => {
                return Ok(Atom::Point(0x1_0000 + ((high - 0xD800) << 10) + (low - 0xDC00)));
            }
            _ => reader.back_to(place),
        }
    }
    Ok(Atom::Point(high))
}

fn braced(reader: &mut Reader) -> Option<Atom> {
    let mut point: u32 = 0;
    let start = reader.place();
    while let Some(digit) = reader.hex(1) {
        point = point.checked_mul(16)?.checked_add(digit)?;
    }
    let is_whole = reader.place() > start && reader.take("}") && point <= 0x10_FFFF;
    is_whole.then_some(Atom::Point(point))
}
