//! Bounds the attributes of a tag before html5ever reads it: it compares each new attribute of a tag with all others, so that a
//! tag of 100,000 attributes would take minutes.

/// Most attributes of one tag. Comparing them takes at most half a million steps.
const MOST_ATTRIBUTES: u32 = 1_000;

/// Where the reading of a tag stands (WHATWG HTML section 13.2.5.8 and after).
#[derive(Clone, Copy)]
enum State {
    TagName,
    BeforeName,
    Name,
    AfterName,
    BeforeValue,
    DoubleQuoted,
    SingleQuoted,
    Unquoted,
}

const STATES: usize = 8;

/// Whether no part of the text can be read as a tag of more attributes than a tag may have.
///
/// Which `<` starts a tag depends on what is before it, such as a comment. So every one is followed, all at once: of those that
/// are in the same state, only the one with the most attributes counts.
pub(super) fn are_short(html: &[u8]) -> bool {
    if separators(html) <= MOST_ATTRIBUTES as usize {
        return true;
    }
    let mut counts = [None; STATES];
    let mut at = 0;
    while let Some(byte) = html.get(at) {
        if counts.iter().any(Option::is_some) {
            counts = step(counts, *byte);
            if counts.iter().flatten().any(|count| *count > MOST_ATTRIBUTES) {
                return false;
            }
        } else if let Some(skipped) = memchr::memchr(b'<', html.get(at..).unwrap_or_default()) {
            at += skipped;
        } else {
            return true;
        }
        if html.get(at) == Some(&b'<') && starts_name(html.get(at + 1..).unwrap_or_default()) {
            enter(&mut counts, State::TagName, 0);
        }
        at += 1;
    }
    true
}

/// The bytes behind which an attribute may begin. A text with few of them, as most are, has no room for many attributes.
fn separators(html: &[u8]) -> usize {
    let is_one =
        |byte: &&u8| matches!(**byte, b'\t' | b'\n' | b'\x0C' | b'\r' | b' ' | b'/' | b'"' | b'\'');
    html.iter().filter(is_one).count()
}

fn starts_name(rest: &[u8]) -> bool {
    let rest = rest.strip_prefix(b"/").unwrap_or(rest);
    rest.first().is_some_and(u8::is_ascii_alphabetic)
}

fn enter(counts: &mut [Option<u32>; STATES], state: State, count: u32) {
    if let Some(slot) = counts.get_mut(state as usize) {
        *slot = (*slot).max(Some(count));
    }
}

fn step(counts: [Option<u32>; STATES], byte: u8) -> [Option<u32>; STATES] {
    const ALL: [State; STATES] = [
        State::TagName,
        State::BeforeName,
        State::Name,
        State::AfterName,
        State::BeforeValue,
        State::DoubleQuoted,
        State::SingleQuoted,
        State::Unquoted,
    ];
    let mut next = [None; STATES];
    for (state, count) in ALL.into_iter().zip(counts) {
        let Some(count) = count else { continue };
        if let Some((state, more)) = after(state, byte) {
            enter(&mut next, state, count + more);
        }
    }
    next
}

/// The next state, and how many attributes begin with this byte; `None` where the tag ends.
fn after(state: State, byte: u8) -> Option<(State, u32)> {
    let is_space = matches!(byte, b'\t' | b'\n' | b'\x0C' | b'\r' | b' ' | b'/');
    Some(match (state, byte) {
        (State::DoubleQuoted, b'"') | (State::SingleQuoted, b'\'') => (State::BeforeName, 0),
        (State::DoubleQuoted | State::SingleQuoted, _) => (state, 0),
        (State::BeforeValue, b'"') => (State::DoubleQuoted, 0),
        (State::BeforeValue, b'\'') => (State::SingleQuoted, 0),
        (State::BeforeValue, b'\t' | b'\n' | b'\x0C' | b'\r' | b' ') => (state, 0),
        (_, b'>') => return None,
        (State::BeforeValue, _) => (State::Unquoted, 0),
        // A slash is part of a value without quotes.
        (State::Unquoted, b'/') => (state, 0),
        (State::Unquoted | State::TagName, _) if is_space => (State::BeforeName, 0),
        (State::Unquoted | State::TagName, _) => (state, 0),
        (State::Name, _) if is_space => (State::AfterName, 0),
        (State::Name | State::AfterName, b'=') => (State::BeforeValue, 0),
        (State::Name, _) => (state, 0),
        (State::BeforeName | State::AfterName, _) if is_space => (state, 0),
        (State::BeforeName | State::AfterName, _) => (State::Name, 1),
    })
}
