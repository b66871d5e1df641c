//! Keys: what each algorithm takes, what is refused when a key is prepared, and how a header chooses among several.

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der, PublicKeyX509Der};
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, ECDSA_P256K1_SHA256_FIXED_SIGNING,
    ECDSA_P384_SHA384_FIXED_SIGNING, ECDSA_P521_SHA512_FIXED_SIGNING, EcdsaKeyPair,
    EcdsaSigningAlgorithm, Ed25519KeyPair, KeyPair, RsaKeyPair,
};

use super::*;
use crate::jwt::roca;

/// A private key and its public half, in DER.
struct Pair {
    private: Vec<u8>,
    public: Vec<u8>,
}

impl Pair {
    fn ec(algorithm: &'static EcdsaSigningAlgorithm) -> Self {
        let pair = EcdsaKeyPair::generate(algorithm).unwrap();
        let private = pair.to_pkcs8v1().unwrap().as_ref().to_vec();
        let public = AsDer::<PublicKeyX509Der<'_>>::as_der(pair.public_key()).unwrap();
        Self { private, public: public.as_ref().to_vec() }
    }

    fn ed25519() -> Self {
        let pair = Ed25519KeyPair::generate().unwrap();
        let private = AsDer::<Pkcs8V1Der<'_>>::as_der(&pair).unwrap().as_ref().to_vec();
        let public = AsDer::<PublicKeyX509Der<'_>>::as_der(pair.public_key()).unwrap();
        Self { private, public: public.as_ref().to_vec() }
    }

    fn rsa() -> Self {
        let pair = RsaKeyPair::generate(KeySize::Rsa2048).unwrap();
        let private = AsDer::<Pkcs8V1Der<'_>>::as_der(&pair).unwrap().as_ref().to_vec();
        let public = AsDer::<PublicKeyX509Der<'_>>::as_der(pair.public_key()).unwrap();
        Self { private, public: public.as_ref().to_vec() }
    }

    /// A key of the kind that this algorithm takes; none for HMAC.
    fn of(algorithm: Algorithm) -> Option<Self> {
        Some(match algorithm {
            Algorithm::Hs256 | Algorithm::Hs384 | Algorithm::Hs512 => return None,
            Algorithm::Es256 => Self::ec(&ECDSA_P256_SHA256_FIXED_SIGNING),
            Algorithm::Es384 => Self::ec(&ECDSA_P384_SHA384_FIXED_SIGNING),
            Algorithm::Es512 => Self::ec(&ECDSA_P521_SHA512_FIXED_SIGNING),
            Algorithm::EdDsa => Self::ed25519(),
            _ => Self::rsa(),
        })
    }
}

fn verifier_of(keys: Vec<Result<VerifyingKey, Error>>) -> Result<Verifier, Error> {
    Verifier::new(&keys.into_iter().collect::<Result<Vec<_>, _>>()?, options_of(Policy::default()))
}

#[test]
fn signs_and_verifies_with_every_algorithm_and_never_across_them() {
    let rsa = Pair::rsa();
    let pairs: Vec<_> = Algorithm::ALL.map(|one| (one, Pair::of(one))).into_iter().collect();
    let private = |(algorithm, pair): &(Algorithm, Option<Pair>)| {
        let bytes = match pair {
            None => KeyBytes::Secret(SECRET),
            // One RSA key for all six, so that only the algorithm tells them apart.
            Some(_) if algorithm.takes(KeyKind::Rsa) => KeyBytes::Private(&rsa.private),
            Some(pair) => KeyBytes::Private(&pair.private),
        };
        signer(bytes, *algorithm).sign(b"{}").unwrap()
    };
    for signs in &pairs {
        let token = private(signs);
        for (verifies, pair) in &pairs {
            let bytes = match pair {
                None => KeyBytes::Secret(SECRET),
                Some(_) if verifies.takes(KeyKind::Rsa) => KeyBytes::Public(&rsa.public),
                Some(pair) => KeyBytes::Public(&pair.public),
            };
            let verdict = verifier_of(vec![key(bytes, &[*verifies])]).unwrap().verify(&token, 0.0);
            let expected =
                if signs.0 == *verifies { Ok(b"{}".to_vec()) } else { Err(Error::JwtAlgorithm) };
            assert_eq!(verdict, expected, "{} {verifies}", signs.0);
        }
    }
}

#[test]
fn rejects_an_algorithm_that_is_not_for_the_key() {
    let (rsa, p256, ed) = (Pair::rsa(), Pair::of(Algorithm::Es256).unwrap(), Pair::ed25519());
    let cases = [
        (KeyBytes::Public(&rsa.public), Algorithm::Es256),
        (KeyBytes::Public(&rsa.public), Algorithm::Hs256),
        (KeyBytes::Public(&p256.public), Algorithm::Es384),
        (KeyBytes::Public(&p256.public), Algorithm::EdDsa),
        (KeyBytes::Public(&ed.public), Algorithm::Rs256),
        (KeyBytes::Secret(SECRET), Algorithm::Rs256),
        (KeyBytes::Secret(SECRET), Algorithm::EdDsa),
    ];
    for (bytes, algorithm) in cases {
        let error = verifier_of(vec![key(bytes, &[algorithm])]).err().map(|error| error.code());
        assert_eq!(error, Some("ERR_JWT_KEY_ALGORITHM"), "{algorithm}");
    }
    let error = verifier_of(vec![key(KeyBytes::Secret(SECRET), &[])]).err();
    assert_eq!(error.map(|error| error.code()), Some("ERR_JWT_KEY_ALGORITHM"));
}

