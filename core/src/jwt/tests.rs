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

fn verifier_with(policy: Policy, change: impl FnOnce(&mut VerifierOptions)) -> Verifier {
    let mut options = VerifierOptions {
        secret: Secret::new(SECRET).unwrap(),
        algorithms: vec![Algorithm::Hs256],
        policy,
        typ: None,
        max_token_bytes: DEFAULT_MAX_TOKEN_BYTES,
    };
    change(&mut options);
    Verifier::new(options).unwrap()
}

fn sign(claims: &str) -> Vec<u8> {
    let secret = Secret::new(SECRET).unwrap();
    Signer::new(&secret, Algorithm::Hs256, None).unwrap().sign(claims.as_bytes()).unwrap()
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
fn signs_and_verifies_with_every_algorithm_and_never_across_them() {
    let secret = Secret::new(SECRET).unwrap();
    for signs in Algorithm::ALL {
        let token = Signer::new(&secret, signs, Some("k1")).unwrap().sign(b"{}").unwrap();
        for verifies in Algorithm::ALL {
            let verifier = verifier_with(Policy::default(), |o| o.algorithms = vec![verifies]);
            assert_eq!(
                verifier.verify(&token, 0.0).is_ok(),
                signs == verifies,
                "{signs} {verifies}"
            );
        }
        let verifier = verifier_with(Policy::default(), |o| o.algorithms = Algorithm::ALL.to_vec());
        assert!(verifier.verify(&token, 0.0).is_ok());
    }
}

#[test]
fn rejects_secrets_that_are_empty_short_or_the_text_of_a_key() {
    let pem = b"-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA\n-----END PUBLIC KEY-----\n";
    let jwk = br#"{"kty":"RSA","n":"u1SU1LfVLPHCozMxH2Mo4lgOEePzNm0tRgeLezV6ffAt0gunVTLw7onLRnrq0_IzW7yWR7QkrmBL7jTKEn5u","e":"AQAB"}"#;
    let spki_ed25519 =
        [&[0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00][..], &[7; 32]]
            .concat();
    let der = [&[0x30, 0x82, 0x01, 0x22][..], &[9; 290]].concat();
    let jwks = br#" { "keys": [] , "padding": "0123456789012345678901234567890123456789" }"#;
    let junk_first = [b"junk \xEF\xBB\xBF\r\n".as_slice(), pem].concat();
    for bytes in [&pem[..], &jwk[..], &spki_ed25519, &der, jwks, &junk_first, b""] {
        assert!(matches!(Secret::new(bytes), Err(Error::JwtKey { .. })), "{bytes:?}");
    }
    for algorithm in Algorithm::ALL {
        let secret = Secret::new(&vec![1; algorithm.hash_bytes() - 1]).unwrap();
        assert!(matches!(Signer::new(&secret, algorithm, None), Err(Error::JwtKey { .. })));
        let secret = Secret::new(&vec![1; algorithm.hash_bytes()]).unwrap();
        assert!(Signer::new(&secret, algorithm, None).is_ok());
    }
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
fn accepts_by_pattern_only_from_end_to_end() {
    let cases = [
        (r"^https:\/\/[a-z]+\.example$", "https://a.example", true),
        (r"^https:\/\/[a-z]+\.example$", "https://a.example.evil", false),
        (r"^https:\/\/[a-z]+\.example$", "https://a.example\n", false),
        (r"^https:\/\/[a-z]+\.example$", "xhttps://a.example", false),
        (r"^a|b$", "b", true),
        (r"^a|b$", "ab", false),
        (r"^tenant-\d{1,3}$", "tenant-42", true),
        (r"^tenant-\d{1,3}$", "tenant-٤٢", false),
        (r"^[\w.-]+$", "a_b.c-d", true),
        (r"^[\w.-]+$", "ä", false),
        (r"^a.c$", "a\u{2028}c", false),
        (r"^a.c$", "aäc", true),
        (r"^[^[^]$", "[", false),
        (r"^(?:a+)+$", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", false),
    ];
    for (source, text, accepted) in cases {
        let matcher = Matcher::pattern(source).expect(source);
        assert_eq!(matcher.accepts(text), accepted, "{source} on {text}");
    }
}

#[test]
fn rejects_patterns_that_two_languages_read_differently() {
    const REJECTED_PATTERNS: &[&str] = &[
        "",
        "api",
        "^api",
        "api$",
        r"^api\$",
        r"^\s$",
        r"^\bapi$",
        r"^(a)\1$",
        "^(?=a)a$",
        "^(?!a)b$",
        "^(?<n>a)$",
        "^(?i)a$",
        "^[]$",
        "^[^]$",
        "^[a&&b]$",
        "^[a--b]$",
        "^[a~~b]$",
        "^a{,5}$",
        "^(a$",
        "^[a$",
        r"^\u0041$",
        r"^\p{L}$",
        "^(((a{1000}){1000}){1000})$",
    ];
    for source in REJECTED_PATTERNS {
        assert!(Matcher::pattern(source).is_err(), "{source}");
    }
    assert!(Matcher::text(String::new()).is_err());
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
    let secret = Secret::new(SECRET).unwrap();
    let signer = Signer::new(&secret, Algorithm::Hs256, None).unwrap();
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
        let _ = decode(&token);
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
