//! Ed25519 public keys under which anybody can sign.

use aws_lc_rs::encoding::{AsDer, PublicKeyX509Der};
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};

use super::*;

fn verifier_of(spki: &[u8]) -> Result<Verifier, Error> {
    let key = key(KeyBytes::Public(spki), &[Algorithm::EdDsa])?;
    Verifier::new(&[key], options_of(Policy::default()))
}

#[test]
fn rejects_ed25519_points_of_small_order_and_encodings_that_are_not_canonical() {
    const PREFIX: [u8; 12] = [48, 42, 48, 5, 6, 3, 43, 101, 112, 3, 33, 0];
    let refuses = |point: [u8; 32]| {
        let spki = [&PREFIX[..], &point].concat();
        let made = verifier_of(&spki);
        matches!(made.err(), Some(Error::JwtKey { .. }))
    };
    // The order-eight points of the twisted Edwards curve, and the prime itself with what follows it.
    let eight = [
        [
            0x26, 0xe8, 0x95, 0x8f, 0xc2, 0xb2, 0x27, 0xb0, 0x45, 0xc3, 0xf4, 0x89, 0xf2, 0xef,
            0x98, 0xf0, 0xd5, 0xdf, 0xac, 0x05, 0xd3, 0xc6, 0x33, 0x39, 0xb1, 0x38, 0x02, 0x88,
            0x6d, 0x53, 0xfc, 0x05,
        ],
        [
            0xc7, 0x17, 0x6a, 0x70, 0x3d, 0x4d, 0xd8, 0x4f, 0xba, 0x3c, 0x0b, 0x76, 0x0d, 0x10,
            0x67, 0x0f, 0x2a, 0x20, 0x53, 0xfa, 0x2c, 0x39, 0xcc, 0xc6, 0x4e, 0xc7, 0xfd, 0x77,
            0x92, 0xac, 0x03, 0x7a,
        ],
    ];
    let prime_and = |low: u8| {
        let mut point = [0xff; 32];
        (point[0], point[31]) = (low, 0x7f);
        point
    };
    let small = |low: u8| {
        let mut point = [0; 32];
        point[0] = low;
        point
    };
    let with_sign = |mut point: [u8; 32]| {
        point[31] |= 0x80;
        point
    };
    let points = [small(0), small(1), prime_and(0xec)]
        .into_iter()
        .chain(eight)
        .chain((0xed..=0xff).map(prime_and));
    for point in points {
        assert!(refuses(point) && refuses(with_sign(point)), "{point:x?}");
    }
    let pair = Ed25519KeyPair::generate().unwrap();
    let public = AsDer::<PublicKeyX509Der<'_>>::as_der(pair.public_key()).unwrap();
    assert!(verifier_of(public.as_ref()).is_ok());
}
