//! JSON Web Tokens (RFC 7519) in the compact JWS form (RFC 7515).
//!
//! The order of checks is ours, in [`Verifier::verify`]. Keys are read once, in [`Key`], and prepared once, in
//! [`VerifyingKey`] and [`Signer::new`]. MACs are ours, over the compression functions of `sha2`. Signing with private keys
//! is the `jsonwebtoken` crate's over AWS-LC, and AWS-LC's own where the crate would parse the key at each call; so is
//! verifying with public keys. The crate's claim checks are not used: they let a present claim of
//! the wrong JSON type pass, and they read the system clock.

mod algorithm;
mod claims;
mod compact;
mod der;
mod flat;
mod header;
mod key;
mod key_set;
mod mac;
mod matcher;
mod policy;
mod pss;
mod roca;
mod secret;
mod sign_key;
mod signer;
mod small_order;
mod strict;
#[cfg(test)]
mod tests;
mod verifier;
mod verify_key;

pub use algorithm::{Algorithm, KeyKind};
pub use key::{Key, KeyBytes, Strength};
pub use key_set::{MAX_KEYS, VerifyingKey, check_keys};
pub use matcher::Matcher;
pub use policy::{Lifespan, MAX_TOLERANCE_SECONDS, Policy};
pub use signer::{Signer, Signing};
pub use verifier::{
    Accepted, DEFAULT_MAX_HEADER_BYTES, DEFAULT_MAX_TOKEN_BYTES, KeyName, LARGEST_MAX_TOKEN_BYTES,
    Verifier, VerifierOptions,
};

use crate::Error;

/// The header and payload of a token, as JSON texts, with nothing verified. `lenient_padding`: whether base64url may be padded.
///
/// # Errors
/// `ERR_JWT_MALFORMED` when it is not a compact JWS whose header and payload are JSON objects.
pub fn decode(token: &[u8], lenient_padding: bool) -> Result<(Vec<u8>, Vec<u8>), Error> {
    let compact = compact::Compact::parse(token)?;
    let base64 = compact::Base64::new(lenient_padding);
    base64.decode(compact.signature)?;
    let header = base64.decode(compact.header)?;
    let payload = base64.decode(compact.payload)?;
    strict::read(&header, &mut ())?;
    strict::read(&payload, &mut ())?;
    Ok((header, payload))
}