#[test]
fn rejects_keys_that_are_broken_misplaced_or_of_no_supported_kind() {
    let rsa = Pair::rsa();
    let secp256k1 = Pair::ec(&ECDSA_P256K1_SHA256_FIXED_SIGNING);
    let longer = [&rsa.public[..], &[0]].concat();
    let cut = &rsa.public[..rsa.public.len() - 1];
    let cases = [
        ("private for public", KeyBytes::Private(&rsa.private), Algorithm::Rs256),
        ("a byte too many", KeyBytes::Public(&longer), Algorithm::Rs256),
        ("a byte missing", KeyBytes::Public(cut), Algorithm::Rs256),
        ("empty", KeyBytes::Public(&[]), Algorithm::Rs256),
        ("PKCS8 as SPKI", KeyBytes::Public(&rsa.private), Algorithm::Rs256),
        ("secp256k1", KeyBytes::Public(&secp256k1.public), Algorithm::Es256),
        ("RSA as secret", KeyBytes::Secret(&rsa.public), Algorithm::Hs256),
        ("private RSA as secret", KeyBytes::Secret(&rsa.private), Algorithm::Hs256),
    ];
    for (name, bytes, algorithm) in cases {
        let error = verifier_of(vec![key(bytes, &[algorithm])]).err().map(|error| error.code());
        assert_eq!(error, Some("ERR_JWT_KEY"), "{name}");
    }
    let signs = |bytes| {
        let key = Key::new(bytes, Strength::Full);
        key.and_then(|key| Signer::new(&key, Algorithm::Rs256, None)).err()
    };
    assert_eq!(signs(KeyBytes::Public(&rsa.public)).map(|e| e.code()), Some("ERR_JWT_KEY"));
    assert_eq!(signs(KeyBytes::Private(cut)).map(|e| e.code()), Some("ERR_JWT_KEY"));
}

/// rsaEncryption (RFC 8017 appendix C), with the NULL that follows it.
const RSA: &[u8] = &[0x06, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1, 0x05, 0];
/// id-RSASSA-PSS, bound to no parameters.
const RSA_PSS: &[u8] = &[0x06, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 10];

/// SubjectPublicKeyInfo of an RSA key with this modulus and exponent.
fn rsa_spki(modulus: &[u8], exponent: &[u8]) -> Vec<u8> {
    spki(RSA, modulus, exponent)
}

fn spki(kind: &[u8], modulus: &[u8], exponent: &[u8]) -> Vec<u8> {
    fn element(tag: u8, content: &[u8]) -> Vec<u8> {
        let length = match content.len() {
            short @ 0..=0x7f => vec![short as u8],
            middle @ 0x80..=0xff => vec![0x81, middle as u8],
            long => vec![0x82, (long >> 8) as u8, long as u8],
        };
        [&[tag][..], &length, content].concat()
    }
    // A first bit that is set would make it negative.
    let sign = |bytes: &[u8]| vec![0; usize::from(bytes[0] >> 7)];
    let integer = |bytes: &[u8]| element(0x02, &[sign(bytes), bytes.to_vec()].concat());
    let key = element(0x30, &[integer(modulus), integer(exponent)].concat());
    let bits = element(0x03, &[&[0][..], &key].concat());
    element(0x30, &[element(0x30, kind), bits].concat())
}

/// A modulus of this many bytes whose first bit is set.
fn odd(bytes: usize) -> Vec<u8> {
    [&[0xc1][..], &vec![0x55; bytes - 1]].concat()
}

#[test]
fn rejects_rsa_keys_that_are_small_or_have_an_exponent_of_no_use() {
    let verdict = |spki: &[u8], strength| {
        let key = Key::new(KeyBytes::Public(spki), strength)
            .and_then(|key| VerifyingKey::new(&key, &[Algorithm::Rs256], None));
        verifier_of(vec![key]).map(|_| ()).map_err(|error| error.to_string())
    };
    let cases: &[(&str, Vec<u8>, &[u8], Strength)] = &[
        ("has 1024 bits", odd(128), &[1, 0, 1], Strength::Full),
        ("has 2040 bits", odd(255), &[1, 0, 1], Strength::Full),
        ("has 512 bits", odd(64), &[1, 0, 1], Strength::Legacy),
        ("public exponent", odd(256), &[1], Strength::Full),
        ("public exponent", odd(256), &[1], Strength::Legacy),
        ("public exponent", odd(256), &[2], Strength::Full),
        ("has 8200 bits", odd(1025), &[1, 0, 1], Strength::Full),
    ];
    for (reason, modulus, exponent, strength) in cases {
        let error = verdict(&rsa_spki(modulus, exponent), *strength).expect_err(reason);
        assert!(error.contains(reason), "{reason}: {error}");
    }
    assert_eq!(verdict(&rsa_spki(&odd(256), &[1, 0, 1]), Strength::Full), Ok(()));
    assert_eq!(verdict(&rsa_spki(&odd(128), &[1, 0, 1]), Strength::Legacy), Ok(()));
}

