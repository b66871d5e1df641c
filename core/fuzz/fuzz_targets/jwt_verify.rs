#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use portcullis_core::jwt::{
    Algorithm, DEFAULT_MAX_HEADER_BYTES, DEFAULT_MAX_TOKEN_BYTES, KeyBytes, KeyOptions, Policy,
    Signer, Strength, Verifier, VerifierOptions, decode,
};

const SECRET: &[u8] = b"a secret for fuzzing with 64 bytes, as many as HS512 asks for...";

static VERIFIER: LazyLock<Verifier> = LazyLock::new(|| {
    Verifier::new(VerifierOptions {
        keys: vec![KeyOptions {
            bytes: KeyBytes::Secret(SECRET),
            algorithms: vec![Algorithm::Hs256, Algorithm::Hs384, Algorithm::Hs512],
            id: None,
            strength: Strength::Full,
        }],
        policy: Policy::default(),
        typ: None,
        revocations: None,
        max_token_bytes: DEFAULT_MAX_TOKEN_BYTES,
        max_header_bytes: DEFAULT_MAX_HEADER_BYTES,
        lenient_padding: false,
    })
    .unwrap()
});

thread_local! {
    static SIGNER: Signer =
        Signer::new(KeyBytes::Secret(SECRET), Algorithm::Hs256, None, Strength::Full).unwrap();
}

// No bytes are a token that the key did not sign; and claims that can be signed come back as they were.
fuzz_target!(|bytes: &[u8]| {
    assert!(VERIFIER.verify(bytes, 0.0).is_err());
    let _ = decode(bytes);
    let Ok(token) = SIGNER.with(|signer| signer.sign(bytes)) else { return };
    if let Ok(payload) = VERIFIER.verify(&token, 0.0) {
        assert_eq!(payload, bytes);
        let claims: serde_json::Value = serde_json::from_slice(&payload).unwrap();
        assert!(claims.is_object());
    }
});
