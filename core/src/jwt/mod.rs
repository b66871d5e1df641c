//! JSON Web Tokens (RFC 7519) in the compact JWS form (RFC 7515).
//!
//! The order of checks is ours, in [`Verifier::verify`]; signing is the `jsonwebtoken` crate's over AWS-LC,
//! prepared once. The crate's own claim checks are not used: they let a present claim of the wrong JSON type
//! pass, and they read the system clock.

mod algorithm;
mod claims;
mod compact;
mod header;
mod key;
mod matcher;
mod policy;
pub mod revocations;
mod signer;
mod strict;
#[cfg(test)]
mod tests;
mod verifier;

pub use algorithm::Algorithm;
pub use key::Secret;
pub use matcher::Matcher;
pub use policy::{MAX_TOLERANCE_SECONDS, Policy};
pub use signer::Signer;
pub use verifier::{DEFAULT_MAX_TOKEN_BYTES, LARGEST_MAX_TOKEN_BYTES, Verifier, VerifierOptions};

use crate::Error;

/// The header and payload of a token, as JSON texts, with nothing verified.
///
/// # Errors
/// `ERR_JWT_MALFORMED` when it is not a compact JWS whose header and payload are JSON objects.
pub fn decode(token: &[u8]) -> Result<(Vec<u8>, Vec<u8>), Error> {
    let compact = compact::Compact::parse(token)?;
    compact::decode(compact.signature)?;
    let header = compact::decode(compact.header)?;
    let payload = compact::decode(compact.payload)?;
    claims::Claims::parse(&header, &[])?;
    claims::Claims::parse(&payload, &[])?;
    Ok((header, payload))
}
