//! What keys are, and which are refused: every rule holds when a key is prepared, none is left to a request.

use std::borrow::Cow;

use super::algorithm::{Algorithm, KeyKind};
use super::der::{self, KeyInfo, Oid};
use super::roca;
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
const MOST_RSA_BITS: usize = 8192;

const RSA: Oid<'_> = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];
const RSA_PSS: Oid<'_> = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0a];
const EC: Oid<'_> = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01];
const ED25519: Oid<'_> = &[0x2b, 0x65, 0x70];
const P256: Oid<'_> = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07];
const P384: Oid<'_> = &[0x2b, 0x81, 0x04, 0x00, 0x22];
const P521: Oid<'_> = &[0x2b, 0x81, 0x04, 0x00, 0x23];
const SECP256K1: Oid<'_> = &[0x2b, 0x81, 0x04, 0x00, 0x0a];

/// The kind of a key that was found fit, and its bytes inside the wrapping.
pub(super) struct Inspected<'d> {
    pub(super) kind: KeyKind,
    pub(super) key: &'d [u8],
}

/// Finds out what a public key is.
///
/// # Errors
/// `ERR_JWT_KEY` when it is no key, of a kind that no algorithm here uses, or weak.
pub(super) fn inspect_public(der: &[u8], strength: Strength) -> Result<Inspected<'_>, Error> {
    inspect(der::spki(der), false, strength)
}

/// Finds out what a private key is.
///
/// # Errors
/// Those of [`inspect_public`].
pub(super) fn inspect_private(der: &[u8], strength: Strength) -> Result<Inspected<'_>, Error> {
    inspect(der::pkcs8(der), true, strength)
}

fn inspect(
    info: Option<KeyInfo<'_>>,
    is_private: bool,
    strength: Strength,
) -> Result<Inspected<'_>, Error> {
    let info = info.ok_or_else(|| unfit("cannot be read: its DER is broken"))?;
    let kind = kind(&info)?;
    if matches!(kind, KeyKind::Rsa | KeyKind::RsaPss) {
        let (modulus, exponent) = der::rsa(info.key, is_private)
            .ok_or_else(|| unfit("cannot be read: its DER is broken"))?;
        judge_rsa(modulus, exponent, strength)?;
    }
    Ok(Inspected { kind, key: info.key })
}

fn kind(info: &KeyInfo<'_>) -> Result<KeyKind, Error> {
    match (info.algorithm, info.curve) {
        (RSA, _) => Ok(KeyKind::Rsa),
        (RSA_PSS, _) => Ok(KeyKind::RsaPss),
        (ED25519, _) => Ok(KeyKind::Ed25519),
        (EC, P256) => Ok(KeyKind::P256),
        (EC, P384) => Ok(KeyKind::P384),
        (EC, P521) => Ok(KeyKind::P521),
        (EC, SECP256K1) => Err(unfit(
            "lies on the curve secp256k1: ES256K is not supported; use ES256 with a P-256 key, or EdDSA",
        )),
        _ => Err(unfit(
            "is of a kind that no supported algorithm uses; give RSA, P-256, P-384, P-521 or Ed25519",
        )),
    }
}

fn judge_rsa(modulus: &[u8], exponent: &[u8], strength: Strength) -> Result<(), Error> {
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
    Ok(())
}

fn bits(unsigned: &[u8]) -> usize {
    unsigned.first().map_or(0, |first| unsigned.len() * 8 - first.leading_zeros() as usize)
}

/// # Errors
/// `ERR_JWT_KEY_ALGORITHM` when a key of this kind cannot do the algorithm's work.
pub(super) fn match_kind(algorithm: Algorithm, kind: KeyKind) -> Result<(), Error> {
    if algorithm.takes(kind) {
        return Ok(());
    }
    let fitting: Vec<_> =
        Algorithm::ALL.into_iter().filter(|one| one.takes(kind)).map(Algorithm::name).collect();
    Err(Error::JwtKeyAlgorithm {
        reason: format!(
            "{algorithm} does not work with {}, which takes {}",
            kind.name(),
            fitting.join(", ")
        )
        .into(),
    })
}

pub(super) fn unfit(reason: impl Into<Cow<'static, str>>) -> Error {
    Error::JwtKey { reason: reason.into() }
}
