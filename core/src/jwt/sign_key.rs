use std::sync::Arc;

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{
    self as aws, ECDSA_P384_SHA384_FIXED_SIGNING, ECDSA_P521_SHA512_FIXED_SIGNING, EcdsaKeyPair,
    RsaEncoding, RsaKeyPair,
};
use jsonwebtoken::EncodingKey;
use jsonwebtoken::crypto::JwtSigner;
use jsonwebtoken::crypto::aws_lc::DEFAULT_PROVIDER;

use super::algorithm::Algorithm;
use super::key::{Key, Material, PrivateBytes, unfit};
use super::mac::{Mac, Tag};
use crate::Error;

/// A key that signs with one algorithm, prepared once.
pub(super) enum SignKey {
    /// A shared secret. Quick, so that it stays on its thread.
    Secret(Mac),
    /// The `jsonwebtoken` crate's signer: ES256, EdDSA. Quick too.
    Quick(Box<dyn JwtSigner>),
    /// Slow work, which may go to another thread.
    Slow(Arc<SlowKey>),
}

/// AWS-LC's own key pairs, where the crate would parse the key at each call (RSA) or lacks the algorithm (ES512).
pub(super) enum SlowKey {
    Rsa(RsaKeyPair, &'static dyn RsaEncoding),
    Ec(EcdsaKeyPair),
}

impl SignKey {
    pub(super) fn new(algorithm: Algorithm, key: &Key) -> Result<Self, Error> {
        match key.material() {
            Material::Secret(secret) => {
                key.assert_does(algorithm)?;
                let mac = Mac::new(algorithm, secret.fits(algorithm, key.strength())?);
                mac.map(Self::Secret).ok_or_else(|| unfit("could not be prepared"))
            }
            Material::Private(bytes) => {
                key.assert_does(algorithm)?;
                Self::private(algorithm, bytes)
            }
            Material::Public(_) => Err(unfit("is a public key, which cannot sign")),
        }
    }

    fn private(algorithm: Algorithm, bytes: &PrivateBytes) -> Result<Self, Error> {
        let slow = |key| Ok(Self::Slow(Arc::new(key)));
        match algorithm {
            Algorithm::Es256 => quick(algorithm, &EncodingKey::from_ec_der(bytes.der())),
            Algorithm::EdDsa => quick(algorithm, &EncodingKey::from_ed_der(bytes.der())),
            Algorithm::Es384 => slow(ec(&ECDSA_P384_SHA384_FIXED_SIGNING, bytes.der())?),
            Algorithm::Es512 => slow(ec(&ECDSA_P521_SHA512_FIXED_SIGNING, bytes.der())?),
            _ => slow(SlowKey::Rsa(
                RsaKeyPair::from_der(bytes.inner()).map_err(|_| invalid())?,
                encoding(algorithm)?,
            )),
        }
    }

    pub(super) fn sign(&self, message: &[u8]) -> Result<Signature, Error> {
        match self {
            Self::Secret(mac) => Ok(Signature::Mac(mac.sign(message))),
            Self::Quick(key) => {
                key.try_sign(message).map(Signature::Other).map_err(|_| unfit("could not sign"))
            }
            Self::Slow(key) => key.sign(message).map(Signature::Other),
        }
    }
}

/// A MAC needs no room on the heap.
pub(super) enum Signature {
    Mac(Tag),
    Other(Vec<u8>),
}

impl Signature {
    pub(super) fn as_bytes(&self) -> &[u8] {
        match self {
            Self::Mac(tag) => tag.as_bytes(),
            Self::Other(bytes) => bytes,
        }
    }
}

impl SlowKey {
    pub(super) fn sign(&self, message: &[u8]) -> Result<Vec<u8>, Error> {
        let random = SystemRandom::new();
        match self {
            Self::Rsa(key, encoding) => {
                let mut signature = vec![0; key.public_modulus_len()];
                key.sign(*encoding, &random, message, &mut signature).map(|()| signature)
            }
            Self::Ec(key) => {
                key.sign(&random, message).map(|signature| signature.as_ref().to_vec())
            }
        }
        .map_err(|_| unfit("could not sign"))
    }
}

fn quick(algorithm: Algorithm, key: &EncodingKey) -> Result<SignKey, Error> {
    let engine = match algorithm {
        Algorithm::Es256 => jsonwebtoken::Algorithm::ES256,
        Algorithm::EdDsa => jsonwebtoken::Algorithm::EdDSA,
        _ => return Err(invalid()),
    };
    (DEFAULT_PROVIDER.signer_factory)(&engine, key).map(SignKey::Quick).map_err(|_| invalid())
}

fn ec(algorithm: &'static aws::EcdsaSigningAlgorithm, der: &[u8]) -> Result<SlowKey, Error> {
    EcdsaKeyPair::from_pkcs8(algorithm, der).map(SlowKey::Ec).map_err(|_| invalid())
}

fn encoding(algorithm: Algorithm) -> Result<&'static dyn RsaEncoding, Error> {
    Ok(match algorithm {
        Algorithm::Rs256 => &aws::RSA_PKCS1_SHA256,
        Algorithm::Rs384 => &aws::RSA_PKCS1_SHA384,
        Algorithm::Rs512 => &aws::RSA_PKCS1_SHA512,
        Algorithm::Ps256 => &aws::RSA_PSS_SHA256,
        Algorithm::Ps384 => &aws::RSA_PSS_SHA384,
        Algorithm::Ps512 => &aws::RSA_PSS_SHA512,
        _ => return Err(invalid()),
    })
}

fn invalid() -> Error {
    unfit("is not a valid private key")
}
