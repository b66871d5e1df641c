//! Claims: read in one strict pass, then judged apart from all cryptography.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};

use super::strict::{Name, Names, Walk};
use crate::Error;

/// The registered claims of a payload (RFC 7519 section 4.1), each as it stands there.
#[derive(Default)]
pub(super) struct Claims<'t> {
    pub(super) exp: Option<Claim<'t>>,
    pub(super) nbf: Option<Claim<'t>>,
    pub(super) iat: Option<Claim<'t>>,
    pub(super) iss: Option<Claim<'t>>,
    pub(super) sub: Option<Claim<'t>>,
    pub(super) aud: Option<Claim<'t>>,
    pub(super) jti: Option<Claim<'t>>,
    names: Names<'t>,
}

/// A claim's value, as far as a policy can ask for it.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Claim<'t> {
    Number(f64),
    Text(Cow<'t, str>),
    /// An array of strings only, and not an empty one.
    Texts(Vec<Cow<'t, str>>),
    Other,
}

impl<'t> Claims<'t> {
    /// # Errors
    /// `ERR_JWT_MALFORMED` when the payload is not one JSON object, or a name stands twice in an object of it.
    pub(super) fn parse(payload: &'t [u8]) -> Result<Self, Error> {
        serde_json::from_slice(payload).map_err(|_| Error::JwtMalformed)
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.names.contains(name)
    }

    /// A time claim in seconds since 1970-01-01 UTC, with or without a fraction (RFC 7519 section 2, NumericDate).
    pub(super) fn time(
        claim: Option<&Claim<'t>>,
        name: &'static str,
    ) -> Result<Option<f64>, Error> {
        match claim {
            None => Ok(None),
            Some(Claim::Number(seconds)) => Ok(Some(*seconds)),
            Some(_) => Err(Error::JwtClaimType { claim: name }),
        }
    }
}

impl<'de> Deserialize<'de> for Claims<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ClaimsVisitor)
    }
}

struct ClaimsVisitor;

impl<'de> Visitor<'de> for ClaimsVisitor {
    type Value = Claims<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a claims object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut claims = Claims::default();
        while let Some(Name(name)) = map.next_key()? {
            let slot = match &*name {
                "exp" => Some(&mut claims.exp),
                "nbf" => Some(&mut claims.nbf),
                "iat" => Some(&mut claims.iat),
                "iss" => Some(&mut claims.iss),
                "sub" => Some(&mut claims.sub),
                "aud" => Some(&mut claims.aud),
                "jti" => Some(&mut claims.jti),
                _ => None,
            };
            match slot {
                Some(slot) => *slot = Some(map.next_value()?),
                None => map.next_value_seed(Walk)?,
            }
            if !claims.names.insert(name) {
                return Err(A::Error::custom("a claim stands twice"));
            }
        }
        Ok(claims)
    }
}

impl<'de> Deserialize<'de> for Claim<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ClaimVisitor)
    }
}

struct ClaimVisitor;

impl<'de> Visitor<'de> for ClaimVisitor {
    type Value = Claim<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a claim")
    }
    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(Claim::Other)
    }
    #[allow(clippy::cast_precision_loss)]
    fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Claim::Number(number as f64))
    }
    #[allow(clippy::cast_precision_loss)]
    fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
        Ok(Claim::Number(number as f64))
    }
    fn visit_f64<E>(self, number: f64) -> Result<Self::Value, E> {
        Ok(Claim::Number(number))
    }
    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Claim::Text(Cow::Borrowed(text)))
    }
    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Claim::Text(Cow::Owned(text.to_owned())))
    }
    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Claim::Other)
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        let mut texts = Vec::new();
        let mut is_texts = true;
        while let Some(item) = items.next_element::<Claim<'de>>()? {
            match item {
                Claim::Text(text) => texts.push(text),
                _ => is_texts = false,
            }
        }
        Ok(if is_texts && !texts.is_empty() { Claim::Texts(texts) } else { Claim::Other })
    }
    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<Self::Value, A::Error> {
        Walk.visit_map(members)?;
        Ok(Claim::Other)
    }
}
