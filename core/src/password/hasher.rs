//! One application's policy for passwords: the cost of new hashes, and the ceiling for stored ones.

use aws_lc_rs::constant_time;
use zeroize::Zeroizing;

use super::{Cost, Derivation, Kdf, Password, Phc, Salt, Variant, Version};
use crate::Error;

/// RFC 9106 section 4 recommends a tag of 256 bits.
const TAG_BYTES: usize = 32;

/// Hashes new passwords as Argon2id version 0x13 at one cost, and verifies stored hashes at theirs.
pub struct Hasher {
    cost: Cost,
    ceiling: Cost,
    decoy: Phc,
}

/// A stored hash whose cost is allowed.
pub struct Admitted(Phc);

impl Hasher {
    /// A hasher for this cost. The ceiling is at least this cost, so the hasher can verify every hash that it writes.
    #[must_use]
    pub fn new(cost: Cost) -> Self {
        Self {
            cost,
            ceiling: Cost::DEFAULT_CEILING.max(cost),
            decoy: fresh(cost, &[0; Salt::BYTES]),
        }
    }

    /// Hashes a password to a PHC string.
    ///
    /// # Errors
    /// [`Error::PasswordMemory`] when the memory cannot be had.
    pub fn hash(
        &self,
        engine: &mut dyn Kdf,
        password: &Password,
        salt: &Salt,
    ) -> Result<String, Error> {
        let mut phc = fresh(self.cost, salt.bytes());
        let mut tag = [0; TAG_BYTES];
        engine.derive(&derivation(&phc, password), &mut tag)?;
        phc.tag = tag.to_vec();
        Ok(phc.to_string())
    }

    /// Accepts a stored hash that costs at most 256 MiB, 16 passes and 16 lanes, or this hasher's own cost where that
    /// is higher. Call it before any memory is allocated.
    ///
    /// # Errors
    /// [`Error::PasswordHashCostly`] otherwise.
    pub fn admit(&self, stored: Phc) -> Result<Admitted, Error> {
        if stored.cost.is_within(self.ceiling) {
            Ok(Admitted(stored))
        } else {
            Err(Error::PasswordHashCostly)
        }
    }

    /// Whether the password is the one that was hashed. Without a stored hash, a decoy of this hasher's cost is derived
    /// and the result is false, so that the response time does not reveal which accounts exist.
    ///
    /// # Errors
    /// [`Error::PasswordMemory`] when the memory cannot be allocated.
    /// # Security
    /// The response time does reveal accounts whose stored hash has another cost than new hashes.
    pub fn verify(
        &self,
        engine: &mut dyn Kdf,
        stored: Option<&Admitted>,
        password: &Password,
    ) -> Result<bool, Error> {
        let phc = stored.map_or(&self.decoy, |Admitted(phc)| phc);
        let mut tag = Zeroizing::new(vec![0; phc.tag.len()]);
        engine.derive(&derivation(phc, password), &mut tag)?;
        let equal = constant_time::verify_slices_are_equal(&tag, &phc.tag).is_ok();
        Ok(equal & stored.is_some())
    }

    /// Whether this hasher would write another kind of hash today: variant, version, memory, passes, lanes, or the
    /// length of salt or tag differ.
    #[must_use]
    pub fn needs_rehash(&self, stored: &Phc) -> bool {
        let today = &self.decoy;
        let kind = |phc: &Phc| (phc.variant, phc.version, phc.cost, phc.salt.len(), phc.tag.len());
        kind(stored) != kind(today)
    }
}

/// A PHC string of this hasher's cost, with an empty tag to be filled.
fn fresh(cost: Cost, salt: &[u8]) -> Phc {
    Phc {
        variant: Variant::Argon2id,
        version: Version::V0x13,
        cost,
        salt: salt.to_vec(),
        tag: vec![0; TAG_BYTES],
    }
}

fn derivation<'a>(phc: &'a Phc, password: &'a Password) -> Derivation<'a> {
    Derivation {
        variant: phc.variant,
        version: phc.version,
        cost: phc.cost,
        password: password.bytes(),
        salt: &phc.salt,
        secret: &[],
        associated_data: &[],
    }
}
