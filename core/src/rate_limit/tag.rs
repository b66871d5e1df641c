//! Keys become 64-bit tags under a random seed, so that nobody can choose keys that collide (hash flooding).

use std::hash::{BuildHasher, Hasher, RandomState};

use super::address::Address;

/// A key's hash; two keys of one limiter share a tag by chance of 1 in 2^64. Never zero: that marks a free slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tag(u64);

impl Tag {
    pub(super) const fn bits(self) -> u64 {
        self.0
    }
}

/// The seed of one limiter: SipHash-1-3, as the standard library keys its maps.
pub(super) struct Seed(RandomState);

impl Seed {
    pub(super) fn random() -> Self {
        Self(RandomState::new())
    }

    pub(super) fn text(&self, text: &[u8]) -> Tag {
        self.tag(|hasher| hasher.write(text))
    }

    /// One word for IPv4, two for IPv6: SipHash takes the length in, so the two never meet.
    pub(super) fn address(&self, address: &Address) -> Tag {
        self.tag(|hasher| match address {
            Address::V4(address) => hasher.write_u64(address.to_bits().into()),
            Address::V6 { network, .. } => hasher.write(&network.octets()),
        })
    }

    fn tag(&self, write: impl FnOnce(&mut std::hash::DefaultHasher)) -> Tag {
        let mut hasher = self.0.build_hasher();
        write(&mut hasher);
        Tag(hasher.finish().max(1))
    }
}
