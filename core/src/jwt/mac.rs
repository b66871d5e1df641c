//! HMAC over SHA-2 (RFC 2104), from two hash states that are prepared once per key.
//!
//! The `hmac` crate copies two hashers with their block buffers for each message and moves the message through one of
//! them. Here a message copies the two states of eight words, and its whole blocks are hashed where they stand.

use aws_lc_rs::constant_time::verify_slices_are_equal;
use sha2::block_api::{compress256, compress512};
use sha2::{Digest, Sha256, Sha384, Sha512};
use zeroize::{Zeroize, Zeroizing};

use super::algorithm::Algorithm;

/// HMAC with SHA-512, in bytes.
pub(super) const LONGEST_TAG: usize = 64;

/// The initial hash values of FIPS 180-4, sections 5.3.3 to 5.3.5.
const SHA256_START: [u32; 8] = [
    0x6a09_e667,
    0xbb67_ae85,
    0x3c6e_f372,
    0xa54f_f53a,
    0x510e_527f,
    0x9b05_688c,
    0x1f83_d9ab,
    0x5be0_cd19,
];
const SHA384_START: [u64; 8] = [
    0xcbbb_9d5d_c105_9ed8,
    0x629a_292a_367c_d507,
    0x9159_015a_3070_dd17,
    0x152f_ecd8_f70e_5939,
    0x6733_2667_ffc0_0b31,
    0x8eb4_4a87_6858_1511,
    0xdb0c_2e0d_64f9_8fa7,
    0x47b5_481d_befa_4fa4,
];
const SHA512_START: [u64; 8] = [
    0x6a09_e667_f3bc_c908,
    0xbb67_ae85_84ca_a73b,
    0x3c6e_f372_fe94_f82b,
    0xa54f_f53a_5f1d_36f1,
    0x510e_527f_ade6_82d1,
    0x9b05_688c_2b3e_6c1f,
    0x1f83_d9ab_fb41_bd6b,
    0x5be0_cd19_137e_2179,
];

/// A secret prepared for one hash. Wiped when dropped.
pub(super) enum Mac {
    Sha256(Keyed<u32, 64>),
    Sha384(Keyed<u64, 128>),
    Sha512(Keyed<u64, 128>),
}

/// The MAC of one message.
pub(super) struct Tag {
    bytes: [u8; LONGEST_TAG],
    length: usize,
}

impl Mac {
    /// `None` where the algorithm is not an HMAC.
    pub(super) fn new(algorithm: Algorithm, secret: &[u8]) -> Option<Self> {
        Some(match algorithm {
            Algorithm::Hs256 => Self::Sha256(Keyed::new(SHA256_START, secret, digest::<Sha256>)),
            Algorithm::Hs384 => Self::Sha384(Keyed::new(SHA384_START, secret, digest::<Sha384>)),
            Algorithm::Hs512 => Self::Sha512(Keyed::new(SHA512_START, secret, digest::<Sha512>)),
            _ => return None,
        })
    }

    pub(super) fn sign(&self, message: &[u8]) -> Tag {
        match self {
            Self::Sha256(keyed) => keyed.tag(message, 32),
            Self::Sha384(keyed) => keyed.tag(message, 48),
            Self::Sha512(keyed) => keyed.tag(message, 64),
        }
    }

    /// Compares in constant time, and only at the tag's full length.
    pub(super) fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        verify_slices_are_equal(self.sign(message).as_bytes(), signature).is_ok()
    }
}

impl Tag {
    pub(super) fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }
}

fn digest<D: Digest>(bytes: &[u8]) -> Zeroizing<Vec<u8>> {
    Zeroizing::new(D::digest(bytes).to_vec())
}

/// The word of a hash whose blocks have `BLOCK` bytes.
pub(super) trait Word<const BLOCK: usize>: Copy + Zeroize {
    /// Runs the compression function, which uses the processor's SHA instructions where it has them.
    fn compress(state: &mut [Self; 8], blocks: &[[u8; BLOCK]]);

