/// The five characters that mean something in HTML text and quoted attributes, all below 64.
const SPECIAL: u64 = 1 << b'"' | 1 << b'&' | 1 << b'\'' | 1 << b'<' | 1 << b'>';

/// Units looked at in one step of the clean scan; the compiler turns a step into a few vector compares.
const STEP: usize = 32;

/// The result of [`html`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Html {
    /// The text has nothing to escape.
    Clean,
    /// The first character to escape is at this place, in the last quarter of the text. Only the caller can share the
    /// text before it instead of copying it, and then escapes the rest.
    Late(usize),
    /// The escaped text, one byte for each character: every character is below 256.
    Latin1(Vec<u8>),
    /// The escaped text, where a character is not.
    Utf16(Vec<u16>),
}

/// Escapes text for HTML text and for attribute values in quotes.
///
/// `"` `&` `'` `<` `>` become `&quot;` `&amp;` `&#39;` `&lt;` `&gt;`. The text is UTF-16, as JavaScript holds it;
/// every other unit, lone surrogates included, is passed on as it is.
///
/// # Security
/// Not for attribute values without quotes, nor for script, style or URL contexts.
#[must_use]
pub fn html(text: &[u16]) -> Html {
    match next_special(text) {
        None => Html::Clean,
        Some(first) if first >= text.len() - text.len() / 4 => Html::Late(first),
        // Lossless: every unit is below 256.
        Some(first) if is_latin1(text) => Html::Latin1(escape(text, first, |unit| unit as u8)),
        Some(first) => Html::Utf16(escape(text, first, |unit| unit)),
    }
}

fn escape<T: From<u8> + Copy>(text: &[u16], first: usize, narrow: impl Fn(u16) -> T) -> Vec<T> {
    let mut escaped = Vec::with_capacity(text.len() + text.len() / 4 + 16);
    let (mut rest, mut clean) = (text, first);
    while let Some((run, after)) = rest.split_at_checked(clean) {
        escaped.extend(run.iter().map(|unit| narrow(*unit)));
        let Some((unit, tail)) = after.split_first() else { break };
        escaped.extend(entity(*unit).bytes().map(T::from));
        rest = tail;
        clean = rest.iter().position(|unit| is_special(*unit)).unwrap_or(rest.len());
    }
    escaped
}

fn next_special(text: &[u16]) -> Option<usize> {
    let (steps, _) = text.as_chunks::<STEP>();
    let clean = steps.iter().take_while(|step| !holds_special(step)).count() * STEP;
    let rest = text.get(clean..)?;
    rest.iter().position(|unit| is_special(*unit)).map(|at| clean + at)
}

/// Without an early exit, so that the step is compared as a whole.
fn holds_special(step: &[u16; STEP]) -> bool {
    step.iter().fold(0, |found, unit| found | u16::from(is_one_of_five(*unit))) != 0
}

/// Without an early exit, for the same reason.
fn is_latin1(text: &[u16]) -> bool {
    text.iter().fold(0, |all, unit| all | unit) < 256
}

/// The form that vectorises.
const fn is_one_of_five(unit: u16) -> bool {
    (unit == b'"' as u16)
        | (unit == b'&' as u16)
        | (unit == b'\'' as u16)
        | (unit == b'<' as u16)
        | (unit == b'>' as u16)
}

/// The form that is quick one by one.
const fn is_special(unit: u16) -> bool {
    unit < 64 && SPECIAL >> unit & 1 == 1
}

const fn entity(unit: u16) -> &'static str {
    match unit as u8 {
        b'"' => "&quot;",
        b'&' => "&amp;",
        b'\'' => "&#39;",
        b'<' => "&lt;",
        _ => "&gt;",
    }
}
