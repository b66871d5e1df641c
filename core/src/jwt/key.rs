//! What keys are, and which are refused: every rule holds when a key is prepared, none is left to a request.

use std::borrow::Cow;
use std::sync::Arc;

use zeroize::Zeroizing;

use super::algorithm::{Algorithm, KeyKind};
use super::der::{self, KeyInfo, Oid};
use super::secret::Secret;
use super::{pss, roca, small_order, verify_key};
use crate::Error;

/// A key as it is handed over, before anything is known of it.
#[derive(Clone, Copy)]
pub enum KeyBytes<'k> {
    /// A shared secret.
    Secret(&'k [u8]),
    /// A public key: DER of SubjectPublicKeyInfo (RFC 5280 section 4.1).
    Public(&'k [u8]),
    /// A private key: DER of PrivateKeyInfo (RFC 5208 section 5).
    Private(&'k [u8]),
}

/// Which sizes are asked of a key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Strength {
    /// Secrets at least as long as the hash (RFC 7518 section 3.2), RSA of 2,048 bits or more (section 3.3).
    #[default]
    Full,
    /// Any secret that is not empty, RSA of 1,024 bits or more: for tokens that are in use already.
    Legacy,
}

/// RSA keys of at least this size, in bits (RFC 7518 section 3.3).
const LEAST_RSA_BITS: usize = 2048;
const LEAST_LEGACY_RSA_BITS: usize = 1024;
/// The largest that the engine verifies with.
pub(super) const MOST_RSA_BITS: usize = 8192;
/// What the engine verifies with an RSA key below [`LEAST_RSA_BITS`].
const SMALL_RSA: [Algorithm; 2] = [Algorithm::Rs256, Algorithm::Rs512];

const RSA: Oid<'_> = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];
const RSA_PSS: Oid<'_> = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0a];
const EC: Oid<'_> = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01];
const ED25519: Oid<'_> = &[0x2b, 0x65, 0x70];
const P256: Oid<'_> = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07];
const P384: Oid<'_> = &[0x2b, 0x81, 0x04, 0x00, 0x22];
const P521: Oid<'_> = &[0x2b, 0x81, 0x04, 0x00, 0x23];
const SECP256K1: Oid<'_> = &[0x2b, 0x81, 0x04, 0x00, 0x0a];

/// A key that was read and found fit, once: verifiers and signers are made of it. Clones share it.
#[derive(Clone)]
pub struct Key(Arc<Inspected>);

struct Inspected {
    material: Material,
    /// What it can do, its default first.
    algorithms: Vec<Algorithm>,
    strength: Strength,
}

/// A key's bytes, in the form in which the engines take them.
pub(super) enum Material {
    Secret(Secret),
    /// The bytes inside the SubjectPublicKeyInfo.
    Public(Box<[u8]>),
    Private(PrivateBytes),
}

/// A PrivateKeyInfo that was read once. Wiped when dropped.
pub(super) struct PrivateBytes(Zeroizing<Vec<u8>>);

impl PrivateBytes {
    /// The PrivateKeyInfo.
    pub(super) fn der(&self) -> &[u8] {
        &self.0
    }

    /// The bytes inside it.
    pub(super) fn inner(&self) -> &[u8] {
        der::pkcs8(&self.0).map(|info| info.key).unwrap_or_default()
    }
}

impl Key {
    /// Reads a key.
    ///
    /// # Errors
    /// `ERR_JWT_KEY` if it is not a key, is of a kind that no supported algorithm uses, or is weak.
    pub fn new(bytes: KeyBytes<'_>, strength: Strength) -> Result<Self, Error> {
        let (material, algorithms) = match bytes {
            KeyBytes::Secret(secret) => {
                let secret = Material::Secret(Secret::new(secret)?);
                (secret, Algorithm::of_kind(KeyKind::Secret))
            }
            KeyBytes::Public(der) => {
                let (info, algorithms) = inspect(der::spki(der), false, strength)?;
                // The engine's own rules, so that a key which is found fit can be prepared.
                if let Some(algorithm) = algorithms.first() {
                    verify_key::public(*algorithm, info.key, strength)?;
                }
                (Material::Public(info.key.into()), algorithms)
            }
            KeyBytes::Private(der) => {
                let (_, algorithms) = inspect(der::pkcs8(der), true, strength)?;
                let der = Zeroizing::new(der.to_vec());
                (Material::Private(PrivateBytes(der)), algorithms)
            }
        };
        Ok(Self(Arc::new(Inspected { material, algorithms, strength })))
    }

    /// The algorithms that it can do, its default first.
    #[must_use]
    pub fn algorithms(&self) -> &[Algorithm] {
        &self.0.algorithms
    }

    /// # Errors
    /// `ERR_JWT_KEY_ALGORITHM` when it cannot do the algorithm's work.
    pub(super) fn assert_does(&self, algorithm: Algorithm) -> Result<(), Error> {
        let Inspected { material, algorithms, .. } = &*self.0;
        if algorithms.contains(&algorithm) {
            return Ok(());
        }
        let names = Vec::from_iter(algorithms.iter().map(|one| one.name())).join(", ");
        let what = match (material, algorithms.as_slice()) {
            (Material::Secret(_), _) => "a shared secret",
            (_, [Algorithm::Rs256, ..]) => "an RSA key",
            (_, [Algorithm::Ps256 | Algorithm::Ps384 | Algorithm::Ps512, ..]) => "this RSA-PSS key",
            (_, [Algorithm::Es256]) => "a P-256 key",
            (_, [Algorithm::Es384]) => "a P-384 key",
            (_, [Algorithm::Es512]) => "a P-521 key",
            _ => "an Ed25519 key",
        };
        let reason = format!("{algorithm} does not work with {what}, which takes {names}").into();
        Err(Error::JwtKeyAlgorithm { reason })
    }

    pub(super) fn material(&self) -> &Material {
        &self.0.material
    }

    pub(super) fn strength(&self) -> Strength {
        self.0.strength
    }
}

impl PartialEq for Key {
    /// Whether both are the same key: not for secrets that an attacker may guess at, since its time tells.
    fn eq(&self, other: &Self) -> bool {
        match (self.material(), other.material()) {
            (Material::Secret(one), Material::Secret(other)) => one.bytes() == other.bytes(),
            (Material::Public(one), Material::Public(other)) => one == other,
            (Material::Private(one), Material::Private(other)) => one.der() == other.der(),
            _ => false,
        }
    }
}

fn inspect(
    info: Option<KeyInfo<'_>>,
    is_private: bool,
    strength: Strength,
) -> Result<(KeyInfo<'_>, Vec<Algorithm>), Error> {
    let info = info.ok_or_else(|| unfit("cannot be read: its DER is broken"))?;
    let kind = kind(&info)?;
    let mut algorithms = Algorithm::of_kind(kind);
    if matches!(kind, KeyKind::Rsa | KeyKind::RsaPss) {
        let (modulus, exponent) = der::rsa(info.key, is_private)
            .ok_or_else(|| unfit("cannot be read: its DER is broken"))?;
        if judge_rsa(modulus, exponent, strength)? < LEAST_RSA_BITS {
            algorithms.retain(|one| SMALL_RSA.contains(one));
        }
    }
    if kind == KeyKind::Ed25519 && !is_private && small_order::is_marked(info.key) {
        return Err(unfit(
            "is an Ed25519 point of small order or not canonical: anybody could sign",
        ));
    }
    if kind == KeyKind::RsaPss && !info.parameters.is_empty() {
        let bound = pss::bound_algorithm(info.parameters).ok_or_else(|| {
            unfit("is an RSA-PSS key that is bound to parameters which no algorithm has")
        })?;
        algorithms.retain(|one| *one == bound);
    }
    if algorithms.is_empty() {
        return Err(unfit("is an RSA-PSS key of fewer than 2,048 bits, which no algorithm takes"));
    }
    Ok((info, algorithms))
}

fn kind(info: &KeyInfo<'_>) -> Result<KeyKind, Error> {
    match (info.algorithm, der::identifier(info.parameters)) {
        (RSA, _) => Ok(KeyKind::Rsa),
        (RSA_PSS, _) => Ok(KeyKind::RsaPss),
        (ED25519, _) => Ok(KeyKind::Ed25519),
        (EC, Some(P256)) => Ok(KeyKind::P256),
        (EC, Some(P384)) => Ok(KeyKind::P384),
        (EC, Some(P521)) => Ok(KeyKind::P521),
        (EC, Some(SECP256K1)) => Err(unfit(
            "lies on the curve secp256k1: ES256K is not supported; use ES256 with a P-256 key, or EdDSA",
        )),
        (EC, None) => Err(unfit(
            "spells out its curve instead of naming it: write it anew with `openssl ec -param_enc named_curve`",
        )),
        _ => Err(unfit(
            "is of a kind that no supported algorithm uses; give RSA, P-256, P-384, P-521 or Ed25519",
        )),
    }
}

/// Returns its size in bits.
fn judge_rsa(modulus: &[u8], exponent: &[u8], strength: Strength) -> Result<usize, Error> {
    let least = match strength {
        Strength::Full => LEAST_RSA_BITS,
        Strength::Legacy => LEAST_LEGACY_RSA_BITS,
    };
    let bits = bits(modulus);
    if !(least..=MOST_RSA_BITS).contains(&bits) {
        return Err(unfit(format!(
            "has {bits} bits; RSA needs {least} to {MOST_RSA_BITS} (RFC 7518 section 3.3)"
        )));
    }
    // With 1 a signature is the message itself; an even exponent is no RSA.
    let is_odd = exponent.last().is_some_and(|last| last & 1 == 1);
    if bits < exponent.len() * 8 || exponent == [1] || !is_odd {
        return Err(unfit("has a public exponent that is 1, even or too large"));
    }
    if roca::is_marked(modulus) {
        return Err(unfit(
            "was made by a faulty generator whose keys can be factored (CVE-2017-15361): make a new one",
        ));
    }
    Ok(bits)
}

fn bits(unsigned: &[u8]) -> usize {
    unsigned.first().map_or(0, |first| unsigned.len() * 8 - first.leading_zeros() as usize)
}

pub(super) fn unfit(reason: impl Into<Cow<'static, str>>) -> Error {
    Error::JwtKey { reason: reason.into() }
}
