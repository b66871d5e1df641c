//! Recognises Ed25519 public keys under which anybody can sign: points whose order divides eight (RFC 7748 section 6 and
//! RFC 8032 section 5.1.7 leave them to the reader of keys), and encodings that are not canonical, which give one key several
//! names. The engine takes both.

/// The y coordinates of the eight points, in the encoding's little-endian bytes; the sign of x is the top bit.
const COORDINATES: [[u8; 32]; 5] = [
    coordinate(0x00, 0x00, 0x00),
    coordinate(0x01, 0x00, 0x00),
    // The field's prime less one.
    coordinate(0xec, 0xff, 0x7f),
    [
        0x26, 0xe8, 0x95, 0x8f, 0xc2, 0xb2, 0x27, 0xb0, 0x45, 0xc3, 0xf4, 0x89, 0xf2, 0xef, 0x98,
        0xf0, 0xd5, 0xdf, 0xac, 0x05, 0xd3, 0xc6, 0x33, 0x39, 0xb1, 0x38, 0x02, 0x88, 0x6d, 0x53,
        0xfc, 0x05,
    ],
    [
        0xc7, 0x17, 0x6a, 0x70, 0x3d, 0x4d, 0xd8, 0x4f, 0xba, 0x3c, 0x0b, 0x76, 0x0d, 0x10, 0x67,
        0x0f, 0x2a, 0x20, 0x53, 0xfa, 0x2c, 0x39, 0xcc, 0xc6, 0x4e, 0xc7, 0xfd, 0x77, 0x92, 0xac,
        0x03, 0x7a,
    ],
];

const fn coordinate(first: u8, middle: u8, last: u8) -> [u8; 32] {
    let mut bytes = [middle; 32];
    let [low, .., high] = &mut bytes;
    (*low, *high) = (first, last);
    bytes
}

/// Whether a public key of 32 bytes is such a point, or not canonical.
pub(super) fn is_marked(key: &[u8]) -> bool {
    let Ok(mut y) = <[u8; 32]>::try_from(key) else { return false };
    let [low, middle @ .., high] = &mut y;
    *high &= 0x7f;
    // The prime is 2^255 - 19.
    let is_above = *low >= 0xed && *high == 0x7f && middle.iter().all(|byte| *byte == 0xff);
    is_above || COORDINATES.contains(&y)
}