#[test]
fn takes_a_small_key_only_for_what_the_engine_verifies_with_it() {
    let key = |kind, bytes| {
        Key::new(KeyBytes::Public(&spki(kind, &odd(bytes), &[1, 0, 1])), Strength::Legacy)
    };
    for (bytes, expected) in
        [(128, "RS256 RS512"), (255, "RS256 RS512"), (256, "RS256 RS384 RS512 PS256 PS384 PS512")]
    {
        let key = key(RSA, bytes).unwrap();
        let names: Vec<_> = key.algorithms().iter().map(|one| one.name()).collect();
        assert_eq!(names.join(" "), expected, "{bytes} bytes");
    }
    let small = key(RSA, 128).unwrap();
    for algorithm in [Algorithm::Rs384, Algorithm::Ps256, Algorithm::Ps384, Algorithm::Ps512] {
        let error = VerifyingKey::new(&small, &[algorithm], None).err();
        assert_eq!(error.map(|error| error.code()), Some("ERR_JWT_KEY_ALGORITHM"), "{algorithm}");
    }
    let error = key(RSA_PSS, 128).err().map(|error| error.to_string()).unwrap_or_default();
    assert!(error.contains("which no algorithm takes"), "{error}");
    assert_eq!(key(RSA_PSS, 256).unwrap().algorithms().len(), 3);
}

#[test]
fn recognises_the_mark_of_the_faulty_generator() {
    // 65537 is a power of itself modulo every prime.
    assert!(roca::is_marked(&[1, 0, 1]));
    assert!(roca::is_marked(&[1]));
    assert!(!roca::is_marked(&[2]));
    assert!(!roca::is_marked(&[0x55; 256]));
}

#[test]
fn chooses_by_key_id_and_never_guesses() {
    let (a, b) = (Pair::ed25519(), Pair::ed25519());
    let named = |pair: &Pair, id: Option<&str>| {
        let key = Key::new(KeyBytes::Public(&pair.public), Strength::Full)?;
        VerifyingKey::new(&key, &[Algorithm::EdDsa], id.map(Into::into))
    };
    let (a, b) = (&a, &b);
    let unknown = |kid: Option<&str>| Err(Error::JwtKeyUnknown { kid: kid.map(Into::into) });
    let token = |pair: &Pair, id| {
        let key = Key::new(KeyBytes::Private(&pair.private), Strength::Full).unwrap();
        Signer::new(&key, Algorithm::EdDsa, id).unwrap().sign(b"{}").unwrap()
    };
    let both = verifier_of(vec![named(a, Some("a")), named(b, Some("b"))]).unwrap();
    // Twice: the second time the headers are known.
    for _ in 0..2 {
        assert!(both.verify(&token(a, Some("a")), 0.0).is_ok());
        assert!(both.verify(&token(b, Some("b")), 0.0).is_ok());
        assert_eq!(both.verify(&token(a, Some("b")), 0.0), Err(Error::JwtSignature));
        assert_eq!(both.verify(&token(a, Some("c")), 0.0), unknown(Some("c")));
        assert_eq!(both.verify(&token(a, None), 0.0), unknown(None));
    }
    let one = verifier_of(vec![named(a, Some("a"))]).unwrap();
    assert!(one.verify(&token(a, None), 0.0).is_ok());
    assert_eq!(one.verify(&token(a, Some("c")), 0.0), unknown(Some("c")));
    let nameless = verifier_of(vec![named(a, None)]).unwrap();
    assert!(nameless.verify(&token(a, Some("whatever")), 0.0).is_ok());
    for keys in [
        vec![named(a, Some("a")), named(b, Some("a"))],
        vec![named(a, None), named(b, None)],
        vec![],
    ] {
        assert_eq!(verifier_of(keys).err().map(|error| error.code()), Some("ERR_JWT_KEY"));
    }
    let mixed = vec![named(a, Some("a")), key(KeyBytes::Secret(SECRET), &[Algorithm::Hs256])];
    assert_eq!(verifier_of(mixed).err().map(|error| error.code()), Some("ERR_JWT_KEY"));
}

#[test]
fn leaves_only_slow_signatures_to_another_thread() {
    let rsa = Pair::rsa();
    let slow = signer(KeyBytes::Private(&rsa.private), Algorithm::Rs256);
    let token = slow.begin(b"{}").unwrap().unwrap().finish().unwrap();
    assert_eq!(token, slow.sign(b"{}").unwrap());
    let quick = signer(KeyBytes::Secret(SECRET), Algorithm::Hs256);
    assert!(quick.begin(b"{}").unwrap().is_none());
}
