//! A quick keyed hash, for tables whose keys a client may choose.
//!
//! Only a random key keeps a client from choosing inputs that collide; `rate_limit` has one. In `revocations` the key is a
//! constant, since tags are part of what processes exchange: there the maps are seeded at random, and a digest decides.

/// SipHash-1-3 in one go. The standard library's hasher takes its input in pieces and keeps what is left of a word,
/// which costs a key of one or two words more than the rounds do.
#[inline]
pub(crate) fn sip13([low, high]: [u64; 2], bytes: &[u8]) -> u64 {
    let mut state = State([
        low ^ 0x736f_6d65_7073_6575,
        high ^ 0x646f_7261_6e64_6f6d,
        low ^ 0x6c79_6765_6e65_7261,
        high ^ 0x7465_6462_7974_6573,
    ]);
    let (words, tail) = bytes.as_chunks();
    for word in words {
        state.absorb(u64::from_le_bytes(*word));
    }
    let last = tail.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte));
    state.absorb((bytes.len() as u64) << 56 | last);
    state.finish()
}

struct State([u64; 4]);

impl State {
    #[inline]
    fn absorb(&mut self, word: u64) {
        self.0[3] ^= word;
        self.round();
        self.0[0] ^= word;
    }

    #[inline]
    fn finish(mut self) -> u64 {
        self.0[2] ^= 0xff;
        for _ in 0..3 {
            self.round();
        }
        let [a, b, c, d] = self.0;
        a ^ b ^ c ^ d
    }

    #[inline]
    fn round(&mut self) {
        let [mut a, mut b, mut c, mut d] = self.0;
        a = a.wrapping_add(b);
        c = c.wrapping_add(d);
        b = b.rotate_left(13) ^ a;
        d = d.rotate_left(16) ^ c;
        a = a.rotate_left(32);
        c = c.wrapping_add(b);
        a = a.wrapping_add(d);
        b = b.rotate_left(17) ^ c;
        d = d.rotate_left(21) ^ a;
        c = c.rotate_left(32);
        self.0 = [a, b, c, d];
    }
}
