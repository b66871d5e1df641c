mod documents;
mod flat;
mod jws;
mod keys;
mod macs;
mod patterns;
mod points;
mod rsa_sizes;
mod secrets;

use proptest::prelude::*;
use serde::Deserialize;
use serde_json::Value;

use super::*;
use crate::{Error, Kind};

const SECRET: &[u8] = b"a secret for tests, 64 bytes long, as many as HS512 asks for....";

#[derive(Deserialize)]
struct Vectors {
    secret: String,
    now: f64,
    policy: PolicyVector,
    accepted: Vec<Token>,
    rejected: Vec<Token>,
}

#[derive(Deserialize)]
struct PolicyVector {
    issuer: String,
    audience: String,
}

#[derive(Deserialize)]
struct Token {
    name: String,
    token: String,
    code: Option<String>,
}

fn vectors() -> Vectors {
    serde_json::from_str(include_str!("../../../__test__/vectors/jwt.json")).unwrap()
}

fn key(bytes: KeyBytes<'_>, algorithms: &[Algorithm]) -> Result<VerifyingKey, Error> {
    VerifyingKey::new(&Key::new(bytes, Strength::Full)?, algorithms, None)
}

fn options_of(policy: Policy) -> VerifierOptions {
    VerifierOptions { policy, ..VerifierOptions::default() }
}

fn signer(bytes: KeyBytes<'_>, algorithm: Algorithm) -> Signer {
    Signer::new(&Key::new(bytes, Strength::Full).unwrap(), algorithm, None).unwrap()
}

fn verifier_with(policy: Policy, change: impl FnOnce(&mut VerifierOptions)) -> Verifier {
    let mut options = options_of(policy);
    change(&mut options);
    let key = key(KeyBytes::Secret(SECRET), &[Algorithm::Hs256]).unwrap();
    Verifier::new(&[key], options).unwrap()
}

fn sign(claims: &str) -> Vec<u8> {
    signer(KeyBytes::Secret(SECRET), Algorithm::Hs256).sign(claims.as_bytes()).unwrap()
}

#[test]
fn accepts_and_rejects_what_the_vectors_say() {
    let Vectors { secret, now, policy, accepted, rejected } = vectors();
    assert_eq!(secret.as_bytes(), SECRET);
    assert!(accepted.len() > 10 && rejected.len() > 90);
    let policy = Policy {
        issuers: vec![Matcher::text(policy.issuer).unwrap()],
        audiences: vec![Matcher::text(policy.audience).unwrap()],
        ..Policy::default()
    };
    // Twice: the second time the verifier knows the header already.
    let verifier = verifier_with(policy, |_| ());
    for _ in 0..2 {
        for Token { name, token, .. } in &accepted {
            let verdict = verifier.verify(token.as_bytes(), now);
            assert!(verdict.is_ok(), "{name}: {verdict:?}");
        }
        for Token { name, token, code } in &rejected {
            let error = verifier.verify(token.as_bytes(), now).expect_err(name);
            assert_eq!(Some(error.code()), code.as_deref(), "{name}");
            assert_eq!(error.kind(), Kind::Rejection, "{name}");
        }
    }
}

#[test]
fn returns_the_payload_byte_for_byte() {
    let claims = r#"{"sub":"Zoë","n":1.50,"x":{"a":[true,null]}}"#;
    assert_eq!(
        verifier_with(Policy::default(), |_| ()).verify(&sign(claims), 0.0).unwrap(),
        claims.as_bytes()
    );
}

