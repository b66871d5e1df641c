//! What a verifier asks of claims: parsed once, judged per token.

#![allow(clippy::neg_cmp_op_on_partial_ord)]

use super::claims::{Claim, Claims};
use super::matcher::Matcher;
use crate::Error;

/// The most that clocks of issuer and verifier may differ, in seconds: RFC 7519 section 4.1.4 allows "no more
/// than a few minutes".
pub const MAX_TOLERANCE_SECONDS: f64 = 300.0;

/// What is asked of the claims. Lists are "any of"; an empty list asks nothing.
#[derive(Clone, Debug, Default)]
pub struct Policy {
    /// Accepted values of `iss`.
    pub issuers: Vec<Matcher>,
    /// Accepted members of `aud`.
    pub audiences: Vec<Matcher>,
    /// Accepted values of `sub`.
    pub subjects: Vec<Matcher>,
    /// Accepted values of `jti`.
    pub token_ids: Vec<Matcher>,
    /// Accepted values of `nonce`.
    pub nonces: Vec<Matcher>,
    /// Claims that must be there, whatever their value.
    pub required: Vec<String>,
    /// The greatest age by `iat`, in seconds.
    pub max_age_seconds: Option<f64>,
    /// How far `exp`, `nbf` and `iat` may lie on the wrong side, in seconds.
    pub tolerance_seconds: f64,
}

/// When a token passes, in seconds since 1970-01-01 UTC: from the first, before the second.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lifespan {
    /// Minus infinity where nothing is said.
    pub not_before: f64,
    /// Infinity where nothing is said.
    pub expires: f64,
}

impl Policy {
    /// # Errors
    /// `ERR_JWT_OPTION` for an empty name, `ERR_JWT_OPTION_RANGE` for a bad number.
    pub(super) fn check(&self) -> Result<(), Error> {
        if self.required.iter().any(String::is_empty) {
            let reason = "must not hold an empty string".into();
            return Err(Error::JwtOption { option: "requiredClaims", reason });
        }
        // The comparison is written so that NaN fails it.
        if !(0.0..=MAX_TOLERANCE_SECONDS).contains(&self.tolerance_seconds) {
            return Err(Error::JwtOptionRange {
                option: "clockToleranceSeconds",
                reason: format!("must be a number of seconds from 0 to {MAX_TOLERANCE_SECONDS}")
                    .into(),
            });
        }
        if self.max_age_seconds.is_some_and(|age| !(age > 0.0 && age.is_finite())) {
            return Err(Error::JwtOptionRange {
                option: "maxAgeSeconds",
                reason: "must be a finite number of seconds above 0".into(),
            });
        }
        Ok(())
    }

    /// Judges the claims at `now`, in seconds since 1970-01-01 UTC; the first failure is returned.
    pub(super) fn judge(&self, claims: &Claims<'_>, now: f64) -> Result<Lifespan, Error> {
        let lifespan = self.judge_times(claims, now)?;
        judge_text(&self.issuers, claims.iss.as_ref(), "iss", Error::JwtIssuer)?;
        self.judge_audience(claims.aud.as_ref())?;
        judge_text(&self.subjects, claims.sub.as_ref(), "sub", Error::JwtSubject)?;
        judge_text(&self.token_ids, claims.jti.as_ref(), "jti", Error::JwtId)?;
        judge_text(&self.nonces, claims.nonce.as_ref(), "nonce", Error::JwtNonce)?;
        match claims.first_missing().and_then(|at| self.required.get(at)) {
            Some(name) => Err(Error::JwtClaimMissing { claim: name.clone().into() }),
            None => Ok(lifespan),
        }
    }

    /// Each comparison is written so that a clock that is not a number fails it.
    fn judge_times(&self, claims: &Claims<'_>, now: f64) -> Result<Lifespan, Error> {
        let exp = Claims::time(claims.exp.as_ref(), "exp")?;
        let nbf = Claims::time(claims.nbf.as_ref(), "nbf")?;
        let iat = Claims::time(claims.iat.as_ref(), "iat")?;
        if exp.is_some_and(|exp| !(now < exp + self.tolerance_seconds)) {
            return Err(Error::JwtExpired);
        }
        if nbf.is_some_and(|nbf| !(now >= nbf - self.tolerance_seconds)) {
            return Err(Error::JwtNotYetValid);
        }
        let lifespan = Lifespan {
            not_before: nbf.unwrap_or(f64::NEG_INFINITY) - self.tolerance_seconds,
            expires: exp.unwrap_or(f64::INFINITY) + self.tolerance_seconds,
        };
        let Some(max_age) = self.max_age_seconds else { return Ok(lifespan) };
        let iat = iat.ok_or(Error::JwtClaimMissing { claim: "iat".into() })?;
        if !(now >= iat - self.tolerance_seconds) {
            return Err(Error::JwtNotYetValid);
        }
        if !(now - iat <= max_age + self.tolerance_seconds) {
            return Err(Error::JwtTooOld);
        }
        Ok(Lifespan {
            not_before: lifespan.not_before.max(iat - self.tolerance_seconds),
            expires: lifespan.expires.min(iat + max_age + self.tolerance_seconds),
        })
    }

    fn judge_audience(&self, aud: Option<&Claim<'_>>) -> Result<(), Error> {
        if self.audiences.is_empty() {
            return Ok(());
        }
        let accepts = |text: &str| self.audiences.iter().any(|audience| audience.accepts(text));
        match aud {
            None => Err(Error::JwtClaimMissing { claim: "aud".into() }),
            Some(Claim::Text(text)) if accepts(text) => Ok(()),
            Some(Claim::Texts(texts)) if texts.iter().any(|text| accepts(text)) => Ok(()),
            Some(Claim::Text(_) | Claim::Texts(_)) => Err(Error::JwtAudience),
            Some(_) => Err(Error::JwtClaimType { claim: "aud" }),
        }
    }
}

fn judge_text(
    accepted: &[Matcher],
    claim: Option<&Claim<'_>>,
    name: &'static str,
    refusal: Error,
) -> Result<(), Error> {
    if accepted.is_empty() {
        return Ok(());
    }
    match claim {
        None => Err(Error::JwtClaimMissing { claim: name.into() }),
        Some(Claim::Text(text)) if accepted.iter().any(|value| value.accepts(text)) => Ok(()),
        Some(Claim::Text(_)) => Err(refusal),
        Some(_) => Err(Error::JwtClaimType { claim: name }),
    }
}
