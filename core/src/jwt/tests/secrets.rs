//! Texts that must not be used as a secret.

use super::*;
use crate::jwt::secret::Secret;

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
    let least = [(Algorithm::Hs256, 32), (Algorithm::Hs384, 48), (Algorithm::Hs512, 64)];
    for (algorithm, bytes) in least {
        let signs = |bytes, strength| {
            Key::new(KeyBytes::Secret(&vec![1; bytes]), strength)
                .is_ok_and(|key| Signer::new(&key, algorithm, None).is_ok())
        };
        assert!(signs(bytes, Strength::Full) && !signs(bytes - 1, Strength::Full));
        assert!(signs(1, Strength::Legacy) && !signs(0, Strength::Legacy));
    }
}

#[test]
fn rejects_the_text_of_a_key_that_is_encoded_once_more() {
    use base64::Engine as _;
    use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};

    let pem = b"-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA\n-----END PUBLIC KEY-----\n";
    let jwk = br#"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#;
    let ssh = b"\0\0\0\x0bssh-ed25519\0\0\0\x20 and the thirty-two bytes of a key";
    let der = [&[0x30, 0x82, 0x01, 0x22][..], &[7; 290]].concat();
    for key in [&pem[..], jwk, ssh, &der] {
        let hex: String = key.iter().map(|byte| format!("{byte:02X}")).collect();
        let spellings =
            [STANDARD.encode(key), URL_SAFE_NO_PAD.encode(key), hex.to_lowercase(), hex];
        for spelling in spellings {
            for text in [format!("{spelling}\n"), spelling] {
                let made = Secret::new(text.as_bytes());
                assert!(matches!(made, Err(Error::JwtKey { .. })), "{text}");
            }
        }
        assert!(matches!(Secret::new(&[key, b"\r\n"].concat()), Err(Error::JwtKey { .. })));
    }
    for honest in
        ["5f1d".repeat(16), STANDARD.encode([0x30; 48]), "correct horse battery staple!!!!".into()]
    {
        assert!(Secret::new(honest.as_bytes()).is_ok(), "{honest}");
    }
}

#[test]
fn rejects_the_text_of_a_key_in_the_frames_that_settings_and_files_have() {
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;

    let pem = "-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA\n-----END PUBLIC KEY-----\n";
    let jwk = r#"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#;
    let der = [&[0x30, 0x82, 0x01, 0x22][..], &[7; 290]].concat();
    let encoded = STANDARD.encode(&der);
    let blob = STANDARD.encode(b"\0\0\0\x07ssh-rsa\0\0\0\x03\x01\0\x01 and the modulus of a key");
    let (head, tail) = encoded.split_at(64);
    let texts = [
        format!("\"{encoded}\"\n"),
        format!("{head}\\n{tail}\\n"),
        format!("{head}\\r\\n{tail}"),
        format!("[\"{encoded}\"]"),
        format!("{{\"jwks\":[[{jwk}]]}}"),
        Value::from(jwk).to_string(),
        format!("ssh-rsa  {blob} somebody@example.org"),
        format!("no-pty,command=\"true\" ssh-rsa\t{blob}"),
        format!("{blob} somebody@example.org"),
        format!("---- BEGIN SSH2 PUBLIC KEY ----\n{blob}\n---- END SSH2 PUBLIC KEY ----\n"),
    ];
    for text in texts {
        let made = Secret::new(text.as_bytes());
        assert!(matches!(made, Err(Error::JwtKey { .. })), "{text}");
    }
    for text in [pem, jwk, &encoded] {
        let units =
            |swap: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(swap).collect::<Vec<_>>();
        let (little, big) = (units(u16::to_le_bytes), units(u16::to_be_bytes));
        for bytes in [[b"\xFF\xFE", &*little].concat(), [b"\xFE\xFF", &*big].concat(), little, big]
        {
            assert!(matches!(Secret::new(&bytes), Err(Error::JwtKey { .. })), "{text}");
        }
    }
    assert!(matches!(Secret::new(&[&der[..], b"\0"].concat()), Err(Error::JwtKey { .. })));
    let spki_ed448 =
        [&[0x30, 0x43, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x71, 0x03, 0x3a, 0x00][..], &[7; 57]];
    assert!(matches!(Secret::new(&spki_ed448.concat()), Err(Error::JwtKey { .. })));
    for honest in
        [&[0; 32][..], b"\"a secret in quotation marks, \\n and a break\"", &[7, 0].repeat(32)]
    {
        assert!(Secret::new(honest).is_ok(), "{honest:?}");
    }
}
