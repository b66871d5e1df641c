//! The jwt area without Node: what is left of a verification is the border's and V8's share.

use std::hint::black_box;

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der, PublicKeyX509Der};
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{KeyPair, ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256, RsaKeyPair};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use criterion::{Criterion, criterion_group, criterion_main};
use hmac::{Hmac, KeyInit, Mac};
use portcullis_core::jwt::{
    Algorithm, Key, KeyBytes, Matcher, Policy, Signer, Strength, Verifier, VerifierOptions,
    VerifyingKey,
};
use sha2::Sha256;

const SECRET: &[u8] = b"a secret for benchmarks with 64 bytes, as many as HS512 asks for";
const CLAIMS: &[u8] = br#"{"iat":1793000000,"exp":1793000900,"iss":"https://api.example.com","aud":"web","sub":"user-1","roles":["user","editor"],"email":"someone@example.com"}"#;
const NOW: f64 = 1_793_000_100.0;

#[allow(clippy::unwrap_used)]
fn jwt(criterion: &mut Criterion) {
    let secret = KeyBytes::Secret(SECRET);
    let signer =
        Signer::new(&Key::new(secret, Strength::Full).unwrap(), Algorithm::Hs256, None).unwrap();
    let token = signer.sign(CLAIMS).unwrap();
    let verifier = verifier(secret, Algorithm::Hs256);
    criterion.bench_function("jwt/verify HS256", |bencher| {
        bencher.iter(|| verifier.verify(black_box(&token), NOW).unwrap());
    });
    let bare = Hmac::<Sha256>::new_from_slice(SECRET).unwrap();
    let (message, _) = std::str::from_utf8(&token).unwrap().rsplit_once('.').unwrap();
    criterion.bench_function("jwt/verify HS256, the bare MAC", |bencher| {
        bencher.iter(|| bare.clone().chain_update(black_box(message.as_bytes())).finalize());
    });
    criterion.bench_function("jwt/sign HS256", |bencher| {
        bencher.iter(|| signer.sign(black_box(CLAIMS)).unwrap());
    });
}

/// A verification beside the signature check that it contains.
#[allow(clippy::unwrap_used)]
fn rsa(criterion: &mut Criterion) {
    let pair = RsaKeyPair::generate(KeySize::Rsa2048).unwrap();
    let private = AsDer::<Pkcs8V1Der<'_>>::as_der(&pair).unwrap();
    let public = AsDer::<PublicKeyX509Der<'_>>::as_der(pair.public_key()).unwrap();
    let key = KeyBytes::Private(private.as_ref());
    let signer =
        Signer::new(&Key::new(key, Strength::Full).unwrap(), Algorithm::Rs256, None).unwrap();
    let token = String::from_utf8(signer.sign(CLAIMS).unwrap()).unwrap();
    let verifier = verifier(KeyBytes::Public(public.as_ref()), Algorithm::Rs256);
    let (message, signature) = token.rsplit_once('.').unwrap();
    let signature = URL_SAFE_NO_PAD.decode(signature).unwrap();
    let bare = ParsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, public.as_ref()).unwrap();
    criterion.bench_function("jwt/verify RS256", |bencher| {
        bencher.iter(|| verifier.verify(black_box(token.as_bytes()), NOW).unwrap());
    });
    criterion.bench_function("jwt/verify RS256, the bare signature", |bencher| {
        bencher.iter(|| bare.verify_sig(black_box(message.as_bytes()), &signature).unwrap());
    });
}

#[allow(clippy::unwrap_used)]
fn verifier(bytes: KeyBytes<'_>, algorithm: Algorithm) -> Verifier {
    Verifier::new(
        &[VerifyingKey::new(&Key::new(bytes, Strength::Full).unwrap(), &[algorithm], None)
            .unwrap()],
        VerifierOptions {
            policy: Policy {
                issuers: vec![Matcher::text("https://api.example.com".into()).unwrap()],
                audiences: vec![Matcher::text("web".into()).unwrap()],
                ..Policy::default()
            },
            ..VerifierOptions::default()
        },
    )
    .unwrap()
}

criterion_group!(benches, jwt, rsa);
criterion_main!(benches);
