//! RSA keys: which sizes and exponents are refused, and what a small key is taken for.

use super::*;
use crate::jwt::roca;

fn verifier_of(key: Result<VerifyingKey, Error>) -> Result<Verifier, Error> {
    Verifier::new(&[key?], options_of(Policy::default()))
}

/// rsaEncryption (RFC 8017 appendix C), with the NULL that follows it.
const RSA: &[u8] = &[0x06, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1, 0x05, 0];
/// id-RSASSA-PSS, bound to no parameters.
const RSA_PSS: &[u8] = &[0x06, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 10];

/// SubjectPublicKeyInfo of an RSA key with this modulus and exponent.
fn rsa_spki(modulus: &[u8], exponent: &[u8]) -> Vec<u8> {
    spki(RSA, modulus, exponent)
}

fn spki(kind: &[u8], modulus: &[u8], exponent: &[u8]) -> Vec<u8> {
    fn element(tag: u8, content: &[u8]) -> Vec<u8> {
        let length = match content.len() {
            short @ 0..=0x7f => vec![short as u8],
            middle @ 0x80..=0xff => vec![0x81, middle as u8],
            long => vec![0x82, (long >> 8) as u8, long as u8],
        };
        [&[tag][..], &length, content].concat()
    }
    // A first bit that is set would make it negative.
    let sign = |bytes: &[u8]| vec![0; usize::from(bytes[0] >> 7)];
    let integer = |bytes: &[u8]| element(0x02, &[sign(bytes), bytes.to_vec()].concat());
    let key = element(0x30, &[integer(modulus), integer(exponent)].concat());
    let bits = element(0x03, &[&[0][..], &key].concat());
    element(0x30, &[element(0x30, kind), bits].concat())
}

/// A modulus of this many bytes whose first bit is set.
fn odd(bytes: usize) -> Vec<u8> {
    [&[0xc1][..], &vec![0x55; bytes - 1]].concat()
}

#[test]
fn rejects_rsa_keys_that_are_small_or_have_an_exponent_of_no_use() {
    let verdict = |spki: &[u8], strength| {
        let key = Key::new(KeyBytes::Public(spki), strength)
            .and_then(|key| VerifyingKey::new(&key, &[Algorithm::Rs256], None));
        verifier_of(key).map(|_| ()).map_err(|error| error.to_string())
    };
    let cases: &[(&str, Vec<u8>, &[u8], Strength)] = &[
        ("has 1024 bits", odd(128), &[1, 0, 1], Strength::Full),
        ("has 2040 bits", odd(255), &[1, 0, 1], Strength::Full),
        ("has 512 bits", odd(64), &[1, 0, 1], Strength::Legacy),
        ("public exponent", odd(256), &[1], Strength::Full),
        ("public exponent", odd(256), &[1], Strength::Legacy),
        ("public exponent", odd(256), &[2], Strength::Full),
        ("has 8200 bits", odd(1025), &[1, 0, 1], Strength::Full),
    ];
    for (reason, modulus, exponent, strength) in cases {
        let error = verdict(&rsa_spki(modulus, exponent), *strength).expect_err(reason);
        assert!(error.contains(reason), "{reason}: {error}");
    }
    assert_eq!(verdict(&rsa_spki(&odd(256), &[1, 0, 1]), Strength::Full), Ok(()));
    assert_eq!(verdict(&rsa_spki(&odd(128), &[1, 0, 1]), Strength::Legacy), Ok(()));
}

#[test]
fn takes_a_small_key_only_for_what_the_engine_verifies_with_it() {
    let key = |kind, bytes| {
        Key::new(KeyBytes::Public(&spki(kind, &odd(bytes), &[1, 0, 1])), Strength::Legacy)
    };
    for (bytes, expected) in
        [(128, "RS256 RS512"), (255, "RS256 RS512"), (256, "RS256 RS384 RS512 PS256 PS384 PS512")]
    {
        let key = key(RSA, bytes).unwrap();
        let names: Vec<_> = key.algorithms().iter().map(|one| one.name()).collect();
        assert_eq!(names.join(" "), expected, "{bytes} bytes");
    }
    let small = key(RSA, 128).unwrap();
    for algorithm in [Algorithm::Rs384, Algorithm::Ps256, Algorithm::Ps384, Algorithm::Ps512] {
        let error = VerifyingKey::new(&small, &[algorithm], None).err();
        assert_eq!(error.map(|error| error.code()), Some("ERR_JWT_KEY_ALGORITHM"), "{algorithm}");
    }
    let error = key(RSA_PSS, 128).err().map(|error| error.to_string()).unwrap_or_default();
    assert!(error.contains("which no algorithm takes"), "{error}");
    assert_eq!(key(RSA_PSS, 256).unwrap().algorithms().len(), 3);
}

#[test]
fn recognises_the_mark_of_the_faulty_generator() {
    // 65537 is a power of itself modulo every prime.
    assert!(roca::is_marked(&[1, 0, 1]));
    assert!(roca::is_marked(&[1]));
    assert!(!roca::is_marked(&[2]));
    assert!(!roca::is_marked(&[0x55; 256]));
}
