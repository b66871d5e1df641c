//! Vectors, the policy, and the engine's memory; the pool has its own file.

mod phc;
mod policy;
mod pool;
mod vectors;

use zeroize::Zeroizing;

use super::{Cost, Hasher, Password, Reference, Salt};

/// The lowest cost, because these tests check the rules and not the strength.
const CHEAP: (u32, u32, u32) = (8, 1, 1);

fn cheap() -> Cost {
    let (memory_kib, passes, lanes) = CHEAP;
    Cost::chosen(memory_kib, passes, lanes).unwrap()
}

fn hasher() -> Hasher {
    Hasher::new(cheap())
}

fn engine() -> Reference {
    Reference::new(cheap().memory_kib())
}

fn password(text: impl AsRef<[u8]>) -> Password {
    Password::new(Zeroizing::new(text.as_ref().to_vec()), 1024).unwrap()
}

const SALT: Salt = Salt::new(*b"sixteen bytes ok");
