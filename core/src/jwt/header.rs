use std::borrow::Cow;

use super::strict::{self, Members, Value};
use crate::Error;

/// What a verifier asks of a JOSE header (RFC 7515 section 4). Everything else in it, keys above all
/// (`jwk`, `jku`, `x5c`, `x5u`), is never looked at.
pub(super) struct Header<'t> {
    pub(super) algorithm: Cow<'t, str>,
    pub(super) key_id: Option<Cow<'t, str>>,
    typ: Option<Cow<'t, str>>,
    /// A member is present, in any form, that changes how a token is to be read: `crit`, or `b64` (RFC 7797) or `zip`
    /// (RFC 7516 section 4.1.3), which would make one reader see another payload than the next.
    pub(super) is_critical: bool,
}

impl<'t> Header<'t> {
    /// # Errors
    /// `ERR_JWT_MALFORMED` when the header is no JSON object, a name stands in it twice, or `alg`, `typ` or
    /// `kid` is not a string; `ERR_JWT_ALGORITHM` when there is no `alg`.
    pub(super) fn parse(json: &'t [u8]) -> Result<Self, Error> {
        let mut reading = Reading::default();
        strict::read(json, &mut reading)?;
        if reading.has_wrong_type {
            return Err(Error::JwtMalformed);
        }
        let algorithm = reading.algorithm.ok_or(Error::JwtAlgorithm)?;
        let Reading { key_id, typ, is_critical, .. } = reading;
        Ok(Self { algorithm, key_id, typ, is_critical })
    }

    /// Whether `typ` names this media type: without regard to case, and `application/` may be left out
    /// (RFC 7515 section 4.1.9).
    pub(super) fn has_typ(&self, wanted: &str) -> bool {
        self.typ.as_deref().is_some_and(|typ| bare(typ).eq_ignore_ascii_case(bare(wanted)))
    }
}

fn bare(typ: &str) -> &str {
    const PREFIX: &str = "application/";
    match typ.split_at_checked(PREFIX.len()) {
        Some((prefix, rest)) if prefix.eq_ignore_ascii_case(PREFIX) => rest,
        _ => typ,
    }
}

#[derive(Default)]
struct Reading<'t> {
    algorithm: Option<Cow<'t, str>>,
    key_id: Option<Cow<'t, str>>,
    typ: Option<Cow<'t, str>>,
    is_critical: bool,
    has_wrong_type: bool,
    current: Current,
}

#[derive(Clone, Copy, Default)]
enum Current {
    Algorithm,
    Typ,
    KeyId,
    #[default]
    Other,
}

impl<'t> Members<'t> for Reading<'t> {
    fn restart(&mut self) {
        *self = Self::default();
    }

    fn name(&mut self, name: &[u8]) {
        self.current = match name {
            b"alg" => Current::Algorithm,
            b"typ" => Current::Typ,
            b"kid" => Current::KeyId,
            _ => Current::Other,
        };
        self.is_critical |= matches!(name, b"crit" | b"b64" | b"zip");
    }

    fn value(&mut self, value: Value<'t>) {
        let text = value.text();
        self.has_wrong_type |= text.is_none() && !matches!(self.current, Current::Other);
        match self.current {
            Current::Algorithm => self.algorithm = text,
            Current::Typ => self.typ = text,
            Current::KeyId => self.key_id = text,
            Current::Other => {}
        }
    }
}
