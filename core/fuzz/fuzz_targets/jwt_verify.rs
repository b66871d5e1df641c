#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use portcullis_core::Error;
use portcullis_core::jwt::{
    Algorithm, Key, KeyBytes, Signer, Strength, Verifier, VerifierOptions, VerifyingKey, decode,
};

const SECRET: &[u8] = b"a secret for fuzzing with 64 bytes, as many as HS512 asks for...";

/// Public keys whose private halves nobody has.
const PUBLIC_KEYS: [(&str, &[Algorithm], &[u8]); 4] = [
    ("rsa", &[Algorithm::Rs256, Algorithm::Ps512], include_bytes!("../keys/rsa.spki.der")),
    ("p256", &[Algorithm::Es256], include_bytes!("../keys/p256.spki.der")),
    ("p521", &[Algorithm::Es512], include_bytes!("../keys/p521.spki.der")),
    ("ed25519", &[Algorithm::EdDsa], include_bytes!("../keys/ed25519.spki.der")),
];

static VERIFIER: LazyLock<Verifier> = LazyLock::new(|| {
    let algorithms = [Algorithm::Hs256, Algorithm::Hs384, Algorithm::Hs512];
    verifier(vec![key(KeyBytes::Secret(SECRET), &algorithms, None)])
});

static PUBLIC_VERIFIER: LazyLock<Verifier> = LazyLock::new(|| {
    let keys = PUBLIC_KEYS.into_iter();
    verifier(
        keys.map(|(id, algorithms, der)| key(KeyBytes::Public(der), algorithms, Some(id)))
            .collect(),
    )
});

/// A header for each public key, and the length of its signatures.
static HEADERS: LazyLock<Vec<(String, usize)>> = LazyLock::new(|| {
    let lengths = [256, 256, 64, 132, 64];
    let of_key = |(id, algorithms, _): (&'static str, &'static [Algorithm], _)| {
        algorithms.iter().map(move |alg| format!(r#"{{"alg":"{alg}","kid":"{id}"}}"#))
    };
    PUBLIC_KEYS.into_iter().flat_map(of_key).zip(lengths).collect()
});

fn key(bytes: KeyBytes<'_>, algorithms: &[Algorithm], id: Option<&str>) -> VerifyingKey {
    let key = Key::new(bytes, Strength::Full).unwrap();
    VerifyingKey::new(&key, algorithms, id.map(str::to_owned)).unwrap()
}

fn verifier(keys: Vec<VerifyingKey>) -> Verifier {
    Verifier::new(&keys, VerifierOptions::default()).unwrap()
}

/// Takes the input for a signature and a payload, under a header that reaches a key.
fn forge(bytes: &[u8]) -> Option<Vec<u8>> {
    let (choice, bytes) = bytes.split_first()?;
    let (header, length) = HEADERS.get(usize::from(*choice) % HEADERS.len())?;
    let (signature, payload) = bytes.split_at(bytes.len().min(*length));
    let mut token = SIGNER.with(|signer| signer.sign_jws(header.as_bytes(), payload)).ok()?;
    let signed = token.iter().rposition(|byte| *byte == b'.')? + 1;
    token.truncate(signed);
    // A part of the signature's length, so that it is the signature that is judged.
    let mut whole = signature.to_vec();
    whole.resize(*length, 0);
    token.extend(
        SIGNER
            .with(|signer| signer.sign_jws(&whole, b""))
            .ok()?
            .split(|byte| *byte == b'.')
            .next()?,
    );
    Some(token)
}

thread_local! {
    static SIGNER: Signer =
        Signer::new(&Key::new(KeyBytes::Secret(SECRET), Strength::Full).unwrap(), Algorithm::Hs256, None).unwrap();
}

// No bytes are a token that the key did not sign; and claims that can be signed come back as they were.
fuzz_target!(|bytes: &[u8]| {
    assert!(VERIFIER.verify(bytes, 0.0).is_err());
    assert!(PUBLIC_VERIFIER.verify(bytes, 0.0).is_err());
    if let Some(forgery) = forge(bytes) {
        let refusal = PUBLIC_VERIFIER.verify(&forgery, 0.0).err();
        assert!(matches!(refusal, Some(Error::JwtSignature | Error::JwtTooLarge)));
        assert!(VERIFIER.verify(&forgery, 0.0).is_err());
    }
    let _ = (decode(bytes, false), decode(bytes, true));
    let Ok(token) = SIGNER.with(|signer| signer.sign(bytes)) else { return };
    if let Ok(payload) = VERIFIER.verify(&token, 0.0) {
        assert_eq!(payload, bytes);
        let claims: serde_json::Value = serde_json::from_slice(&payload).unwrap();
        assert!(claims.is_object());
    }
});
