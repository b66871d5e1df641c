//! Keys: what each algorithm takes, what is refused when a key is prepared, and how a header chooses among several.

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der, PublicKeyX509Der};
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, ECDSA_P256K1_SHA256_FIXED_SIGNING,
    ECDSA_P384_SHA384_FIXED_SIGNING, ECDSA_P521_SHA512_FIXED_SIGNING, EcdsaKeyPair,
    EcdsaSigningAlgorithm, Ed25519KeyPair, KeyPair, RsaKeyPair,
};

use super::*;

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
