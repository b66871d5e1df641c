//! PHC strings: `$argon2id$v=19$m=19456,t=2,p=1$<salt>$<tag>`, base64 without padding.
//!
//! Strings are written in the canonical order (m, t, p), which strict readers require. They are read in any order,
//! because another writer emits m, p, t. Everything else is strict, so that one string has one meaning: no sign, no
//! leading zero, no unknown or second parameter, no stray bits in the base64, nothing before or after.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;

use super::{Cost, Variant, Version};
use crate::Error;

/// A parsed PHC string of Argon2. `to_string` returns the canonical form.
#[derive(Clone, PartialEq, Eq)]
pub struct Phc {
    pub(super) variant: Variant,
    pub(super) version: Version,
    pub(super) cost: Cost,
    pub(super) salt: Vec<u8>,
    pub(super) tag: Vec<u8>,
}

impl Phc {
    /// No string that [`Phc::parse`] accepts is longer: 64 bytes are 86 characters of base64.
    pub const MAX_BYTES: usize =
        "$argon2id$v=19$m=4294967295,t=4294967295,p=16777215$$".len() + 2 * 86;
    /// Salt, 8..=64 bytes: RFC 9106 section 3.1 requires at least 8.
    pub const MIN_SALT_BYTES: usize = 8;
    /// Tag, 16..=64 bytes: a shorter tag could match by chance. RFC 9106 section 4 recommends 32.
    pub const MIN_TAG_BYTES: usize = 16;
    const MAX_FIELD_BYTES: usize = 64;

    /// Reads a stored string.
    ///
    /// # Errors
    /// [`Error::PasswordHashMalformed`] for everything that is not exactly such a string.
    pub fn parse(text: &str) -> Result<Self, Error> {
        Self::fields(text).ok_or(Error::PasswordHashMalformed)
    }

    fn fields(text: &str) -> Option<Self> {
        if text.len() > Self::MAX_BYTES {
            return None;
        }
        let mut fields = text.strip_prefix('$')?.split('$');
        let variant = variant(fields.next()?)?;
        let (version, costs) = match fields.next()? {
            field if field.starts_with("v=") => (version(field)?, fields.next()?),
            // Strings older than version 1.3 do not name their version.
            field => (Version::V0x10, field),
        };
        let cost = cost(costs)?;
        let salt = bytes(fields.next()?, Self::MIN_SALT_BYTES)?;
        let tag = bytes(fields.next()?, Self::MIN_TAG_BYTES)?;
        fields.next().is_none().then_some(Self { variant, version, cost, salt, tag })
    }
}

impl fmt::Display for Phc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let variant = match self.variant {
            Variant::Argon2d => "argon2d",
            Variant::Argon2i => "argon2i",
            Variant::Argon2id => "argon2id",
        };
        let version = match self.version {
            Version::V0x10 => 16,
            Version::V0x13 => 19,
        };
        let (m, t, p) = (self.cost.memory_kib(), self.cost.passes(), self.cost.lanes());
        let salt = STANDARD_NO_PAD.encode(&self.salt);
        let tag = STANDARD_NO_PAD.encode(&self.tag);
        write!(f, "${variant}$v={version}$m={m},t={t},p={p}${salt}${tag}")
    }
}

fn variant(field: &str) -> Option<Variant> {
    match field {
        "argon2d" => Some(Variant::Argon2d),
        "argon2i" => Some(Variant::Argon2i),
        "argon2id" => Some(Variant::Argon2id),
        _ => None,
    }
}

fn version(field: &str) -> Option<Version> {
    match field {
        "v=16" => Some(Version::V0x10),
        "v=19" => Some(Version::V0x13),
        _ => None,
    }
}

fn cost(field: &str) -> Option<Cost> {
    let (mut m, mut t, mut p) = (None, None, None);
    for parameter in field.split(',') {
        let (name, value) = parameter.split_once('=')?;
        let slot = match name {
            "m" => &mut m,
            "t" => &mut t,
            "p" => &mut p,
            _ => return None,
        };
        if slot.replace(decimal(value)?).is_some() {
            return None;
        }
    }
    Cost::stored(m?, t?, p?)
}

/// A number as the PHC format writes it; `str::parse` alone would also accept `+1` and `01`.
fn decimal(text: &str) -> Option<u32> {
    let canonical = text.bytes().all(|byte| byte.is_ascii_digit()) && !text.starts_with('0');
    if canonical { text.parse().ok() } else { None }
}

/// Between `min` and 64 bytes; the engine is strict about padding and stray bits.
fn bytes(field: &str, min: usize) -> Option<Vec<u8>> {
    let bytes = STANDARD_NO_PAD.decode(field).ok()?;
    (min..=Phc::MAX_FIELD_BYTES).contains(&bytes.len()).then_some(bytes)
}
