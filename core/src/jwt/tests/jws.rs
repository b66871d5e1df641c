//! The compact form: any bytes as payload, padding, the bound on a header.

use super::*;

#[test]
fn verifies_and_signs_any_bytes_as_a_jws() {
    let token = signer(KeyBytes::Secret(SECRET), Algorithm::Hs256)
        .sign_jws(br#"{"alg":"HS256"}"#, b"\xff no JSON")
        .unwrap();
    let verifier = verifier_with(Policy::default(), |_| ());
    let mut payload = Vec::new();
    assert_eq!(verifier.verify_jws(&token, &mut payload), Ok(()));
    assert_eq!(payload, b"\xff no JSON");
    assert_eq!(verifier.verify(&token, 0.0), Err(Error::JwtMalformed));
}

#[test]
fn accepts_padding_only_where_it_is_asked_for() {
    let token = signer(KeyBytes::Secret(SECRET), Algorithm::Hs256)
        .sign_jws(br#"{"alg":"HS256"}"#, br#"{"a":1}"#)
        .unwrap();
    let padded = [&token[..], b"="].concat();
    assert_eq!(
        verifier_with(Policy::default(), |_| ()).verify(&padded, 0.0),
        Err(Error::JwtMalformed)
    );
    let lenient = verifier_with(Policy::default(), |options| options.lenient_padding = true);
    assert!(lenient.verify(&token, 0.0).is_ok() && lenient.verify(&padded, 0.0).is_ok());
    for wrong in [&b"=="[..], b"===", b" ", b"=\n"] {
        let token = [&token[..], wrong].concat();
        assert_eq!(lenient.verify(&token, 0.0), Err(Error::JwtMalformed), "{wrong:?}");
    }
}

#[test]
fn rejects_a_header_above_its_bound_before_reading_it() {
    let header = format!(r#"{{"alg":"HS256","x5c":"{}"}}"#, "A".repeat(DEFAULT_MAX_HEADER_BYTES));
    let token = signer(KeyBytes::Secret(SECRET), Algorithm::Hs256)
        .sign_jws(header.as_bytes(), b"{}")
        .unwrap();
    assert_eq!(
        verifier_with(Policy::default(), |_| ()).verify(&token, 0.0),
        Err(Error::JwtTooLarge)
    );
    let roomy = verifier_with(Policy::default(), |options| options.max_header_bytes = 8_000);
    assert!(roomy.verify(&token, 0.0).is_ok());
}
