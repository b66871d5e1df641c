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
