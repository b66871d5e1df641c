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

#[test]
fn rejects_what_would_change_how_a_payload_is_read() {
    let signer = signer(KeyBytes::Secret(SECRET), Algorithm::Hs256);
    let verifier = verifier_with(Policy::default(), |_| ());
    for member in
        [r#""b64":false"#, r#""b64":true"#, r#""b64":null"#, r#""zip":"DEF""#, r#""zip":0"#]
    {
        let header = format!(r#"{{"alg":"HS256",{member}}}"#);
        let token = signer.sign_jws(header.as_bytes(), b"{}").unwrap();
        assert_eq!(verifier.verify(&token, 0.0), Err(Error::JwtCritical), "{member}");
    }
}

proptest! {
    /// The `base64` crate is the twin: what one takes and makes of it, the other does, at every length and with every
    /// wrong byte, so that neither room nor tail is misjudged.
    #[test]
    fn reads_base64url_as_another_reader_does(
        mut text in proptest::collection::vec(any::<u8>(), 0..200),
        honest in any::<bool>(),
        wrong in proptest::option::of((any::<proptest::sample::Index>(), any::<u8>())),
    ) {
        use base64::Engine as _;
        use base64::engine::general_purpose::URL_SAFE_NO_PAD;

        if honest {
            text = URL_SAFE_NO_PAD.encode(&text).into_bytes();
            if let Some((at, byte)) = wrong && !text.is_empty() {
                let at = at.index(text.len());
                text[at] = byte;
            }
        }
        let expected = URL_SAFE_NO_PAD.decode(&text).ok();
        prop_assert_eq!(compact::Base64::Strict.decode(&text).ok(), expected.clone());
        let mut room = [0; 256];
        let signature = compact::Base64::Strict.decode_signature(&text, &mut room);
        prop_assert_eq!(signature.ok().map(<[u8]>::to_vec), expected.clone());
        if let Some(bytes) = expected {
            let mut encoded = Vec::new();
            compact::encode_onto(&mut encoded, &bytes).unwrap();
            prop_assert_eq!(encoded, text);
        }
    }
}
