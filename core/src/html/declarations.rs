//! Reads CSS declarations (CSS Syntax section 5), as far as it takes to tell where one ends and what it may do.

/// Functions that compute, and load nothing. `var`, `attr` and `env` bring in what was not looked at.
const FUNCTIONS: &[&str] = &[
    "abs",
    "acos",
    "asin",
    "atan",
    "atan2",
    "blur",
    "brightness",
    "calc",
    "circle",
    "clamp",
    "color",
    "color-mix",
    "conic-gradient",
    "contrast",
    "cos",
    "cubic-bezier",
    "drop-shadow",
    "ellipse",
    "fit-content",
    "grayscale",
    "hsl",
    "hsla",
    "hue-rotate",
    "hwb",
    "inset",
    "invert",
    "lab",
    "lch",
    "light-dark",
    "linear-gradient",
    "matrix",
    "matrix3d",
    "max",
    "min",
    "minmax",
    "oklab",
    "oklch",
    "opacity",
    "perspective",
    "polygon",
    "radial-gradient",
    "repeat",
    "repeating-conic-gradient",
    "repeating-linear-gradient",
    "repeating-radial-gradient",
    "rgb",
    "rgba",
    "rotate",
    "rotate3d",
    "rotatex",
    "rotatey",
    "rotatez",
    "round",
    "saturate",
    "scale",
    "scale3d",
    "scalex",
    "scaley",
    "scalez",
    "sepia",
    "sin",
    "skew",
    "skewx",
    "skewy",
    "steps",
    "tan",
    "translate",
    "translate3d",
    "translatex",
    "translatey",
    "translatez",
];

/// The parts of a style between its semicolons; those inside of brackets, quotes, comments and escapes end nothing.
pub(super) fn declarations(style: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(style);
    std::iter::from_fn(move || {
        let text = rest?;
        let end = end(text);
        rest = text.get(end + 1..);
        text.get(..end)
    })
}

fn end(text: &str) -> usize {
    let bytes = text.as_bytes();
    let (mut at, mut depth) = (0, 0_usize);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b';' if depth == 0 => return at,
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            b'"' | b'\'' => at += string(text.get(at..).unwrap_or_default()),
            b'\\' => at += 1,
            b'/' if bytes.get(at + 1) == Some(&b'*') => {
                at += comment(text.get(at..).unwrap_or_default())
            }
            _ => {}
        }
        at += 1;
    }
    text.len()
}

/// How far the quote that closes a string is from the one that opens it.
fn string(text: &str) -> usize {
    let mut bytes = text.bytes().enumerate();
    let quote = bytes.next().map(|(_, quote)| quote);
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'\\' => drop(bytes.next()),
            // A line break ends a string that is not closed.
            b'\n' | b'\r' | b'\x0C' => return at,
            _ if Some(byte) == quote => return at,
            _ => {}
        }
    }
    text.len()
}

fn comment(text: &str) -> usize {
    text.get(2..).and_then(|rest| rest.find("*/")).map_or(text.len(), |at| at + 3)
}

/// Whether a value loads nothing, runs nothing, and ends where it is written: any browser reads it as one value again.
pub(super) fn is_harmless(value: &str) -> bool {
    let mut open = Vec::new();
    let mut quote = None;
    for (at, char) in value.char_indices() {
        if char.is_control() || matches!(char, '\\' | '<' | '>' | '{' | '}' | '@') {
            return false;
        }
        match (quote, char) {
            (Some(own), _) if own == char => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(char),
            (None, ':' | ';') => return false,
            (None, '(') if !is_known(value.get(..at).unwrap_or_default()) => return false,
            (None, '(') => open.push(')'),
            (None, '[') => open.push(']'),
            (None, ')' | ']') if open.pop() != Some(char) => return false,
            (None, '*') if value.get(..at).is_some_and(|before| before.ends_with('/')) => {
                return false;
            }
            _ => {}
        }
    }
    open.is_empty() && quote.is_none() && !value.is_empty()
}

/// Whether the name that ends before a bracket is one of a known function, or there is none.
fn is_known(before: &str) -> bool {
    let is_name =
        |char: char| char.is_ascii_alphanumeric() || matches!(char, '-' | '_') || !char.is_ascii();
    let start = before.trim_end_matches(is_name).len();
    let name = before.get(start..).unwrap_or_default();
    name.is_empty() || FUNCTIONS.iter().any(|one| one.eq_ignore_ascii_case(name))
}
