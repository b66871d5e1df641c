//! Known answers: those of the reference implementation with secret and associated data, and the strings in
//! `__test__/vectors/password.json`, which the Node tests read too.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::{engine, hasher, password};
use crate::Error;
use crate::password::{Cost, Derivation, Hasher, Kdf, Phc, Variant, Version};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct KnownAnswer {
    name: String,
    variant: String,
    version: u32,
    memory_kib: u32,
    passes: u32,
    lanes: u32,
    password_hex: String,
    salt_hex: String,
    secret_hex: String,
    associated_data_hex: String,
    tag_hex: String,
}

#[derive(Deserialize)]
struct Strings {
    verified: Vec<Row>,
    malformed: Vec<Row>,
    costly: Vec<Row>,
}

#[derive(Deserialize)]
struct Row {
    name: String,
    phc: String,
    #[serde(default)]
    password: String,
}

/// Vectors of other projects are in a folder beside the checkout.
fn known_answers() -> Option<Vec<KnownAnswer>> {
    let folder = std::env::var_os("PORTCULLIS_VECTORS").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/vectors"),
        PathBuf::from,
    );
    let file = folder.join("argon2_kat.json");
    let Ok(text) = std::fs::read_to_string(&file) else {
        let missing = format!("no known answers at {}", file.display());
        assert!(std::env::var("CI").as_deref() != Ok("true"), "{missing}");
        eprintln!("{missing}: not checked");
        return None;
    };
    Some(serde_json::from_str(&text).unwrap())
}

fn strings() -> Strings {
    serde_json::from_str(include_str!("../../../../__test__/vectors/password.json")).unwrap()
}

fn bytes(hex: &str) -> Vec<u8> {
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
}

#[test]
fn returns_the_known_answers_with_secret_and_associated_data() {
    let mut engine = engine();
    for answer in known_answers().into_iter().flatten() {
        let derivation = Derivation {
            variant: match answer.variant.as_str() {
                "argon2d" => Variant::Argon2d,
                "argon2i" => Variant::Argon2i,
                _ => Variant::Argon2id,
            },
            version: if answer.version == 16 { Version::V0x10 } else { Version::V0x13 },
            cost: Cost::stored(answer.memory_kib, answer.passes, answer.lanes).unwrap(),
            password: &bytes(&answer.password_hex),
            salt: &bytes(&answer.salt_hex),
            secret: &bytes(&answer.secret_hex),
            associated_data: &bytes(&answer.associated_data_hex),
        };
        let expected = bytes(&answer.tag_hex);
        let mut tag = vec![0; expected.len()];
        engine.derive(&derivation, &mut tag).unwrap();
        assert_eq!(tag, expected, "{}", answer.name);
    }
}

#[test]
fn accepts_the_strings_of_other_writers() {
    let (hasher, mut engine) = (hasher(), engine());
    for row in strings().verified {
        let stored = hasher.admit(Phc::parse(&row.phc).unwrap()).ok();
        let right = hasher.verify(&mut engine, stored.as_ref(), &password(&row.password));
        assert_eq!(right, Ok(true), "{}", row.name);
        let wrong = hasher.verify(&mut engine, stored.as_ref(), &password("something else"));
        assert_eq!(wrong, Ok(false), "{}", row.name);
    }
}

#[test]
fn rejects_malformed_strings() {
    for row in strings().malformed {
        assert_eq!(Phc::parse(&row.phc).err(), Some(Error::PasswordHashMalformed), "{}", row.name);
    }
}

#[test]
fn rejects_a_cost_above_the_ceiling_but_not_above_its_own() {
    for row in strings().costly {
        let refused = hasher().admit(Phc::parse(&row.phc).unwrap()).err();
        assert_eq!(refused, Some(Error::PasswordHashCostly), "{}", row.name);
    }
    let at_the_ceiling =
        "$argon2id$v=19$m=262144,t=16,p=16$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc";
    assert!(hasher().admit(Phc::parse(at_the_ceiling).unwrap()).is_ok());
    let above = at_the_ceiling.replace("m=262144", "m=524288");
    let rich = Hasher::new(Cost::chosen(524_288, 1, 1).unwrap());
    assert!(rich.admit(Phc::parse(&above).unwrap()).is_ok());
}