    fn to_bytes(state: &[Self; 8]) -> [u8; LONGEST_TAG];
}

impl Word<64> for u32 {
    fn compress(state: &mut [Self; 8], blocks: &[[u8; 64]]) {
        compress256(state, blocks);
    }

    fn to_bytes(state: &[Self; 8]) -> [u8; LONGEST_TAG] {
        let mut bytes = [0; LONGEST_TAG];
        let room = bytes.as_chunks_mut().0.iter_mut();
        room.zip(state).for_each(|(room, word)| *room = word.to_be_bytes());
        bytes
    }
}

impl Word<128> for u64 {
    fn compress(state: &mut [Self; 8], blocks: &[[u8; 128]]) {
        compress512(state, blocks);
    }

    fn to_bytes(state: &[Self; 8]) -> [u8; LONGEST_TAG] {
        let mut bytes = [0; LONGEST_TAG];
        let room = bytes.as_chunks_mut().0.iter_mut();
        room.zip(state).for_each(|(room, word)| *room = word.to_be_bytes());
        bytes
    }
}

/// The states of the inner and the outer hash after their first block, which holds the key.
pub(super) struct Keyed<W: Word<BLOCK>, const BLOCK: usize> {
    inner: [W; 8],
    outer: [W; 8],
}

impl<W: Word<BLOCK>, const BLOCK: usize> Keyed<W, BLOCK> {
    fn new(start: [W; 8], secret: &[u8], digest: fn(&[u8]) -> Zeroizing<Vec<u8>>) -> Self {
        let short = (secret.len() > BLOCK).then(|| digest(secret));
        let key = short.as_deref().map_or(secret, Vec::as_slice);
        let keyed = |pad: u8| {
            let mut block = Zeroizing::new([pad; BLOCK]);
            block.iter_mut().zip(key).for_each(|(byte, key)| *byte ^= key);
            let mut state = start;
            W::compress(&mut state, std::slice::from_ref(&*block));
            state
        };
        Self { inner: keyed(0x36), outer: keyed(0x5c) }
    }

    /// `length`: the bytes of the hash. The states here are left without a wipe: once a block is hashed into them they
    /// tell nothing of the key.
    fn tag(&self, message: &[u8], length: usize) -> Tag {
        let mut inner = self.inner;
        let (blocks, rest) = message.as_chunks();
        W::compress(&mut inner, blocks);
        finish(&mut inner, rest, message.len());
        let digest = W::to_bytes(&inner);
        let mut outer = self.outer;
        finish(&mut outer, digest.get(..length).unwrap_or_default(), length);
        Tag { bytes: W::to_bytes(&outer), length }
    }
}

impl<W: Word<BLOCK>, const BLOCK: usize> Drop for Keyed<W, BLOCK> {
    fn drop(&mut self) {
        self.inner.zeroize();
        self.outer.zeroize();
    }
}

/// Hashes the end of a text of `length` bytes behind the block of the key, with its padding (FIPS 180-4 section 5.1).
/// `rest`: shorter than a block.
#[inline]
fn finish<W: Word<BLOCK>, const BLOCK: usize>(state: &mut [W; 8], rest: &[u8], length: usize) {
    let mut padded = [[0; BLOCK]; 2];
    if let Some((room, after)) = padded.as_flattened_mut().split_at_mut_checked(rest.len()) {
        room.copy_from_slice(rest);
        after.iter_mut().take(1).for_each(|byte| *byte = 0x80);
    }
    // The mark takes a byte, the length an eighth of the block; of the latter its last eight bytes are enough.
    let fits = rest.len() + 1 + BLOCK / 8 <= BLOCK;
    let count = if fits { 1 } else { 2 };
    let bits = 8 * (BLOCK as u64 + length as u64);
    let blocks = padded.get_mut(..count).unwrap_or_default();
    if let Some(room) = blocks.as_flattened_mut().last_chunk_mut() {
        *room = bits.to_be_bytes();
    }
    W::compress(state, blocks);
}
