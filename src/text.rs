//! Text at the border: one Node-API call reads it into a stack buffer, or into the heap if it does not fit.
//!
//! napi-rs' own `String` calls Node-API twice and allocates (measured: 178 ns for 50 characters, against 42 ns for
//! one read into a stack buffer).

mod written;

use std::mem::MaybeUninit;

use napi::bindgen_prelude::{FromNapiValue, TypeName, ValidateNapiValue, sys};
use napi::{Result, ValueType};
use zeroize::Zeroizing;

pub use written::{Ascii, Latin1, Same, ThreadBuffer, Utf8, Utf16};

/// Why a value could not be read as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextError {
    /// The value is not a string.
    NotString,
    /// The text has more bytes (UTF-8) or units (UTF-16) than the caller allows.
    TooLong,
    /// The text holds half of a surrogate pair, so it has no UTF-8 form.
    LoneSurrogate,
}

/// A JavaScript value that should be text. It is read only when it is used, so that the buffer is in the caller's
/// stack frame and is never moved. Valid only within the call that received it.
pub struct Text {
    env: sys::napi_env,
    value: sys::napi_value,
}

/// One of the two reads of Node-API: bytes of UTF-8, or units of UTF-16.
trait Unit: Copy + Default {
    /// Reads at most `capacity - 1` units and a NUL; without a buffer, returns the length.
    ///
    /// # Safety
    /// `env` and `value` belong to the running callback; `buffer` is null or has room for `capacity` units.
    unsafe fn read(
        env: sys::napi_env,
        value: sys::napi_value,
        buffer: *mut Self,
        capacity: usize,
        length: &mut usize,
    ) -> sys::napi_status;
}

impl Unit for u8 {
    unsafe fn read(
        env: sys::napi_env,
        value: sys::napi_value,
        buffer: *mut Self,
        capacity: usize,
        length: &mut usize,
    ) -> sys::napi_status {
        // SAFETY: the caller's promise, passed on.
        unsafe { sys::napi_get_value_string_utf8(env, value, buffer.cast(), capacity, length) }
    }
}

impl Unit for u16 {
    unsafe fn read(
        env: sys::napi_env,
        value: sys::napi_value,
        buffer: *mut Self,
        capacity: usize,
        length: &mut usize,
    ) -> sys::napi_status {
        // SAFETY: the caller's promise, passed on.
        unsafe { sys::napi_get_value_string_utf16(env, value, buffer, capacity, length) }
    }
}

/// UTF-8 may end up to three bytes early, so that no character is cut.
const LONGEST_UTF8_TAIL: usize = 3;

/// U+FFFD in UTF-8: itself, or what Node-API writes for a lone surrogate.
const REPLACEMENT: [u8; 3] = [0xEF, 0xBF, 0xBD];

impl Text {
    /// # Safety
    /// `env` and `value` belong to the running callback.
    pub(crate) const unsafe fn new(env: sys::napi_env, value: sys::napi_value) -> Self {
        Self { env, value }
    }

    /// Calls `work` with the UTF-8 bytes, at most `max` of them. A lone surrogate becomes U+FFFD.
    pub(crate) fn utf8<const N: usize, R>(
        &self,
        max: usize,
        work: impl FnOnce(&[u8]) -> R,
    ) -> std::result::Result<R, TextError> {
        self.read::<u8, N, R>(max, work)
    }

    /// As [`Self::utf8`], for text where two JavaScript strings must never become the same bytes (keys,
    /// passwords): a lone surrogate is refused.
    pub(crate) fn well_formed_utf8<const N: usize, R>(
        &self,
        max: usize,
        work: impl FnOnce(&[u8]) -> R,
    ) -> std::result::Result<R, TextError> {
        self.utf8::<N, _>(max, |bytes| {
            if self.lost_a_surrogate(bytes) {
                Err(TextError::LoneSurrogate)
            } else {
                Ok(work(bytes))
            }
        })?
    }

