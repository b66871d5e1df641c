//! Revocations that several JavaScript objects share: by name, in the whole process.

use std::sync::Arc;

use napi::bindgen_prelude::{Buffer, Uint8Array, sys};
use napi::{Env, Result};
use napi_derive::napi;
use portcullis_core::Error;
use portcullis_core::jwt::LARGEST_MAX_TOKEN_BYTES;
use portcullis_core::revocations::{Checked, Entry, Kind, Revocations};

use crate::error::{Verdict, call};
use crate::raw::{Call, Function, Slot, Slots};
use crate::registry::Registry;
use crate::text::{Text, TextError};

/// Identifiers are mostly UUIDs.
const STACK_NAME_BYTES: usize = 96;

thread_local! {
    static TABLES: Slots<Arc<Revocations>> = const { Slots::new() };
}

static NAMED: Registry<Revocations> = Registry::new();

/// One JavaScript object's way to a table. Times are seconds since 1970-01-01 UTC; lib has checked that they are
/// numbers, and says Infinity for "whatever `iat`" and "never".
#[napi]
pub struct RevocationsTable {
    table: Arc<Revocations>,
    slot: Slot<Arc<Revocations>>,
}

#[napi]
impl RevocationsTable {
    /// Finds the table of this name, or makes it.
    #[napi(constructor, catch_unwind)]
    pub fn new(env: Env, name: String, max_entries: u32) -> Result<Self> {
        call(&env, || {
            let table = named(name, max_entries)?;
            Ok(Self { slot: Slot::keep(&TABLES, Arc::clone(&table)), table })
        })
    }

    /// The number by which `check` and `epoch` know it.
    #[napi(getter, catch_unwind)]
    pub fn slot(&self) -> u32 {
        self.slot.number()
    }

    /// How many entries are held.
    #[napi(getter, catch_unwind)]
    pub fn size(&self) -> u32 {
        u32::try_from(self.table.len()).unwrap_or(u32::MAX)
    }

    /// Revokes what is named, and returns the entry's exported form. `kind`: 0 `jti`, 1 `sub`, 2 `sid`,
    /// 3 `kid`.
    #[napi(catch_unwind)]
    pub fn revoke(
        &self,
        env: Env,
        kind: u32,
        name: Text,
        before: f64,
        expires: f64,
        now: f64,
    ) -> Result<Verdict<Buffer>> {
        call(&env, || {
            let unknown = || wrong("what is to be revoked has no such kind");
            let kind = *Kind::ALL.get(kind as usize).ok_or_else(unknown)?;
            let read = name
                .well_formed_utf8::<STACK_NAME_BYTES, _>(LARGEST_MAX_TOKEN_BYTES, |name| {
                    Entry::new(kind, name, before as u32, expires as u32)
                });
            let entry = read.map_err(unreadable)?;
            let kept = self.table.revoke(entry, now);
            Ok(kept.map(|()| Buffer::from(entry.to_bytes().as_slice())).into())
        })
    }

    /// The live entries of one part of the table; null after the last.
    #[napi(catch_unwind)]
    pub fn export(&self, env: Env, part: u32, now: f64) -> Result<Option<Buffer>> {
        call(&env, || Ok(self.table.export(part as usize, now).map(Buffer::from)))
    }

    /// Takes exported entries in; false when there was no room for all.
    #[napi(catch_unwind)]
    pub fn merge(&self, env: Env, entries: Uint8Array, now: f64) -> Result<bool> {
        call(&env, || Ok(self.table.merge(&entries, now).is_ok()))
    }
}

impl RevocationsTable {
    /// For what checks tokens.
    pub(crate) fn table(&self) -> Arc<Revocations> {
        Arc::clone(&self.table)
    }
}

