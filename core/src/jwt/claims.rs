//! Claims: read in one strict pass, then judged apart from all cryptography.

use std::borrow::Cow;

use super::strict::{self, Members, Value};
use crate::Error;
use crate::revocations::Checked;

/// The registered claims of a payload (RFC 7519 section 4.1), each as it stands there.
#[derive(Default)]
#[cfg_attr(test, derive(Debug, PartialEq))]
pub(super) struct Claims<'t> {
    pub(super) exp: Option<Claim<'t>>,
    pub(super) nbf: Option<Claim<'t>>,
    pub(super) iat: Option<Claim<'t>>,
    pub(super) iss: Option<Claim<'t>>,
    pub(super) sub: Option<Claim<'t>>,
    pub(super) aud: Option<Claim<'t>>,
    pub(super) jti: Option<Claim<'t>>,
    /// The session, of OpenID Connect (Front-Channel Logout section 3).
    pub(super) sid: Option<Claim<'t>>,
    /// What a client sent along to tie the token to its request (OpenID Connect Core section 2).
    pub(super) nonce: Option<Claim<'t>>,
    /// Whether each required name was met.
    met: Vec<bool>,
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
    /// Reads a payload and looks out for the `required` names.
    ///
    /// # Errors
    /// `ERR_JWT_MALFORMED` when the payload is not one JSON object, or a name stands twice in an object of it.
    pub(super) fn parse(payload: &'t [u8], required: &[String]) -> Result<Self, Error> {
        let mut claims = Self::empty(required);
        strict::read(payload, &mut Reading { claims: &mut claims, required, current: None })?;
        Ok(claims)
    }

    /// As [`Self::parse`], by the guard alone.
    #[cfg(test)]
    pub(super) fn parse_guarded(payload: &'t [u8], required: &[String]) -> Result<Self, Error> {
        let mut claims = Self::empty(required);
        let mut reading = Reading { claims: &mut claims, required, current: None };
        strict::read_guarded(payload, &mut reading)?;
        Ok(claims)
    }

    fn empty(required: &[String]) -> Self {
        Self { met: vec![false; required.len()], ..Self::default() }
    }

    /// What the token says of itself, as far as it can be revoked by it.
    pub(super) fn checked<'c>(&'c self, kid: Option<&'c str>) -> Checked<'c> {
        let text = |claim: &'c Option<Claim<'t>>| match claim {
            Some(Claim::Text(text)) => Some(&**text),
            _ => None,
        };
        let iat = match self.iat {
            Some(Claim::Number(iat)) => Some(iat),
            _ => None,
        };
        Checked { jti: text(&self.jti), sub: text(&self.sub), sid: text(&self.sid), kid, iat }
    }

    /// The place of the first required name that is missing.
    pub(super) fn first_missing(&self) -> Option<usize> {
        self.met.iter().position(|met| !met)
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

struct Reading<'t, 'r> {
    claims: &'r mut Claims<'t>,
    required: &'r [String],
    current: Option<Registered>,
}

/// The claims that are kept.
#[derive(Clone, Copy)]
enum Registered {
    Exp,
    Nbf,
    Iat,
    Iss,
    Sub,
    Aud,
    Jti,
    Sid,
    Nonce,
}

impl Registered {
    /// Compares names of three letters as one number, which is faster than letter by letter.
    #[inline]
    fn from_name(name: &[u8]) -> Option<Self> {
        const fn word([a, b, c]: [u8; 3]) -> u32 {
            u32::from_le_bytes([a, b, c, 0])
        }
        const EXP: u32 = word(*b"exp");
        const NBF: u32 = word(*b"nbf");
        const IAT: u32 = word(*b"iat");
        const ISS: u32 = word(*b"iss");
        const SUB: u32 = word(*b"sub");
        const AUD: u32 = word(*b"aud");
        const JTI: u32 = word(*b"jti");
        const SID: u32 = word(*b"sid");
        let Ok(letters) = name.try_into() else {
            return (name == b"nonce").then_some(Self::Nonce);
        };
        Some(match word(letters) {
            EXP => Self::Exp,
            NBF => Self::Nbf,
            IAT => Self::Iat,
            ISS => Self::Iss,
            SUB => Self::Sub,
            AUD => Self::Aud,
            JTI => Self::Jti,
            SID => Self::Sid,
            _ => return None,
        })
    }
}

impl<'t> Members<'t> for Reading<'t, '_> {
    fn restart(&mut self) {
        *self.claims = Claims::empty(self.required);
    }

    #[inline]
    fn name(&mut self, name: &[u8]) {
        self.current = Registered::from_name(name);
        for (met, required) in self.claims.met.iter_mut().zip(self.required) {
            *met |= required.as_bytes() == name;
        }
    }

    #[inline(always)]
    fn value(&mut self, value: Value<'t>) {
        let slot = match self.current {
            None => return,
            Some(Registered::Exp) => &mut self.claims.exp,
            Some(Registered::Nbf) => &mut self.claims.nbf,
            Some(Registered::Iat) => &mut self.claims.iat,
            Some(Registered::Iss) => &mut self.claims.iss,
            Some(Registered::Sub) => &mut self.claims.sub,
            Some(Registered::Aud) => &mut self.claims.aud,
            Some(Registered::Jti) => &mut self.claims.jti,
            Some(Registered::Sid) => &mut self.claims.sid,
            Some(Registered::Nonce) => &mut self.claims.nonce,
        };
        *slot = Some(Claim::parse(value));
    }
}

impl<'t> Claim<'t> {
    // Inlined for the reason that `flat` states: returning a claim through memory costs more than reading it.
    #[inline(always)]
    fn parse(value: Value<'t>) -> Self {
        match value {
            Value::Text(text) => Self::Text(Cow::Borrowed(text)),
            Value::Number(number) => Self::Number(number),
            Value::Json(json) => Self::parse_json(json),
        }
    }

    #[inline(never)]
    fn parse_json(json: &'t str) -> Self {
        let claim = match json.as_bytes().first() {
            Some(b'"') => Value::Json(json).text().map(Self::Text),
            Some(b'-' | b'0'..=b'9') => json.parse().ok().map(Self::Number),
            Some(b'[') => serde_json::from_str(json).ok().and_then(Self::texts),
            _ => None,
        };
        claim.unwrap_or(Self::Other)
    }

    fn texts(texts: Vec<Cow<'t, str>>) -> Option<Self> {
        (!texts.is_empty()).then_some(Self::Texts(texts))
    }
}
