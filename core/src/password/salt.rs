//! Salts.

use crate::Error;

/// A salt of 16 bytes, the length that RFC 9106 section 3.1 recommends.
pub struct Salt([u8; Self::BYTES]);

impl Salt {
    /// The length of a new hash's salt.
    pub const BYTES: usize = 16;

    /// The salt with these bytes, for repeatable results.
    #[must_use]
    pub const fn new(bytes: [u8; Self::BYTES]) -> Self {
        Self(bytes)
    }

    /// A random salt from aws-lc, which core already signs with. Hashing itself uses no randomness: it takes the salt as
    /// an argument.
    ///
    /// # Errors
    /// [`Error::PasswordSalt`] when the system returns no random bytes.
    pub fn random() -> Result<Self, Error> {
        let mut bytes = [0; Self::BYTES];
        aws_lc_rs::rand::fill(&mut bytes).map_err(|_| Error::PasswordSalt)?;
        Ok(Self(bytes))
    }

    pub(super) const fn bytes(&self) -> &[u8] {
        &self.0
    }
}