    /// The UTF-8 bytes of a secret, at most `max`, refused as by [`Self::well_formed_utf8`]. They are read directly
    /// into the heap, so that no copy is left on the stack, and are wiped when dropped.
    pub(crate) fn secret(&self, max: usize) -> std::result::Result<Zeroizing<Vec<u8>>, TextError> {
        let bytes = Zeroizing::new(self.read_long::<u8>(max)?);
        if self.lost_a_surrogate(&bytes) { Err(TextError::LoneSurrogate) } else { Ok(bytes) }
    }

    /// Whether a U+FFFD of the UTF-8 form stands for a lone surrogate. The UTF-16 form, which alone can tell,
    /// is read only when there is a U+FFFD; it never has more units than the UTF-8 form has bytes.
    fn lost_a_surrogate(&self, utf8: &[u8]) -> bool {
        let [first, ..] = REPLACEMENT;
        utf8.contains(&first)
            && utf8.windows(REPLACEMENT.len()).any(|bytes| bytes == REPLACEMENT)
            && self
                .utf16::<64, _>(utf8.len(), |units| {
                    char::decode_utf16(units.iter().copied()).any(|unit| unit.is_err())
                })
                .unwrap_or(true)
    }

    /// Calls `work` with the UTF-16 units, at most `max` of them, unchanged.
    pub(crate) fn utf16<const N: usize, R>(
        &self,
        max: usize,
        work: impl FnOnce(&[u16]) -> R,
    ) -> std::result::Result<R, TextError> {
        self.read::<u16, N, R>(max, work)
    }

    fn read<U: Unit, const N: usize, R>(
        &self,
        max: usize,
        work: impl FnOnce(&[U]) -> R,
    ) -> std::result::Result<R, TextError> {
        let mut buffer = [const { MaybeUninit::<U>::uninit() }; N];
        let mut length = 0;
        // SAFETY: env and value are those of the running callback; the buffer has room for N units.
        let status =
            unsafe { U::read(self.env, self.value, buffer.as_mut_ptr().cast(), N, &mut length) };
        if status != sys::Status::napi_ok {
            return Err(TextError::NotString);
        }
        if length + LONGEST_UTF8_TAIL + 1 < N {
            if length > max {
                return Err(TextError::TooLong);
            }
            // SAFETY: the call above wrote `length` units, and `length` < N.
            let units = unsafe { std::slice::from_raw_parts(buffer.as_ptr().cast(), length) };
            return Ok(work(units));
        }
        self.read_long(max).map(|units| work(&units))
    }

    #[cold]
    fn read_long<U: Unit>(&self, max: usize) -> std::result::Result<Vec<U>, TextError> {
        let mut length = 0;
        // SAFETY: env and value are those of the running callback; with a null buffer only the length is read.
        let status = unsafe { U::read(self.env, self.value, std::ptr::null_mut(), 0, &mut length) };
        if status != sys::Status::napi_ok {
            return Err(TextError::NotString);
        }
        if length > max {
            return Err(TextError::TooLong);
        }
        let mut units = vec![U::default(); length + 1];
        // SAFETY: as above; the buffer has room for `length` units and the NUL.
        let status =
            unsafe { U::read(self.env, self.value, units.as_mut_ptr(), units.len(), &mut length) };
        if status != sys::Status::napi_ok {
            return Err(TextError::NotString);
        }
        units.truncate(length);
        Ok(units)
    }

    /// The same JavaScript value, to return text that needed no change.
    pub(crate) fn same(&self) -> Same {
        Same(self.value)
    }
}

impl TypeName for Text {
    fn type_name() -> &'static str {
        "string"
    }

    fn value_type() -> ValueType {
        ValueType::String
    }
}

impl ValidateNapiValue for Text {}

impl FromNapiValue for Text {
    unsafe fn from_napi_value(env: sys::napi_env, value: sys::napi_value) -> Result<Self> {
        Ok(Self { env, value })
    }
}