/// The function `check(slot, now, jti, sub, sid, kid, iat)`: whether a token that says this of itself is refused. What is
/// no string, or for `iat` no number, counts as absent.
#[napi(
    catch_unwind,
    ts_return_type = "(slot: number, now: number, jti: unknown, sub: unknown, sid: unknown, kid: unknown, iat: unknown) => boolean"
)]
pub fn revocations_check_function(env: Env) -> Result<Function> {
    Function::make(env, c"check", check)
}

unsafe extern "C" fn check(env: sys::napi_env, info: sys::napi_callback_info) -> sys::napi_value {
    // SAFETY: both are those of the running callback.
    unsafe { Call::<7>::new(env, info) }.answer(|call| {
        let (now, iat) = (call.number(1), call.number(6));
        let checked = Checked { iat: (!iat.is_nan()).then_some(iat), ..Checked::default() };
        at(call, |table| {
            let judge = |checked: Checked<'_>| table.check(&checked, now);
            // One name after the other: each is read into the stack for as long as it is looked up.
            let is_revoked =
                |place: usize, with: for<'n> fn(Checked<'n>, &'n str) -> Checked<'n>| {
                    read(&call.text(place), |name| judge(with(checked, name)))
                };
            Ok(is_revoked(2, |checked, jti| Checked { jti: Some(jti), ..checked })?
                || is_revoked(3, |checked, sub| Checked { sub: Some(sub), ..checked })?
                || is_revoked(4, |checked, sid| Checked { sid: Some(sid), ..checked })?
                || is_revoked(5, |checked, kid| Checked { kid: Some(kid), ..checked })?)
        })
    })
}

/// The function `epoch(slot)`: a number that grows with every change.
#[napi(catch_unwind, ts_return_type = "(slot: number) => number")]
pub fn revocations_epoch_function(env: Env) -> Result<Function> {
    Function::make(env, c"epoch", epoch)
}

unsafe extern "C" fn epoch(env: sys::napi_env, info: sys::napi_callback_info) -> sys::napi_value {
    // SAFETY: both are those of the running callback.
    unsafe { Call::<1>::new(env, info) }.answer(|call| at(call, |table| Ok(table.epoch() as f64)))
}

fn at<const N: usize, T>(
    call: &Call<N>,
    work: impl FnOnce(&Revocations) -> std::result::Result<T, Error>,
) -> std::result::Result<T, Error> {
    let done = TABLES.with(|tables| tables.with(call.slot(0), |table| work(table)));
    done.unwrap_or_else(|| Err(wrong("the revocations belong to an object that is gone")))
}

fn named(name: String, max_entries: u32) -> std::result::Result<Arc<Revocations>, Error> {
    let agrees = |table: &Revocations| {
        let conflict = Error::RevocationsConflict { option: "maxEntries" };
        if table.max_entries() == max_entries as usize { Ok(()) } else { Err(conflict) }
    };
    NAMED.find_or_make(name, agrees, || Revocations::new(max_entries))
}

/// Whether a name is revoked; anything but a string is not.
fn read(name: &Text, work: impl FnOnce(&str) -> bool) -> std::result::Result<bool, Error> {
    let read = name.utf8::<STACK_NAME_BYTES, _>(LARGEST_MAX_TOKEN_BYTES, |bytes| {
        std::str::from_utf8(bytes).map(work).unwrap_or(false)
    });
    match read {
        Err(TextError::NotString) => Ok(false),
        read => read.map_err(unreadable),
    }
}

fn unreadable(error: TextError) -> Error {
    match error {
        TextError::NotString => wrong("what is to be revoked must be a string"),
        TextError::TooLong => wrong(format!(
            "what is to be revoked must not take more than {} MiB",
            LARGEST_MAX_TOKEN_BYTES >> 20
        )),
        TextError::LoneSurrogate => wrong("what is to be revoked contains a lone surrogate"),
    }
}

fn wrong(reason: impl Into<portcullis_core::Text>) -> Error {
    Error::RevocationsTarget { reason: reason.into() }
}
