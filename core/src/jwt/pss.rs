//! What an RSA-PSS key is bound to (RFC 4055 section 3.1): one hash, and salts of a least size.

use super::algorithm::Algorithm;
use super::der::{self, INTEGER, OBJECT_IDENTIFIER, Oid, SEQUENCE};

/// Context tags of RSASSA-PSS-params; each holds its value as an element of its own.
const HASH: u8 = 0xa0;
const MASK: u8 = 0xa1;
const SALT: u8 = 0xa2;

const MGF1: Oid<'_> = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x08];
const SHA256: Oid<'_> = &[0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01];
const SHA384: Oid<'_> = &[0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x02];
const SHA512: Oid<'_> = &[0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x03];
/// What an absent salt length means.
const DEFAULT_SALT_BYTES: usize = 20;

/// The one algorithm that a bound key can do: its hash for both purposes, and a salt of its size (RFC 7518 section 3.5).
/// `parameters`: not empty. `None` where no algorithm fits, or they cannot be read; then nothing is known of the key.
pub(super) fn bound_algorithm(parameters: &[u8]) -> Option<Algorithm> {
    let rest = der::whole(SEQUENCE, parameters)?;
    // Where a hash is left out it is SHA-1, which no algorithm has.
    let (hash, rest) = der::element(HASH, rest)?;
    let (mask, rest) = der::element(MASK, rest)?;
    let hash = hash_of(hash)?;
    let salt_bytes = match der::element(SALT, rest) {
        Some((salt, _)) => small(der::whole(INTEGER, salt)?)?,
        None => DEFAULT_SALT_BYTES,
    };
    let (algorithm, hash_bytes) = match hash {
        SHA256 => (Algorithm::Ps256, 32),
        SHA384 => (Algorithm::Ps384, 48),
        SHA512 => (Algorithm::Ps512, 64),
        _ => return None,
    };
    (mask_hash(mask)? == hash && salt_bytes <= hash_bytes).then_some(algorithm)
}

/// The identifier of a hash's AlgorithmIdentifier, whose own parameters are NULL or absent.
fn hash_of(identifier: &[u8]) -> Option<Oid<'_>> {
    let body = der::whole(SEQUENCE, identifier)?;
    der::element(OBJECT_IDENTIFIER, body).map(|(hash, _)| hash)
}

fn mask_hash(identifier: &[u8]) -> Option<Oid<'_>> {
    let body = der::whole(SEQUENCE, identifier)?;
    let (function, hash) = der::element(OBJECT_IDENTIFIER, body)?;
    if function == MGF1 { hash_of(hash) } else { None }
}

fn small(integer: &[u8]) -> Option<usize> {
    match der::unsigned(integer) {
        [] => Some(0),
        [one] => Some((*one).into()),
        [high, low] => Some(usize::from(*high) << 8 | usize::from(*low)),
        _ => None,
    }
}
