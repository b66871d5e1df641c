//! The candidates of `srcset` (WHATWG HTML section 4.8.4.2.1).

use super::url::Urls;

/// The candidates that are kept, or `None` if there are none.
pub(super) fn judge(urls: &Urls, attribute: &str, value: &str) -> Option<String> {
    let mut kept = String::new();
    let mut rest = value;
    while let Some((url, descriptor, after)) = candidate(rest) {
        rest = after;
        let Some(url) = urls.judge(attribute, url) else { continue };
        if url.is_empty()
            || !is_descriptor(descriptor)
            || url.starts_with(',')
            || url.ends_with(',')
        {
            continue;
        }
        if !kept.is_empty() {
            kept.push_str(", ");
        }
        kept.push_str(&url);
        if !descriptor.is_empty() {
            kept.push(' ');
            kept.push_str(descriptor);
        }
    }
    (!kept.is_empty()).then_some(kept)
}

/// The next URL, its descriptor, and what follows.
fn candidate(text: &str) -> Option<(&str, &str, &str)> {
    let is_space = |char: char| char.is_ascii_whitespace();
    let text = text.trim_start_matches(|char| is_space(char) || char == ',');
    if text.is_empty() {
        return None;
    }
    let (url, rest) = text.split_at(text.find(is_space).unwrap_or(text.len()));
    if url.ends_with(',') {
        return Some((url.trim_end_matches(','), "", rest));
    }
    let (descriptor, rest) = rest.split_at(rest.find(',').unwrap_or(rest.len()));
    Some((url, descriptor.trim_matches(is_space), rest))
}

/// A width, a height or a density.
fn is_descriptor(text: &str) -> bool {
    let Some((number, unit)) = text.split_at_checked(text.len().saturating_sub(1)) else {
        return false;
    };
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    text.is_empty() || !number.is_empty() && is_number(number) && matches!(unit, "w" | "h" | "x")
}
