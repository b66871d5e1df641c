//! JSON as a token may hold it: no name twice in one object at any depth, since JavaScript would take the last of two and
//! others the first; a token that two readers understand differently is refused. Nor invalid UTF-8, a byte order mark,
//! half surrogate pairs, numbers beyond a double or trailing bytes. Plain objects are read in one quick pass, all others by
//! the guard of bodies.

use std::borrow::Cow;
use std::sync::LazyLock;

use super::{LARGEST_MAX_TOKEN_BYTES, flat};
use crate::Error;
use crate::input::{self, Guard, Policy, Rules};

/// Receives each member of a token's object.
pub(super) trait Members<'t> {
    /// Forgets what it received: the reading begins again.
    fn restart(&mut self);

    /// A member begins. `name`: its name, unescaped.
    fn name(&mut self, name: &[u8]);

    /// The member ends.
    fn value(&mut self, value: Value<'t>);
}

/// A value whose grammar is proven. The quick pass reports strings and numbers as such; the guard reports JSON only.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Value<'t> {
    /// A string without escapes.
    Text(&'t str),
    /// A whole number.
    Number(f64),
    /// As it stands in the token.
    Json(&'t str),
}

/// Ignores the members of an object inside another.
impl Members<'_> for () {
    fn restart(&mut self) {}

    fn name(&mut self, _name: &[u8]) {}

    fn value(&mut self, _value: Value<'_>) {}
}

/// Names of claims are of the issuer's choosing (RFC 7519 section 4.2 even wants URIs), so only their repetition counts.
const RULES: Rules = Rules { operators: false, dots: false, prototypes: false, duplicates: true };

/// As deep as a body may be; the size of a token bounds the rest.
const POLICY: Policy = Policy {
    max_bytes: LARGEST_MAX_TOKEN_BYTES,
    max_depth: Policy::DEFAULT.max_depth,
    max_keys: 10_000,
    max_key_bytes: 8_192,
    containers_only: true,
    rules: RULES,
};

static GUARD: LazyLock<Option<Guard>> = LazyLock::new(|| Guard::new(POLICY).ok());

/// Reads one JSON object and tells `members` of what stands in it.
///
/// # Errors
/// `ERR_JWT_MALFORMED` for anything else; what `members` was told then counts for nothing.
#[inline]
pub(super) fn read<'t>(json: &'t [u8], members: &mut impl Members<'t>) -> Result<(), Error> {
    match flat::read(json, members) {
        Some(()) => Ok(()),
        None => {
            members.restart();
            read_guarded(json, members)
        }
    }
}

/// As [`read`], by the guard alone.
#[cold]
pub(super) fn read_guarded<'t>(
    json: &'t [u8],
    members: &mut impl Members<'t>,
) -> Result<(), Error> {
    let guard = GUARD.as_ref().ok_or(Error::JwtMalformed)?;
    let starts_object = json.trim_ascii_start().first() == Some(&b'{');
    if !starts_object {
        return Err(Error::JwtMalformed);
    }
    guard.check_members(json, Told(members)).map(|_| ()).map_err(|_| Error::JwtMalformed)
}

struct Told<'m, M>(&'m mut M);

impl<'t, M: Members<'t>> input::Members<'t> for Told<'_, M> {
    fn name(&mut self, name: &[u8]) {
        self.0.name(name);
    }

    fn value(&mut self, json: &'t str) {
        self.0.value(Value::Json(json));
    }
}

impl<'t> Value<'t> {
    /// The text of a string, borrowed where it holds no escape; `None` for any other value.
    pub(super) fn text(self) -> Option<Cow<'t, str>> {
        let json = match self {
            Self::Text(text) => return Some(Cow::Borrowed(text)),
            Self::Number(_) => return None,
            Self::Json(json) => json,
        };
        let text = json.strip_prefix('"')?.strip_suffix('"')?;
        if text.contains('\\') {
            return serde_json::from_str(json).ok().map(Cow::Owned);
        }
        Some(Cow::Borrowed(text))
    }
}
