//! JSON as a token may hold it, read by the guard of bodies: no name twice in one object at any depth, since JavaScript
//! would take the last of two and others the first; a token that two readers understand differently is refused. Nor
//! invalid UTF-8, a byte order mark, half surrogate pairs, numbers beyond a double or trailing bytes.

use std::borrow::Cow;
use std::sync::LazyLock;

use crate::Error;
use crate::input::{Guard, Members, Policy, Rules};

/// Names of claims are of the issuer's choosing (RFC 7519 section 4.2 even wants URIs), so only their repetition counts.
const RULES: Rules = Rules { operators: false, dots: false, prototypes: false, duplicates: true };

/// As deep as a body may be; the size of a token bounds the rest.
const POLICY: Policy = Policy {
    max_bytes: 1 << 20,
    max_depth: 32,
    max_keys: 10_000,
    max_key_bytes: 8_192,
    containers_only: true,
    rules: RULES,
};

static GUARD: LazyLock<Option<Guard>> = LazyLock::new(|| Guard::new(POLICY).ok());

/// Reads one JSON object and tells `members` of what stands in it.
///
/// # Errors
/// `ERR_JWT_MALFORMED` for anything else.
pub(super) fn read<'t, M: Members<'t>>(json: &'t [u8], members: M) -> Result<M, Error> {
    let guard = GUARD.as_ref().ok_or(Error::JwtMalformed)?;
    let starts_object = json.trim_ascii_start().first() == Some(&b'{');
    if !starts_object {
        return Err(Error::JwtMalformed);
    }
    guard.check_members(json, members).map_err(|_| Error::JwtMalformed)
}

/// The text of a JSON string, borrowed where it holds no escape; `None` for any other value.
pub(super) fn string(json: &str) -> Option<Cow<'_, str>> {
    let text = json.strip_prefix('"')?.strip_suffix('"')?;
    if text.contains('\\') {
        return serde_json::from_str(json).ok().map(Cow::Owned);
    }
    Some(Cow::Borrowed(text))
}
