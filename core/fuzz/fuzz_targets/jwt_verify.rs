#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use portcullis_core::jwt::{
    Algorithm, DEFAULT_MAX_TOKEN_BYTES, Policy, Secret, Signer, Verifier, VerifierOptions, decode,
};

const SECRET: &[u8] = b"a secret for fuzzing with 64 bytes, as many as HS512 asks for...";

static VERIFIER: LazyLock<Verifier> = LazyLock::new(|| {
    Verifier::new(VerifierOptions {
        secret: Secret::new(SECRET).unwrap(),
        algorithms: Algorithm::ALL.to_vec(),
        policy: Policy::default(),
        typ: None,
        max_token_bytes: DEFAULT_MAX_TOKEN_BYTES,
    })
    .unwrap()
});

thread_local! {
    static SIGNER: Signer =
        Signer::new(&Secret::new(SECRET).unwrap(), Algorithm::Hs256, None).unwrap();
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