#[test]
fn rejects_times_only_beyond_the_tolerance() {
    let policy = Policy { tolerance_seconds: 5.0, ..Policy::default() };
    let verifier = verifier_with(policy, |_| ());
    let exp = sign(r#"{"exp":1000}"#);
    assert!(verifier.verify(&exp, 1004.9).is_ok());
    assert_eq!(verifier.verify(&exp, 1005.0), Err(Error::JwtExpired));
    let nbf = sign(r#"{"nbf":1000}"#);
    assert!(verifier.verify(&nbf, 995.0).is_ok());
    assert_eq!(verifier.verify(&nbf, 994.9), Err(Error::JwtNotYetValid));
}

#[test]
fn rejects_an_age_above_the_greatest_and_an_absent_or_future_iat() {
    let policy = Policy { max_age_seconds: Some(60.0), ..Policy::default() };
    let verifier = verifier_with(policy, |_| ());
    let token = sign(r#"{"iat":1000}"#);
    assert!(verifier.verify(&token, 1060.0).is_ok());
    assert_eq!(verifier.verify(&token, 1060.1), Err(Error::JwtTooOld));
    assert_eq!(verifier.verify(&token, 999.0), Err(Error::JwtNotYetValid));
    let missing = Err(Error::JwtClaimMissing { claim: "iat".into() });
    assert_eq!(verifier.verify(&sign("{}"), 0.0), missing);
}

#[test]
fn rejects_a_token_without_a_required_claim_whatever_its_prototype_has() {
    let policy = Policy { required: vec!["toString".into()], ..Policy::default() };
    let verifier = verifier_with(policy, |_| ());
    assert!(verifier.verify(&sign(r#"{"toString":null}"#), 0.0).is_ok());
    let missing = Err(Error::JwtClaimMissing { claim: "toString".into() });
    assert_eq!(verifier.verify(&sign("{}"), 0.0), missing);
}

#[test]
fn accepts_typ_without_regard_to_case_and_prefix() {
    let token = sign("{}");
    for typ in ["JWT", "jwt", "application/JWT", "APPLICATION/jwt"] {
        let verifier = verifier_with(Policy::default(), |options| options.typ = Some(typ.into()));
        assert!(verifier.verify(&token, 0.0).is_ok(), "{typ}");
    }
    let verifier = verifier_with(Policy::default(), |options| options.typ = Some("at+jwt".into()));
    assert_eq!(verifier.verify(&token, 0.0), Err(Error::JwtTyp));
}

#[test]
fn rejects_policies_that_mean_nothing() {
    let nan = f64::NAN;
    let bad = [
        Policy { tolerance_seconds: nan, ..Policy::default() },
        Policy { tolerance_seconds: f64::INFINITY, ..Policy::default() },
        Policy { tolerance_seconds: -1.0, ..Policy::default() },
        Policy { tolerance_seconds: 301.0, ..Policy::default() },
        Policy { max_age_seconds: Some(nan), ..Policy::default() },
        Policy { max_age_seconds: Some(0.0), ..Policy::default() },
        Policy { max_age_seconds: Some(f64::INFINITY), ..Policy::default() },
        Policy { required: vec![String::new()], ..Policy::default() },
    ];
    for policy in bad {
        assert!(policy.check().is_err(), "{policy:?}");
    }
}

#[test]
fn rejects_claims_that_no_verifier_would_accept() {
    const REJECTED_CLAIMS: &[&str] = &[
        "",
        "null",
        "[]",
        "\"text\"",
        "{\"a\":1,\"a\":2}",
        "{\"exp\":\"1\"}",
        "{\"nbf\":null}",
        "{\"iat\":[]}",
        "{\"iss\":1}",
        "{\"sub\":{}}",
        "{\"jti\":1}",
        "{\"aud\":1}",
        "{\"aud\":[]}",
        "{\"aud\":[1]}",
        "{\"a\":\"\\ud800\"}",
    ];
    let signer = signer(KeyBytes::Secret(SECRET), Algorithm::Hs256);
    for claims in REJECTED_CLAIMS {
        let verdict = signer.sign(claims.as_bytes());
        assert!(matches!(verdict, Err(Error::JwtClaims { .. })), "{claims}: {verdict:?}");
    }
}

proptest! {
    /// The naive twin: split, decode and parse with the plain tools, and compare the outcome of a mutated token.
    #[test]
    fn never_accepts_a_token_with_a_changed_byte(at in 0usize..200, byte in any::<u8>()) {
        let mut token = sign(r#"{"sub":"user-1","exp":4000000000,"roles":["a","b"]}"#);
        let at = at % token.len();
        prop_assume!(token[at] != byte);
        token[at] = byte;
        prop_assert!(verifier_with(Policy::default(), |_| ()).verify(&token, 0.0).is_err());
    }

    #[test]
    fn never_panics_on_any_bytes(token in proptest::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(verifier_with(Policy::default(), |_| ()).verify(&token, 0.0).is_err());
        let _ = decode(&token, false);
    }

    #[test]
    fn returns_the_claims_that_were_signed(name in "[a-z]{1,8}", text in "\\PC{0,40}", number in -1e15f64..1e15) {
        let claims = serde_json::json!({ "x": { name: [text, number] } }).to_string();
        let payload = verifier_with(Policy::default(), |_| ()).verify(&sign(&claims), 0.0).unwrap();
        let (expected, actual): (Value, Value) =
            (serde_json::from_str(&claims).unwrap(), serde_json::from_slice(&payload).unwrap());
        prop_assert_eq!(expected, actual);
    }
}
