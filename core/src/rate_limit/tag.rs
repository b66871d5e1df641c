//! Keys become 64-bit tags under a random seed, so that nobody can choose keys that collide (hash flooding).

use std::hash::{BuildHasher, RandomState};

use super::address::Address;
use crate::sip::sip13;

/// A key's hash. Two keys of one limiter share a tag with a probability of 2^-64. Never zero, which marks a free slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tag(u64);

impl Tag {
    pub(super) const fn bits(self) -> u64 {
        self.0
    }
}

/// The seed of one limiter: a key of SipHash-1-3, the hash that the standard library's maps use too.
pub(super) struct Seed([u64; 2]);

impl Seed {
    pub(super) fn random() -> Self {
        let source = RandomState::new();
        Self([source.hash_one(0_u8), source.hash_one(1_u8)])
    }

    pub(super) fn text(&self, text: &[u8]) -> Tag {
        self.tag(text)
    }

    /// Four bytes for IPv4, sixteen for IPv6. SipHash includes the length, so the two are different inputs.
    pub(super) fn address(&self, address: &Address) -> Tag {
        match address {
            Address::V4(address) => self.tag(&address.octets()),
            Address::V6 { network, .. } => self.tag(&network.octets()),
        }
    }

    #[inline]
    fn tag(&self, bytes: &[u8]) -> Tag {
        Tag(sip13(self.0, bytes).max(1))
    }
}
