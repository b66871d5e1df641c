//! PHC strings beyond the table.

use proptest::prelude::*;

use super::{SALT, engine, hasher, password};
use crate::password::{Cost, Phc};

const CANONICAL: &str =
    "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";

#[test]
fn returns_the_canonical_form_for_every_order_of_parameters() {
    for order in [
        "m=256,t=2,p=1",
        "m=256,p=1,t=2",
        "t=2,m=256,p=1",
        "t=2,p=1,m=256",
        "p=1,t=2,m=256",
        "p=1,m=256,t=2",
    ] {
        let written = CANONICAL.replace("m=256,t=2,p=1", order);
        assert_eq!(Phc::parse(&written).unwrap().to_string(), CANONICAL, "{order}");
    }
}

#[test]
fn returns_version_16_for_a_string_without_a_version() {
    let old = CANONICAL.replace("v=19$", "");
    assert_eq!(Phc::parse(&old).unwrap().to_string(), CANONICAL.replace("v=19", "v=16"));
}

#[test]
fn accepts_the_longest_string() {
    let field = "A".repeat(86);
    let longest = format!("$argon2id$v=19$m=4294967295,t=4294967295,p=16777215${field}${field}");
    assert_eq!(longest.len(), Phc::MAX_BYTES);
    assert!(Phc::parse(&longest).is_ok());
}

#[test]
fn rejects_own_costs_outside_their_bounds() {
    for (memory_kib, passes, lanes) in [
        (7, 1, 1),
        (15, 1, 2),
        (0, 1, 1),
        (8, 0, 1),
        (8, 1, 0),
        (u32::MAX, 1, 1),
        (8, 1025, 1),
        (u32::MAX, 1, u32::MAX),
    ] {
        let refused = Cost::chosen(memory_kib, passes, lanes).unwrap_err();
        assert_eq!(refused.code(), "ERR_PASSWORD_OPTION_RANGE", "{memory_kib} {passes} {lanes}");
    }
    assert!(Cost::chosen(8 * 255, 1, 255).is_ok());
}

proptest! {
    #[test]
    fn accepts_exactly_the_password_that_was_hashed(
        text in proptest::collection::vec(any::<u8>(), 1..200),
        salt in any::<[u8; 16]>(),
        at in any::<proptest::sample::Index>(),
        flip in 1..=255_u8,
    ) {
        let (hasher, mut engine) = (hasher(), engine());
        let salt = crate::password::Salt::new(salt);
        let stored = hasher.hash(&mut engine, &password(&text), &salt).unwrap();
        let phc = Phc::parse(&stored).unwrap();
        prop_assert_eq!(phc.to_string(), stored);
        prop_assert!(!hasher.needs_rehash(&phc));
        let admitted = hasher.admit(phc).ok();
        prop_assert_eq!(hasher.verify(&mut engine, admitted.as_ref(), &password(&text)), Ok(true));
        let mut other = text.clone();
        other[at.index(text.len())] ^= flip;
        prop_assert_eq!(hasher.verify(&mut engine, admitted.as_ref(), &password(&other)), Ok(false));
    }

    #[test]
    fn never_accepts_a_string_with_a_flipped_byte_as_the_same(at in 0..CANONICAL.len(), flip in 1..=255_u8) {
        let mut bytes = CANONICAL.as_bytes().to_vec();
        bytes[at] ^= flip;
        if let Ok(phc) = Phc::parse(&String::from_utf8_lossy(&bytes)) {
            prop_assert_ne!(phc.to_string(), CANONICAL);
        }
    }

    #[test]
    fn never_panics_on_any_text(text in "\\$?(argon2(id|i|d)|[a-z0-9]{0,9})\\$(v=[0-9]{0,3}\\$)?([mtpx]=[0-9+-]{0,11},?){0,4}(\\$[A-Za-z0-9+/=]{0,90}){0,3}") {
        if let Ok(phc) = Phc::parse(&text) {
            let again = Phc::parse(&phc.to_string()).unwrap();
            prop_assert!(again == phc);
        }
    }
}

#[test]
fn returns_what_the_reference_implementation_writes() {
    let hasher = crate::password::Hasher::new(Cost::chosen(32, 3, 4).unwrap());
    let written = hasher.hash(&mut engine(), &password("password"), &SALT).unwrap();
    assert!(
        written.starts_with("$argon2id$v=19$m=32,t=3,p=4$c2l4dGVlbiBieXRlcyBvaw$"),
        "{written}"
    );
}
