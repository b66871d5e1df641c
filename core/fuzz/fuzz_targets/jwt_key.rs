#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use portcullis_core::jwt::{
    Algorithm, Key, KeyBytes, KeyKind, Signer, Strength, Verifier, VerifierOptions, VerifyingKey,
};

/// Good public keys, which the input spoils: by itself it would hardly ever hit upon one.
const PUBLIC_KEYS: [&[u8]; 4] = [
    include_bytes!("../keys/rsa.spki.der"),
    include_bytes!("../keys/p256.spki.der"),
    include_bytes!("../keys/p521.spki.der"),
    include_bytes!("../keys/ed25519.spki.der"),
];

const KINDS: [KeyKind; 7] = [
    KeyKind::Secret,
    KeyKind::Rsa,
    KeyKind::RsaPss,
    KeyKind::P256,
    KeyKind::P384,
    KeyKind::P521,
    KeyKind::Ed25519,
];

/// A token for each algorithm that no key signed.
static FORGERIES: LazyLock<Vec<(Algorithm, Vec<u8>)>> = LazyLock::new(|| {
    let secret = KeyBytes::Secret(&[1; 64]);
    let signer =
        Signer::new(&Key::new(secret, Strength::Full).unwrap(), Algorithm::Hs256, None).unwrap();
    let forge = |algorithm: Algorithm| {
        let header = format!(r#"{{"alg":"{algorithm}"}}"#);
        signer.sign_jws(header.as_bytes(), b"{}").unwrap()
    };
    Algorithm::ALL.into_iter().map(|algorithm| (algorithm, forge(algorithm))).collect()
});

fn verifier(algorithm: Algorithm, bytes: KeyBytes<'_>, strength: Strength) -> Option<Verifier> {
    let key = VerifyingKey::new(&Key::new(bytes, strength).ok()?, &[algorithm], None).ok()?;
    Verifier::new(&[key], VerifierOptions::default()).ok()
}

/// The algorithms that take the key are those of one kind, and the key verifies nothing that it did not sign.
fn judge(bytes: KeyBytes<'_>, strength: Strength) {
    let mut accepted = Vec::new();
    for (algorithm, forgery) in FORGERIES.iter() {
        let Some(verifier) = verifier(*algorithm, bytes, strength) else { continue };
        assert!(verifier.verify(forgery, 0.0).is_err());
        accepted.push(*algorithm);
    }
    let of_one_kind = |kind| accepted.iter().all(|algorithm| algorithm.takes(kind));
    assert!(accepted.is_empty() || KINDS.into_iter().any(of_one_kind), "{accepted:?}");
    assert!(!matches!(bytes, KeyBytes::Private(_)) || accepted.is_empty());
    assert!(
        matches!(bytes, KeyBytes::Secret(_)) != accepted.iter().any(|one| !one.is_symmetric())
            || accepted.is_empty()
    );
}

fn judge_signing(bytes: KeyBytes<'_>, strength: Strength) {
    let Ok(key) = Key::new(bytes, strength) else { return };
    for algorithm in Algorithm::ALL {
        let Ok(signer) = Signer::new(&key, algorithm, Some("a")) else { continue };
        assert!(!matches!(bytes, KeyBytes::Public(_)));
        assert!(matches!(bytes, KeyBytes::Secret(_)) == algorithm.is_symmetric());
        let token = signer.sign(b"{}").unwrap();
        if algorithm.is_symmetric() {
            let verifier = verifier(algorithm, bytes, strength).unwrap();
            assert_eq!(verifier.verify(&token, 0.0).unwrap(), b"{}");
        }
    }
}

/// Pairs of a place and a byte that is put there; a last odd byte cuts the key.
fn spoilt(key: &[u8], edits: &[u8]) -> Vec<u8> {
    let mut key = key.to_vec();
    for edit in edits.chunks(3) {
        match *edit {
            [high, low, byte] => {
                let at = (usize::from(high) << 8 | usize::from(low)) % key.len();
                key[at] = byte;
            }
            [cut] => key.truncate(key.len().saturating_sub(usize::from(cut)).max(1)),
            _ => key.push(0),
        }
    }
    key
}

fuzz_target!(|input: &[u8]| {
    let Some((choice, bytes)) = input.split_first() else { return };
    let strength = if choice & 0x80 == 0 { Strength::Full } else { Strength::Legacy };
    let good = PUBLIC_KEYS.get(usize::from(choice & 0x7f));
    let key = good.map_or_else(|| bytes.to_vec(), |good| spoilt(good, bytes));
    for bytes in [KeyBytes::Secret(&key), KeyBytes::Public(&key), KeyBytes::Private(&key)] {
        judge(bytes, strength);
        judge_signing(bytes, strength);
    }
    // What a public key is spelt as is never a secret.
    let unspoilt = good.filter(|good| **good == key);
    assert!(
        unspoilt.is_none_or(
            |good| verifier(Algorithm::Hs256, KeyBytes::Secret(good), strength).is_none()
        )
    );
});
