//! The border of keys: read once, and prepared once for the algorithms that they may be used for.

use napi::bindgen_prelude::{ClassInstance, Uint8Array};
use napi::{Env, Result};
use napi_derive::napi;
use portcullis_core::jwt::{Algorithm, Key, KeyBytes, Strength, VerifyingKey, check_keys};

use super::options::algorithm;
use crate::error::call;

/// A key that was read and found fit.
#[napi]
pub struct JwtKey {
    pub(super) key: Key,
}

#[napi]
impl JwtKey {
    /// `kind`: `secret`, `public` (DER of SubjectPublicKeyInfo) or `private` (DER of PrivateKeyInfo). `is_legacy`: whether
    /// sizes below the standard's are accepted.
    #[napi(constructor, catch_unwind)]
    pub fn new(env: Env, kind: String, bytes: Uint8Array, is_legacy: bool) -> Result<Self> {
        let bytes = match kind.as_str() {
            "public" => KeyBytes::Public(&bytes),
            "private" => KeyBytes::Private(&bytes),
            _ => KeyBytes::Secret(&bytes),
        };
        let strength = if is_legacy { Strength::Legacy } else { Strength::Full };
        call(&env, || Ok(Self { key: Key::new(bytes, strength)? }))
    }

    /// The algorithms that it can do, its default first.
    #[napi(getter, catch_unwind)]
    pub fn algorithms(&self) -> Vec<&'static str> {
        self.key.algorithms().iter().copied().map(Algorithm::name).collect()
    }

    /// Whether the other is the same key.
    #[napi(catch_unwind)]
    pub fn equals(&self, other: &JwtKey) -> bool {
        self.key == other.key
    }
}

/// A key that verifies with some of its algorithms; several verifiers can share it.
#[napi]
pub struct JwtVerifyingKey {
    key: VerifyingKey,
}

#[napi]
impl JwtVerifyingKey {
    /// `key_id`: what a header's `kid` calls it.
    #[napi(constructor, catch_unwind)]
    pub fn new(
        env: Env,
        key: &JwtKey,
        algorithms: Vec<String>,
        key_id: Option<String>,
    ) -> Result<Self> {
        call(&env, || {
            let algorithms = algorithms
                .iter()
                .map(|name| algorithm(name))
                .collect::<std::result::Result<Vec<_>, _>>()?;
            Ok(Self { key: VerifyingKey::new(&key.key, &algorithms, key_id)? })
        })
    }
}

/// Checks whether keys may stand in one verifier.
#[napi(catch_unwind)]
pub fn jwt_check_keys(env: Env, keys: Vec<ClassInstance<JwtVerifyingKey>>) -> Result<()> {
    call(&env, || check_keys(&shared(&keys)))
}

pub(super) fn shared(keys: &[ClassInstance<JwtVerifyingKey>]) -> Vec<VerifyingKey> {
    keys.iter().map(|one| one.key.clone()).collect()
}
