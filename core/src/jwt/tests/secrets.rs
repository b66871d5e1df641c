//! What is no secret.

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
            Signer::new(KeyBytes::Secret(&vec![1; bytes]), algorithm, None, strength).is_ok()
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
