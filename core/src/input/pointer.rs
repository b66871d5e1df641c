//! JSON Pointers (RFC 6901) for messages: short, and without control characters.

/// Characters of one key. What is longer is cut and ends with an ellipsis.
const LONGEST_KEY: usize = 64;
/// Bytes of the whole pointer. Where it would be longer, keys in its middle become one ellipsis.
const LONGEST: usize = 256;
/// The ellipsis, with the slash before it.
const GAP: &str = "/…";

/// The pointer to the value that these keys lead to.
pub(super) fn pointer<'k>(keys: impl IntoIterator<Item = &'k [u8]>) -> String {
    let tokens: Vec<String> = keys.into_iter().map(token).collect();
    let bytes: usize = tokens.iter().map(String::len).sum();
    match tokens.split_last() {
        Some((last, others)) if bytes > LONGEST => shortened(others, last),
        _ => tokens.concat(),
    }
}

/// The last key, and as many of the first as there is room for.
fn shortened(others: &[String], last: &str) -> String {
    let mut pointer = String::new();
    for token in others {
        if pointer.len() + token.len() + GAP.len() + last.len() > LONGEST {
            break;
        }
        pointer.push_str(token);
    }
    let end = last.char_indices().map(|(at, char)| at + char.len_utf8());
    let end = end.take_while(|end| pointer.len() + GAP.len() + end <= LONGEST).last();
    pointer + GAP + last.get(..end.unwrap_or_default()).unwrap_or_default()
}

/// One key with its slash.
fn token(key: &[u8]) -> String {
    let key = String::from_utf8_lossy(key);
    let mut token = String::from("/");
    let mut chars = key.chars();
    for char in chars.by_ref().take(LONGEST_KEY) {
        match char {
            '~' => token.push_str("~0"),
            '/' => token.push_str("~1"),
            _ if is_unprintable(char) => token.push_str(&format!("\\u{:04x}", u32::from(char))),
            _ => token.push(char),
        }
    }
    if chars.next().is_some() {
        token.push('…');
    }
    token
}

/// Control characters, and those that change the direction or the lines of the text around them.
fn is_unprintable(char: char) -> bool {
    char.is_control()
        || matches!(char, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_what_a_pointer_and_a_log_may_not_contain() {
        assert_eq!(pointer([]), "");
        assert_eq!(pointer([&b""[..], b"a/b~c"]), "//a~1b~0c");
        assert_eq!(pointer(["a\nb\u{7f}\u{202e}".as_bytes()]), "/a\\u000ab\\u007f\\u202e");
    }

    #[test]
    fn cuts_long_keys_and_long_paths_but_keeps_the_last_key() {
        assert_eq!(pointer(["é".repeat(65).as_bytes()]), format!("/{}…", "é".repeat(64)));
        let keys = vec!["abcdefghi".as_bytes(); 40];
        let long = pointer(keys.into_iter().chain([&b"$gt"[..]]));
        assert!(
            long.len() <= LONGEST && long.starts_with("/abcdefghi/") && long.ends_with("/…/$gt")
        );
        let unprintable = "\u{202e}".repeat(64);
        assert!(pointer([unprintable.as_bytes(), unprintable.as_bytes()]).len() <= LONGEST);
    }
}
