//! Claims: read in one strict pass, then judged apart from all cryptography.

use std::borrow::Cow;

use super::strict;
use crate::Error;
use crate::input::Members;
use crate::revocations::Checked;

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
        let claims = Self { met: vec![false; required.len()], ..Self::default() };
        strict::read(payload, Reading { claims, required, current: None })
            .map(|reading| reading.claims)
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

struct Reading<'t, 'p> {
    claims: Claims<'t>,
    required: &'p [String],
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

impl<'t> Members<'t> for Reading<'t, '_> {
    fn name(&mut self, name: &[u8]) {
        self.current = match name {
            b"exp" => Some(Registered::Exp),
            b"nbf" => Some(Registered::Nbf),
            b"iat" => Some(Registered::Iat),
            b"iss" => Some(Registered::Iss),
            b"sub" => Some(Registered::Sub),
            b"aud" => Some(Registered::Aud),
            b"jti" => Some(Registered::Jti),
            b"sid" => Some(Registered::Sid),
            b"nonce" => Some(Registered::Nonce),
            _ => None,
        };
        for (met, required) in self.claims.met.iter_mut().zip(self.required) {
            *met |= required.as_bytes() == name;
        }
    }

    fn value(&mut self, json: &'t str) {
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
        *slot = Some(Claim::parse(json));
    }
}

impl<'t> Claim<'t> {
    /// `json`: one value, whose grammar is proven.
    fn parse(json: &'t str) -> Self {
        let claim = match json.as_bytes().first() {
            Some(b'"') => strict::string(json).map(Self::Text),
            Some(b'-' | b'0'..=b'9') => number(json).map(Self::Number),
            Some(b'[') => serde_json::from_str(json).ok().and_then(Self::texts),
            _ => None,
        };
        claim.unwrap_or(Self::Other)
    }

    fn texts(texts: Vec<Cow<'t, str>>) -> Option<Self> {
        (!texts.is_empty()).then_some(Self::Texts(texts))
    }
}

/// Times are whole seconds as a rule, and those are read much sooner than a double.
fn number(json: &str) -> Option<f64> {
    match json.parse::<u32>() {
        Ok(seconds) => Some(seconds.into()),
        Err(_) => json.parse().ok(),
    }
}
