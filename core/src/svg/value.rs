//! Values of properties and of plain attributes: numbers, keywords, and functions from a list.
//!
//! Presentation attributes are parsed as CSS, so `\75rl(...)` and `u/**/rl(...)` would be URLs to a browser. No value needs an
//! escape or a comment, so neither is allowed, and what is left of the syntax can be read exactly.

use std::borrow::Cow;

use super::reference::{is_id, prefixed};

/// Functions that draw, and load nothing. `url` is judged apart.
const FUNCTIONS: &[&str] = &[
    "rgb",
    "rgba",
    "hsl",
    "hsla",
    "hwb",
    "lab",
    "lch",
    "oklab",
    "oklch",
    "color",
    "icc-color",
    "calc",
    "min",
    "max",
    "clamp",
    "matrix",
    "matrix3d",
    "translate",
    "translatex",
    "translatey",
    "translatez",
    "translate3d",
    "scale",
    "scalex",
    "scaley",
    "scalez",
    "scale3d",
    "rotate",
    "rotatex",
    "rotatey",
    "rotatez",
    "rotate3d",
    "skew",
    "skewx",
    "skewy",
    "perspective",
    "blur",
    "brightness",
    "contrast",
    "drop-shadow",
    "grayscale",
    "hue-rotate",
    "invert",
    "opacity",
    "saturate",
    "sepia",
    "circle",
    "ellipse",
    "inset",
    "polygon",
    "rect",
    "cubic-bezier",
    "steps",
];

/// What else a value may contain.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Lists {
    /// One value.
    One,
    /// Values separated by `;`, as animations have them.
    Many,
}

/// The value in canonical form, with `prefix` before each id that it refers to; `None` if it is not allowed.
pub(super) fn judge<'a>(value: &'a str, lists: Lists, prefix: &str) -> Option<Cow<'a, str>> {
    if is_numeric(value) {
        return Some(Cow::Borrowed(value));
    }
    let mut scan = Scan { value, at: 0, copied: 0, open: 0, prefix, output: None };
    while let Some(byte) = scan.byte() {
        match byte {
            b'"' | b'\'' => scan.string(byte)?,
            b'(' => scan.function()?,
            b')' => scan.open = scan.open.checked_sub(1)?,
            b';' if lists == Lists::One || scan.open > 0 => return None,
            b'/' if value.as_bytes().get(scan.at + 1) == Some(&b'*') => return None,
            b'\\' | b'@' | b'{' | b'}' | b'<' | b'!' => return None,
            byte if byte.is_ascii_control() && !byte.is_ascii_whitespace() => return None,
            _ => {}
        }
        scan.at += 1;
    }
    (scan.open == 0).then(|| scan.finish())
}

/// Paths and lists of numbers, which are most of a drawing.
fn is_numeric(value: &str) -> bool {
    value.bytes().all(|byte| {
        byte.is_ascii_alphanumeric()
            || matches!(byte, b' ' | b'.' | b',' | b'-' | b'+' | b'%' | b'#')
    })
}

struct Scan<'a, 'p> {
    value: &'a str,
    at: usize,
    /// Up to here the value is in `output`.
    copied: usize,
    open: usize,
    prefix: &'p str,
    output: Option<String>,
}

impl<'a> Scan<'a, '_> {
    fn byte(&self) -> Option<u8> {
        self.value.as_bytes().get(self.at).copied()
    }

    /// A string ends at the same quote, as there are no escapes. A line break would end it earlier.
    fn string(&mut self, quote: u8) -> Option<()> {
        let inside = self.value.get(self.at + 1..)?;
        let end = inside.bytes().position(|byte| byte == quote)?;
        let text = inside.get(..end)?;
        self.at += end + 1;
        (!text.contains(['\\', '\n', '\r', '\x0C', '<', '@', '{', '}', ';'])).then_some(())
    }

    /// At a parenthesis: a known function, or a group in `calc`.
    fn function(&mut self) -> Option<()> {
        let before = self.value.get(..self.at)?;
        let is_name =
            |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_') || !c.is_ascii();
        let name = before.get(before.trim_end_matches(is_name).len()..)?.to_ascii_lowercase();
        if name == "url" {
            return self.url();
        }
        self.open += 1;
        (name.is_empty() || FUNCTIONS.contains(&name.as_str())).then_some(())
    }

    /// `url(#id)`, also in quotes; written without them.
    fn url(&mut self) -> Option<()> {
        let inside = self.value.get(self.at + 1..)?;
        let (target, _) = inside.split_once(')')?;
        let length = target.len();
        let mut target = target.trim_matches(super::prolog::is_space);
        for quote in ['"', '\''] {
            target = target
                .strip_prefix(quote)
                .and_then(|rest| rest.strip_suffix(quote))
                .unwrap_or(target);
        }
        let id = target.strip_prefix('#').filter(|id| is_id(id))?;
        let before = self.value.get(self.copied..self.at.checked_sub(3)?)?;
        let output = self.output.get_or_insert_default();
        output.push_str(before);
        output.push_str("url(#");
        output.push_str(&prefixed(id, self.prefix));
        output.push(')');
        self.at += length + 1;
        self.copied = self.at + 1;
        Some(())
    }

    fn finish(self) -> Cow<'a, str> {
        let Some(mut output) = self.output else { return Cow::Borrowed(self.value) };
        output.push_str(self.value.get(self.copied..).unwrap_or_default());
        Cow::Owned(output)
    }
}

/// The ids that a value in canonical form refers to.
pub(super) fn references(value: &str) -> impl Iterator<Item = &str> {
    value.split("url(#").skip(1).filter_map(|rest| rest.split(')').next())
}

/// Whether no number of a value is larger than `most`. What is not a number is passed over.
pub(super) fn is_within(value: &str, most: u32) -> bool {
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, '.' | '+' | '-' | 'e' | 'E');
    value
        .split(|c| !is_part(c))
        .all(|run| numbers(run).all(|number| number.abs() <= f64::from(most)))
}

/// The numbers of a run such as `1e3`, `10-20` or `.5.5`. A run that is not read exactly counts as its longest reading.
fn numbers(run: &str) -> impl Iterator<Item = f64> {
    let mut rest = run;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(['e', 'E', '+', '-']);
        let end = number_end(rest);
        let (number, after) =
            rest.split_at_checked(end).filter(|(number, _)| !number.is_empty())?;
        rest = after;
        // A dot alone, as in `button.click`.
        Some(if number == "." { 0.0 } else { number.parse().unwrap_or(f64::INFINITY) })
    })
}

/// Where the number at the start of a text ends: digits, one dot, an exponent.
fn number_end(text: &str) -> usize {
    let digits = |from: usize| {
        text.get(from..).unwrap_or_default().bytes().take_while(u8::is_ascii_digit).count()
    };
    let mut end = digits(0);
    if text.as_bytes().get(end) == Some(&b'.') {
        end += 1 + digits(end + 1);
    }
    if !matches!(text.as_bytes().get(end), Some(b'e' | b'E')) {
        return end;
    }
    let sign = usize::from(matches!(text.as_bytes().get(end + 1), Some(b'+' | b'-')));
    match digits(end + 1 + sign) {
        0 => end,
        count => end + 1 + sign + count,
    }
}
