//! MACs against the `hmac` crate, which is the naive twin, and against the test cases of RFC 4231.

use hmac::{Hmac, KeyInit, Mac as _};
use sha2::{Sha256, Sha384, Sha512};

use super::super::mac::Mac;
use super::*;

const ALGORITHMS: [Algorithm; 3] = [Algorithm::Hs256, Algorithm::Hs384, Algorithm::Hs512];

fn twin(algorithm: Algorithm, secret: &[u8], message: &[u8]) -> Vec<u8> {
    match algorithm {
        Algorithm::Hs384 => {
            let mac = Hmac::<Sha384>::new_from_slice(secret).unwrap();
            mac.chain_update(message).finalize().into_bytes().to_vec()
        }
        Algorithm::Hs512 => {
            let mac = Hmac::<Sha512>::new_from_slice(secret).unwrap();
            mac.chain_update(message).finalize().into_bytes().to_vec()
        }
        _ => {
            let mac = Hmac::<Sha256>::new_from_slice(secret).unwrap();
            mac.chain_update(message).finalize().into_bytes().to_vec()
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn returns_the_macs_of_rfc_4231() {
    // Test cases 2 and 6: a short key, and one longer than a block.
    let cases: [(&[u8], &[u8], Algorithm, &str); 4] = [
        (
            b"Jefe",
            b"what do ya want for nothing?",
            Algorithm::Hs256,
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        ),
        (
            b"Jefe",
            b"what do ya want for nothing?",
            Algorithm::Hs384,
            "af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e8e2240ca5e69e2c78b3239ecfab21649",
        ),
        (
            b"Jefe",
            b"what do ya want for nothing?",
            Algorithm::Hs512,
            "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737",
        ),
        (
            &[0xaa; 131],
            b"Test Using Larger Than Block-Size Key - Hash Key First",
            Algorithm::Hs256,
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
        ),
    ];
    for (secret, message, algorithm, expected) in cases {
        let mac = Mac::new(algorithm, secret).unwrap();
        assert_eq!(hex(mac.sign(message).as_bytes()), expected, "{algorithm}");
    }
}

#[test]
fn returns_what_the_twin_returns_at_every_length_of_message_and_secret() {
    let bytes: Vec<u8> = (0..=255).cycle().take(600).collect();
    for algorithm in ALGORITHMS {
        for length in 0..=300 {
            let (secret, message) = (&bytes[..length], &bytes[length..2 * length]);
            let tag = Mac::new(algorithm, secret).unwrap().sign(message);
            let expected = twin(algorithm, secret, message);
            assert_eq!(tag.as_bytes(), expected, "{algorithm}, {length} bytes");
            assert!(Mac::new(algorithm, secret).unwrap().verifies(message, &expected));
        }
    }
}

#[test]
fn rejects_a_mac_that_is_changed_cut_or_longer() {
    for algorithm in ALGORITHMS {
        let mac = Mac::new(algorithm, SECRET).unwrap();
        let tag = mac.sign(b"message").as_bytes().to_vec();
        assert!(mac.verifies(b"message", &tag));
        assert!(!mac.verifies(b"massage", &tag));
        for length in 0..tag.len() {
            let mut changed = tag.clone();
            changed[length] ^= 1;
            assert!(!mac.verifies(b"message", &changed), "{algorithm}, byte {length}");
            assert!(!mac.verifies(b"message", &tag[..length]), "{algorithm}, {length} bytes");
        }
        assert!(!mac.verifies(b"message", &[&*tag, &[0]].concat()), "{algorithm}");
    }
}

#[test]
fn never_prepares_a_mac_for_an_algorithm_of_public_keys() {
    let others = Algorithm::ALL.into_iter().filter(|algorithm| !ALGORITHMS.contains(algorithm));
    for algorithm in others {
        assert!(Mac::new(algorithm, SECRET).is_none(), "{algorithm}");
    }
}
