//! The jwt area without Node: what is left of a verification is the border's and V8's share.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use portcullis_core::jwt::{
    Algorithm, DEFAULT_MAX_HEADER_BYTES, DEFAULT_MAX_TOKEN_BYTES, KeyBytes, KeyOptions, Matcher,
    Policy, Signer, Strength, Verifier, VerifierOptions,
};

const SECRET: &[u8] = b"a secret for benchmarks with 64 bytes, as many as HS512 asks for";
const CLAIMS: &[u8] = br#"{"iat":1793000000,"exp":1793000900,"iss":"https://api.example.com","aud":"web","sub":"user-1","roles":["user","editor"],"email":"someone@example.com"}"#;
const NOW: f64 = 1_793_000_100.0;

#[allow(clippy::unwrap_used)]
fn jwt(criterion: &mut Criterion) {
    let secret = KeyBytes::Secret(SECRET);
    let signer = Signer::new(secret, Algorithm::Hs256, None, Strength::Full).unwrap();
    let token = signer.sign(CLAIMS).unwrap();
    let verifier = Verifier::new(VerifierOptions {
        keys: vec![KeyOptions {
            bytes: secret,
            algorithms: vec![Algorithm::Hs256],
            id: None,
            strength: Strength::Full,
        }],
        policy: Policy {
            issuers: vec![Matcher::text("https://api.example.com".into()).unwrap()],
            audiences: vec![Matcher::text("web".into()).unwrap()],
            ..Policy::default()
        },
        typ: None,
        revocations: None,
        max_token_bytes: DEFAULT_MAX_TOKEN_BYTES,
        max_header_bytes: DEFAULT_MAX_HEADER_BYTES,
        lenient_padding: false,
    })
    .unwrap();
    criterion.bench_function("jwt/verify HS256", |bencher| {
        bencher.iter(|| verifier.verify(black_box(&token), NOW).unwrap());
    });
    criterion.bench_function("jwt/sign HS256", |bencher| {
        bencher.iter(|| signer.sign(black_box(CLAIMS)).unwrap());
    });
}

criterion_group!(benches, jwt);
criterion_main!(benches);
