use std::borrow::Cow;

use serde::de::{Deserialize, Deserializer, Error as _, IgnoredAny, MapAccess, Visitor};

use super::strict::{Name, Names, Walk};
use crate::Error;

/// What a verifier asks of a JOSE header (RFC 7515 section 4). Everything else in it, keys above all
/// (`jwk`, `jku`, `x5c`, `x5u`), is never looked at.
pub(super) struct Header<'t> {
    pub(super) algorithm: Cow<'t, str>,
    pub(super) typ: Option<Cow<'t, str>>,
    /// A `crit` member of any form is present.
    pub(super) is_critical: bool,
}

impl<'t> Header<'t> {
    /// # Errors
    /// `ERR_JWT_MALFORMED` when the header is no JSON object, a name stands in it twice, or `alg`, `typ` or
    /// `kid` is no string; `ERR_JWT_ALGORITHM` when there is no `alg`.
    pub(super) fn parse(json: &'t [u8]) -> Result<Self, Error> {
        let members: Members<'t> = serde_json::from_slice(json).map_err(|_| Error::JwtMalformed)?;
        let algorithm = members.algorithm.ok_or(Error::JwtAlgorithm)?;
        Ok(Self { algorithm, typ: members.typ, is_critical: members.is_critical })
    }

    /// Whether `typ` names this media type: without regard to case, and `application/` may be left out
    /// (RFC 7515 section 4.1.9).
    pub(super) fn has_typ(&self, wanted: &str) -> bool {
        self.typ
            .as_deref()
            .is_some_and(|typ| bare_type(typ).eq_ignore_ascii_case(bare_type(wanted)))
    }
}

fn bare_type(typ: &str) -> &str {
    const PREFIX: &str = "application/";
    match typ.get(..PREFIX.len()) {
        Some(prefix) if prefix.eq_ignore_ascii_case(PREFIX) => {
            typ.get(PREFIX.len()..).unwrap_or(typ)
        }
        _ => typ,
    }
}

#[derive(Default)]
struct Members<'t> {
    algorithm: Option<Cow<'t, str>>,
    typ: Option<Cow<'t, str>>,
    is_critical: bool,
}

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(MembersVisitor)
    }
}

struct MembersVisitor;

impl<'de> Visitor<'de> for MembersVisitor {
    type Value = Members<'de>;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a JOSE header")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = Members::default();
        let mut names = Names::default();
        while let Some(Name(name)) = map.next_key()? {
            match &*name {
                "alg" => members.algorithm = Some(map.next_value::<Name<'de>>()?.0),
                "typ" => members.typ = Some(map.next_value::<Name<'de>>()?.0),
                "kid" => drop(map.next_value::<Name<'de>>()?),
                "crit" => {
                    map.next_value::<IgnoredAny>()?;
                    members.is_critical = true;
                }
                _ => map.next_value_seed(Walk)?,
            }
            if !names.insert(name) {
                return Err(A::Error::custom("a member stands twice"));
            }
        }
        Ok(members)
    }
}
