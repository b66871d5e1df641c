//! What one claim may say: a text, or a pattern in linear time. A pattern is written in JavaScript's language, and
//! taken only where it means the same in that of the `regex` crate; nothing is guessed.

use std::iter::Peekable;
use std::str::Chars;

use regex::{Regex, RegexBuilder};

/// The compiled size that a pattern may take, in bytes; a large counted repetition is refused by it.
const LARGEST_PATTERN_BYTES: usize = 1 << 18;

/// JavaScript's line ends, which its dot does not match.
const DOT: &str = r"[^\n\r\x{2028}\x{2029}]";

/// Accepts some texts of a claim.
#[derive(Clone, Debug)]
pub enum Matcher {
    /// This text alone.
    Text(String),
    /// Every text that the pattern matches from its beginning to its end.
    Pattern(Regex),
}

impl Matcher {
    /// The matcher of one text, which is not empty.
    ///
    /// # Errors
    /// Why it is refused.
    pub fn text(text: String) -> Result<Self, &'static str> {
        if text.is_empty() { Err("must not hold an empty string") } else { Ok(Self::Text(text)) }
    }

    /// The matcher of a JavaScript pattern's source.
    ///
    /// # Errors
    /// Why it is refused: it is not anchored at both ends (it would match texts that merely contain it), or uses
    /// what the two languages read differently.
    pub fn pattern(source: &str) -> Result<Self, &'static str> {
        let anchored = source.starts_with('^') && source.ends_with('$') && !source.ends_with(r"\$");
        if !anchored {
            return Err("must hold patterns that start with ^ and end with $");
        }
        let translated = translate(source)?;
        let pattern = RegexBuilder::new(&format!(r"\A(?:{translated})\z"))
            .size_limit(LARGEST_PATTERN_BYTES)
            .build()
            .map_err(|_| "contains a pattern that cannot be compiled, or is too large")?;
        Ok(Self::Pattern(pattern))
    }

    /// Whether a text is among those that are accepted.
    #[must_use]
    pub fn accepts(&self, text: &str) -> bool {
        match self {
            Self::Text(accepted) => accepted == text,
            Self::Pattern(pattern) => pattern.is_match(text),
        }
    }
}

fn translate(source: &str) -> Result<String, &'static str> {
    let mut chars = source.chars().peekable();
    let mut out = String::with_capacity(source.len() + 16);
    while let Some(char) = chars.next() {
        match char {
            '\\' => escape(&mut chars, &mut out, ["[0-9]", "[0-9A-Za-z_]"])?,
            '.' => out.push_str(DOT),
            '[' => class(&mut chars, &mut out)?,
            '(' if chars.peek() == Some(&'?') => group(&mut chars, &mut out)?,
            // JavaScript takes these as text, the crate as "at most".
            '{' if chars.peek() == Some(&',') => return Err("contains a pattern with \"{,\""),
            _ => out.push(char),
        }
    }
    Ok(out)
}

/// Of the groups with a question mark only `(?:` is the same in both languages.
fn group(chars: &mut Peekable<Chars<'_>>, out: &mut String) -> Result<(), &'static str> {
    chars.next();
    if chars.next() != Some(':') {
        return Err("contains a pattern with a look-around, a named group or a modifier");
    }
    out.push_str("(?:");
    Ok(())
}

fn escape(
    chars: &mut Peekable<Chars<'_>>,
    out: &mut String,
    [digit, word]: [&str; 2],
) -> Result<(), &'static str> {
    match chars.next() {
        Some('d') => out.push_str(digit),
        Some('w') => out.push_str(word),
        Some(char) if char.is_ascii_punctuation() => out.extend(['\\', char]),
        _ => return Err(r"contains a pattern with an escape other than \d, \w and punctuation"),
    }
    Ok(())
}

fn class(chars: &mut Peekable<Chars<'_>>, out: &mut String) -> Result<(), &'static str> {
    out.push('[');
    if chars.next_if_eq(&'^').is_some() {
        out.push('^');
    }
    let mut is_empty = true;
    while let Some(char) = chars.next() {
        match char {
            ']' if is_empty => return Err("contains a pattern with an empty class"),
            ']' => {
                out.push(']');
                return Ok(());
            }
            '\\' => escape(chars, out, ["0-9", "0-9A-Za-z_"])?,
            '[' | '^' => out.extend(['\\', char]),
            // Doubled they are set operations in the crate.
            '&' | '~' if chars.peek() == Some(&char) => {
                return Err("contains a pattern with a doubled & or ~ in a class");
            }
            '-' if chars.peek() == Some(&'-') => {
                return Err("contains a pattern with a doubled - in a class");
            }
            _ => out.push(char),
        }
        is_empty = false;
    }
    Err("contains a pattern with an open class")
}
