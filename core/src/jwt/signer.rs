use super::algorithm::Algorithm;
use super::claims::{Claim, Claims};
use super::compact;
use super::key::{Secret, SignKey};
use crate::{Error, Text};

/// Signs claims with one prepared key and one prepared header.
pub struct Signer {
    key: SignKey,
    /// The encoded header and its dot.
    prefix: Vec<u8>,
}

impl Signer {
    /// # Errors
    /// `ERR_JWT_KEY` when the secret is shorter than the algorithm's hash.
    pub fn new(secret: &Secret, algorithm: Algorithm, key_id: Option<&str>) -> Result<Self, Error> {
        let key = SignKey::new(algorithm, secret)?;
        let mut header = serde_json::Map::new();
        header.insert("alg".into(), algorithm.name().into());
        header.insert("typ".into(), "JWT".into());
        if let Some(key_id) = key_id {
            header.insert("kid".into(), key_id.into());
        }
        let mut prefix = Vec::new();
        compact::encode_onto(
            &mut prefix,
            serde_json::Value::Object(header).to_string().as_bytes(),
        )?;
        prefix.push(b'.');
        Ok(Self { key, prefix })
    }

    /// Signs the claims, given as the JSON text of one object, and returns the compact token, which is ASCII.
    ///
    /// # Errors
    /// `ERR_JWT_CLAIMS` when the text is no JSON object, a claim stands twice, or a registered claim has a type
    /// that RFC 7519 section 4.1 does not allow: no verifier would accept such a token.
    pub fn sign(&self, claims: &[u8]) -> Result<Vec<u8>, Error> {
        check_claims(claims)?;
        let mut token = Vec::with_capacity(self.prefix.len() + claims.len() * 4 / 3 + 92);
        token.extend_from_slice(&self.prefix);
        compact::encode_onto(&mut token, claims)?;
        let signature = self.key.sign(&token)?;
        token.push(b'.');
        compact::encode_onto(&mut token, &signature)?;
        Ok(token)
    }
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
