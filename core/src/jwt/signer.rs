use std::sync::Arc;

use super::algorithm::Algorithm;
use super::claims::{Claim, Claims};
use super::compact;
use super::key::Key;
use super::sign_key::{SignKey, SlowKey};
use crate::{Error, Text};

/// Signs claims with one prepared key and one prepared header.
pub struct Signer {
    key: SignKey,
    /// The encoded header and its dot.
    prefix: Vec<u8>,
}

/// A token that lacks only its signature, and the key to make it with: work for another thread.
pub struct Signing {
    key: Arc<SlowKey>,
    message: Vec<u8>,
}

impl Signer {
    /// # Errors
    /// `ERR_JWT_KEY` for an unfit key, `ERR_JWT_KEY_ALGORITHM` when the algorithm is not for it.
    pub fn new(key: &Key, algorithm: Algorithm, key_id: Option<&str>) -> Result<Self, Error> {
        let key = SignKey::new(algorithm, key)?;
        let mut header = serde_json::Map::new();
        header.insert("alg".into(), algorithm.name().into());
        header.insert("typ".into(), "JWT".into());
        if let Some(key_id) = key_id {
            header.insert("kid".into(), key_id.into());
        }
        let header = serde_json::Value::Object(header).to_string();
        let mut prefix = Vec::new();
        push_part(&mut prefix, header.as_bytes())?;
        Ok(Self { key, prefix })
    }

    /// Signs the claims, given as the JSON text of one object, and returns the compact token, which is ASCII.
    ///
    /// # Errors
    /// `ERR_JWT_CLAIMS` when the text is no JSON object, a claim stands twice, or a registered claim has a type
    /// that RFC 7519 section 4.1 does not allow: no verifier would accept such a token.
    pub fn sign(&self, claims: &[u8]) -> Result<Vec<u8>, Error> {
        self.finish(self.message(claims)?)
    }

    /// As [`Self::sign`], with the slow half left to be done; `None` where the key is quick, and a hop to another thread
    /// would cost more than the signature.
    ///
    /// # Errors
    /// Those of [`Self::sign`].
    pub fn begin(&self, claims: &[u8]) -> Result<Option<Signing>, Error> {
        match &self.key {
            SignKey::Secret(_) | SignKey::Quick(_) => Ok(None),
            SignKey::Slow(key) => {
                Ok(Some(Signing { key: Arc::clone(key), message: self.message(claims)? }))
            }
        }
    }

    /// Signs any bytes under a header of the caller's, who answers for its `alg`.
    ///
    /// # Errors
    /// `ERR_JWT_KEY` when the key cannot sign.
    pub fn sign_jws(&self, header: &[u8], payload: &[u8]) -> Result<Vec<u8>, Error> {
        let mut message = Vec::with_capacity((header.len() + payload.len()) * 4 / 3 + 92);
        push_part(&mut message, header)?;
        compact::encode_onto(&mut message, payload)?;
        self.finish(message)
    }

    fn message(&self, claims: &[u8]) -> Result<Vec<u8>, Error> {
        check_claims(claims)?;
        let mut message = Vec::with_capacity(self.prefix.len() + claims.len() * 4 / 3 + 92);
        message.extend_from_slice(&self.prefix);
        compact::encode_onto(&mut message, claims)?;
        Ok(message)
    }

    fn finish(&self, message: Vec<u8>) -> Result<Vec<u8>, Error> {
        let signature = self.key.sign(&message)?;
        signed(message, signature.as_bytes())
    }
}

impl Signing {
    /// The token.
    ///
    /// # Errors
    /// `ERR_JWT_KEY` when the key cannot sign.
    pub fn finish(self) -> Result<Vec<u8>, Error> {
        let signature = self.key.sign(&self.message)?;
        signed(self.message, &signature)
    }
}

fn push_part(message: &mut Vec<u8>, part: &[u8]) -> Result<(), Error> {
    compact::encode_onto(message, part)?;
    message.push(b'.');
    Ok(())
}

fn signed(mut message: Vec<u8>, signature: &[u8]) -> Result<Vec<u8>, Error> {
    message.push(b'.');
    compact::encode_onto(&mut message, signature)?;
    Ok(message)
}

fn check_claims(json: &[u8]) -> Result<(), Error> {
    let Ok(claims) = Claims::parse(json, &[]) else {
        return Err(refused("must be one JSON object of well-formed text, with no name twice"));
    };
    for (claim, name) in [(&claims.exp, "exp"), (&claims.nbf, "nbf"), (&claims.iat, "iat")] {
        if !matches!(claim, None | Some(Claim::Number(_))) {
            return Err(refused(format!("need a number of seconds as \"{name}\"")));
        }
    }
    for (claim, name) in [(&claims.iss, "iss"), (&claims.sub, "sub"), (&claims.jti, "jti")] {
        if !matches!(claim, None | Some(Claim::Text(_))) {
            return Err(refused(format!("need a string as \"{name}\"")));
        }
    }
    if !matches!(claims.aud, None | Some(Claim::Text(_) | Claim::Texts(_))) {
        return Err(refused("need a string or an array of strings as \"aud\""));
    }
    Ok(())
}

fn refused(reason: impl Into<Text>) -> Error {
    Error::JwtClaims { reason: reason.into() }
}
