//! What is hashed, what is verified, and what is left in memory.

use zeroize::Zeroizing;

use super::{SALT, cheap, engine, hasher, password};
use crate::Error;
use crate::password::{Cost, Hasher, Kdf, Password, Phc, Reference, Salt};

#[test]
fn never_accepts_a_password_for_nobody_but_does_the_work() {
    let mut engine = engine();
    assert_eq!(engine.memory_kib(), 0);
    assert_eq!(hasher().verify(&mut engine, None, &password("anything")), Ok(false));
    assert_eq!(engine.memory_kib(), cheap().memory_kib());
}

#[test]
fn returns_another_string_for_another_salt() {
    let [first, second] = [(), ()].map(|()| {
        let salt = Salt::random().unwrap();
        hasher().hash(&mut engine(), &password("the same"), &salt).unwrap()
    });
    assert_ne!(first, second);
}

#[test]
fn rejects_an_empty_and_a_long_password() {
    for bytes in [vec![], vec![b'x'; 65]] {
        let refused = Password::new(Zeroizing::new(bytes), 64).err().unwrap();
        assert_eq!(refused.code(), "ERR_PASSWORD_INPUT");
    }
    assert!(Password::new(Zeroizing::new(vec![b'x'; 64]), 64).is_ok());
}

#[test]
fn returns_that_a_hash_of_another_kind_needs_a_new_one() {
    let today = hasher().hash(&mut engine(), &password("x"), &SALT).unwrap();
    let needs_rehash = |text: &str| hasher().needs_rehash(&Phc::parse(text).unwrap());
    assert!(!needs_rehash(&today));
    assert!(
        !needs_rehash(&today.replace("m=8,t=1,p=1", "m=8,p=1,t=1")),
        "another order is no other kind"
    );
    for (what, other) in [
        ("variant", today.replace("argon2id", "argon2i")),
        ("version", today.replace("v=19", "v=16")),
        ("memory", today.replace("m=8", "m=9")),
        ("costlier than the ceiling", today.replace("m=8", "m=4194304")),
        ("passes", today.replace("t=1", "t=2")),
        ("lanes", today.replace("m=8,t=1,p=1", "m=16,t=1,p=2")),
        ("salt", today.replace("c2l4dGVlbiBieXRlcyBvaw", "c2l4dGVlbiBieXRlcyBvazEy")),
        ("tag", today[..today.len() - 3].to_owned()),
    ] {
        assert!(needs_rehash(&other), "{what}: {other}");
    }
}

#[test]
fn never_leaves_anything_in_kept_memory() {
    let cost = Cost::chosen(64, 2, 1).unwrap();
    let mut engine = Reference::new(64);
    let hasher = Hasher::new(cost);
    let first = hasher.hash(&mut engine, &password("secret"), &SALT).unwrap();
    assert_eq!(engine.memory_kib(), 64);
    assert!(engine.is_wiped());
    let again = hasher.hash(&mut engine, &password("secret"), &SALT).unwrap();
    assert_eq!(first, again, "memory that was used before changes no result");
}

#[test]
fn never_keeps_more_memory_than_told() {
    let mut engine = Reference::new(8);
    let stored =
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";
    let stored = hasher().admit(Phc::parse(stored).unwrap()).ok();
    assert_eq!(hasher().verify(&mut engine, stored.as_ref(), &password("password")), Ok(true));
    assert_eq!(engine.memory_kib(), 0);
}

#[test]
fn rejects_lengths_that_the_engine_does_not_take() {
    let mut engine = engine();
    let derivation = crate::password::Derivation {
        variant: crate::password::Variant::Argon2id,
        version: crate::password::Version::V0x13,
        cost: cheap(),
        password: b"x",
        salt: b"short",
        secret: b"",
        associated_data: b"",
    };
    assert_eq!(engine.derive(&derivation, &mut [0; 32]), Err(Error::PasswordHashMalformed));
}
