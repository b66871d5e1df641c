use aws_lc_rs::signature::{self, ParsedPublicKey, VerificationAlgorithm};

use super::algorithm::Algorithm;
use super::key::{Key, Material, Strength, unfit};
use super::mac::Mac;
use super::secret::Secret;
use crate::Error;

/// A key that checks signatures of one algorithm, prepared once.
pub(super) enum VerifyKey {
    Secret(Mac),
    /// Parsed by AWS-LC. The `jsonwebtoken` crate would parse it again at each call.
    Public(ParsedPublicKey),
}

impl VerifyKey {
    pub(super) fn new(algorithm: Algorithm, key: &Key) -> Result<Self, Error> {
        match key.material() {
            Material::Secret(secret) => {
                key.assert_does(algorithm)?;
                Self::secret(algorithm, secret, key.strength())
            }
            Material::Public(point) => {
                key.assert_does(algorithm)?;
                public(algorithm, point, key.strength()).map(Self::Public)
            }
            Material::Private(_) => Err(unfit(
                "is a private key where a public one is meant: whoever verifies must not be able to sign",
            )),
        }
    }

    fn secret(algorithm: Algorithm, secret: &Secret, strength: Strength) -> Result<Self, Error> {
        let bytes = secret.fits(algorithm, strength)?;
        Mac::new(algorithm, bytes).map(Self::Secret).ok_or_else(|| unfit("could not be prepared"))
    }

    /// Whether `signature` is that of `message`. MACs are compared in constant time, and only at their full length.
    pub(super) fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        match self {
            Self::Secret(mac) => mac.verifies(message, signature),
            Self::Public(key) => key.verify_sig(message, signature).is_ok(),
        }
    }

    /// Whether it checks MACs, which need less room than the longest signature.
    pub(super) const fn is_mac(&self) -> bool {
        !matches!(self, Self::Public(_))
    }
}

/// A public key as the engine takes it.
///
/// # Errors
/// `ERR_JWT_KEY` when the engine does not take it.
pub(super) fn public(
    algorithm: Algorithm,
    key: &[u8],
    strength: Strength,
) -> Result<ParsedPublicKey, Error> {
    let engine = engine(algorithm, strength)?;
    ParsedPublicKey::new(engine, key).map_err(|_| unfit("is not a valid public key"))
}

fn engine(
    algorithm: Algorithm,
    strength: Strength,
) -> Result<&'static dyn VerificationAlgorithm, Error> {
    Ok(match (algorithm, strength) {
        (Algorithm::Rs256, Strength::Legacy) => {
            &signature::RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY
        }
        (Algorithm::Rs512, Strength::Legacy) => {
            &signature::RSA_PKCS1_1024_8192_SHA512_FOR_LEGACY_USE_ONLY
        }
        (Algorithm::Rs256, _) => &signature::RSA_PKCS1_2048_8192_SHA256,
        (Algorithm::Rs384, _) => &signature::RSA_PKCS1_2048_8192_SHA384,
        (Algorithm::Rs512, _) => &signature::RSA_PKCS1_2048_8192_SHA512,
        (Algorithm::Ps256, _) => &signature::RSA_PSS_2048_8192_SHA256,
        (Algorithm::Ps384, _) => &signature::RSA_PSS_2048_8192_SHA384,
        (Algorithm::Ps512, _) => &signature::RSA_PSS_2048_8192_SHA512,
        (Algorithm::Es256, _) => &signature::ECDSA_P256_SHA256_FIXED,
        (Algorithm::Es384, _) => &signature::ECDSA_P384_SHA384_FIXED,
        (Algorithm::Es512, _) => &signature::ECDSA_P521_SHA512_FIXED,
        (Algorithm::EdDsa, _) => &signature::ED25519,
        (Algorithm::Hs256 | Algorithm::Hs384 | Algorithm::Hs512, _) => {
            return Err(unfit("is a public key, with which no MAC is made"));
        }
    })
}
