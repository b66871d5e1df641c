/// The five characters that mean something in HTML text and quoted attributes, all below 64.
const SPECIAL: u64 = 1 << b'"' | 1 << b'&' | 1 << b'\'' | 1 << b'<' | 1 << b'>';

/// Units looked at in one step of the clean scan; the compiler turns a step into a few vector compares.
const STEP: usize = 32;

/// Escapes text for HTML text and for attribute values in quotes; `None` when there is nothing to escape.
///
/// `"` `&` `'` `<` `>` become `&quot;` `&amp;` `&#39;` `&lt;` `&gt;`. The text is UTF-16, as JavaScript holds it;
/// every other unit, lone surrogates included, is passed on as it is.
///
/// # Security
/// Not for attribute values without quotes, nor for script, style or URL contexts.
#[must_use]
pub fn html(text: &[u16]) -> Option<Vec<u16>> {
    let first = next_special(text)?;
    let mut escaped = Vec::with_capacity(text.len() + text.len() / 4 + 16);
    let mut rest = text;
    let mut clean = first;
    loop {
        let (run, after) = rest.split_at_checked(clean)?;
        escaped.extend_from_slice(run);
        let Some((unit, tail)) = after.split_first() else { return Some(escaped) };
        escaped.extend(entity(*unit).bytes().map(u16::from));
        rest = tail;
        clean = rest.iter().position(|unit| is_special(*unit)).unwrap_or(rest.len());
    }
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
