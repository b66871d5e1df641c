//! References: ids, `#id`, and pictures in `data:` URLs.

use std::borrow::Cow;

/// Whether a text can be an id that `#id` and `url(#id)` refer to: the characters that editors write. What URLs and CSS
/// give a meaning to is not among them.
pub(super) fn is_id(text: &str) -> bool {
    !text.is_empty()
        && text.chars().all(|c| match c {
            '-' | '_' | '.' | ':' => true,
            _ if c.is_ascii() => c.is_ascii_alphanumeric(),
            _ => c.is_alphanumeric(),
        })
}

/// The id with the prefix of the policy, unless it has it already.
pub(super) fn prefixed<'a>(id: &'a str, prefix: &str) -> Cow<'a, str> {
    if prefix.is_empty() || id.starts_with(prefix) {
        Cow::Borrowed(id)
    } else {
        Cow::Owned(format!("{prefix}{id}"))
    }
}

/// When an animation begins or ends, such as `button.click; 2s`, with the prefix before the ids in it.
pub(super) fn timing(value: Cow<'_, str>, prefix: &str) -> String {
    let each = value.split(';').map(str::trim).map(|time| match time.split_once('.') {
        // An id starts with a letter; anything else is a number of seconds.
        Some((id, event))
            if is_id(id) && id.starts_with(|c: char| c.is_alphabetic() || c == '_') =>
        {
            format!("{}.{event}", prefixed(id, prefix))
        }
        _ => time.to_owned(),
    });
    each.collect::<Vec<_>>().join(";")
}

/// The id that `#id` refers to.
pub(super) fn local(href: &str) -> Option<&str> {
    href.trim_matches(super::prolog::is_space).strip_prefix('#').filter(|id| is_id(id))
}

/// A raster image, by its declared type and by how its bytes begin: both must agree.
const IMAGES: &[(&str, &[&[u8]])] = &[
    ("png", &[b"\x89PNG\r\n\x1A\n"]),
    ("jpeg", &[b"\xFF\xD8\xFF"]),
    ("jpg", &[b"\xFF\xD8\xFF"]),
    ("gif", &[b"GIF87a", b"GIF89a"]),
    ("webp", &[b"RIFF"]),
];

/// A `data:` URL of a raster image, with the line breaks that editors put into it removed.
pub(super) fn image(href: &str) -> Option<Cow<'_, str>> {
    let href = if href.contains(super::prolog::is_space) {
        Cow::Owned(href.replace(super::prolog::is_space, ""))
    } else {
        Cow::Borrowed(href)
    };
    let (kind, data) = href.strip_prefix("data:image/")?.split_once(";base64,")?;
    let (_, starts) = IMAGES.iter().find(|(name, _)| *name == kind)?;
    let is_base64 = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
    let digits = data.trim_end_matches('=');
    let is_whole = data.len() - digits.len() <= 2 && digits.bytes().all(is_base64);
    let head = head(digits.as_bytes());
    let is_webp = kind != "webp" || head.get(8..12) == Some(b"WEBP");
    (is_whole && is_webp && starts.iter().any(|start| head.starts_with(start))).then_some(href)
}

/// The first twelve bytes of Base64.
fn head(digits: &[u8]) -> Vec<u8> {
    let (mut bits, mut count, mut bytes) = (0_u32, 0_u32, Vec::with_capacity(12));
    for digit in digits.iter().take(16) {
        bits = bits << 6 | u32::from(value_of(*digit));
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count) as u8);
            bits &= (1 << count) - 1;
        }
    }
    bytes
}

const fn value_of(digit: u8) -> u8 {
    match digit {
        b'A'..=b'Z' => digit - b'A',
        b'a'..=b'z' => digit - b'a' + 26,
        b'0'..=b'9' => digit - b'0' + 52,
        b'+' => 62,
        _ => 63,
    }
}
