//! Claims are read as the guard of bodies and another parser read them, whichever of its two readers the verifier takes.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use portcullis_core::input::{Guard, Policy as BodyPolicy, Rules};
use portcullis_core::jwt::{
    Algorithm, Key, KeyBytes, LARGEST_MAX_TOKEN_BYTES, Signer, Strength, Verifier, VerifierOptions,
    VerifyingKey,
};
use serde_json::Value;

const SECRET: &[u8] = b"a secret for fuzzing with 64 bytes, as many as HS512 asks for...";
const HEADER: &[u8] = br#"{"alg":"HS256"}"#;
const NOW: f64 = 1_793_000_000.0;

fn key() -> Key {
    Key::new(KeyBytes::Secret(SECRET), Strength::Full).unwrap()
}

thread_local! {
    static SIGNER: Signer = Signer::new(&key(), Algorithm::Hs256, None).unwrap();
}

static VERIFIER: LazyLock<Verifier> = LazyLock::new(|| {
    let key = VerifyingKey::new(&key(), &[Algorithm::Hs256], None).unwrap();
    Verifier::new(
        &[key],
        VerifierOptions { max_token_bytes: LARGEST_MAX_TOKEN_BYTES, ..VerifierOptions::default() },
    )
    .unwrap()
});

/// The bounds that hold for the JSON of tokens.
static GUARD: LazyLock<Guard> = LazyLock::new(|| {
    let rules = Rules { operators: false, dots: false, prototypes: false, duplicates: true };
    let bounds = BodyPolicy {
        max_bytes: 1 << 20,
        max_depth: 32,
        max_keys: 10_000,
        max_key_bytes: 8_192,
        containers_only: true,
        rules,
    };
    Guard::new(bounds).unwrap()
});

/// The code of a verification's rejection, judged on what another parser read.
fn verdict(claims: &Value) -> Option<&'static str> {
    let times = ["exp", "nbf", "iat"].map(|name| claims.get(name));
    if times.iter().flatten().any(|time| !time.is_number()) {
        return Some("ERR_JWT_CLAIM_TYPE");
    }
    let [exp, nbf, _] = times.map(|time| time.and_then(Value::as_f64));
    if exp.is_some_and(|exp| NOW >= exp) {
        return Some("ERR_JWT_EXPIRED");
    }
    nbf.filter(|nbf| NOW < *nbf).map(|_| "ERR_JWT_NOT_YET_VALID")
}

/// Whether every registered claim has the type that a signer asks for.
fn is_signable(claims: &Value) -> bool {
    let is_audience = |aud: &Value| match aud {
        Value::Array(texts) => !texts.is_empty() && texts.iter().all(Value::is_string),
        other => other.is_string(),
    };
    let all = |names: [&str; 3], fits: fn(&Value) -> bool| {
        names.iter().all(|name| claims.get(name).is_none_or(fits))
    };
    all(["exp", "nbf", "iat"], Value::is_number)
        && all(["iss", "sub", "jti"], Value::is_string)
        && claims.get("aud").is_none_or(is_audience)
}

fuzz_target!(|json: &[u8]| {
    let Ok(token) = SIGNER.with(|signer| signer.sign_jws(HEADER, json)) else { return };
    let rejection = VERIFIER.verify(&token, NOW).err().map(|error| error.code());
    let signed = SIGNER.with(|signer| signer.sign(json));
    let is_object = json.trim_ascii_start().starts_with(b"{") && GUARD.check(json).is_ok();
    if !is_object {
        assert_eq!(rejection, Some("ERR_JWT_MALFORMED"));
        assert!(signed.is_err());
        return;
    }
    // The two parsers round differently right at the largest double.
    let Ok(claims) = serde_json::from_slice::<Value>(json) else {
        assert_ne!(rejection, Some("ERR_JWT_MALFORMED"));
        return;
    };
    assert_eq!(rejection, verdict(&claims));
    assert_eq!(signed.is_ok(), is_signable(&claims));
});
