//! Text that is returned to JavaScript, each kind by the cheapest Node-API call that keeps it exact.

use std::cell::Cell;

use napi::bindgen_prelude::{ToNapiValue, sys};
use napi::{Result, Status};

/// A value that is returned to JavaScript unchanged.
pub struct Same(pub(super) sys::napi_value);

impl ToNapiValue for Same {
    unsafe fn to_napi_value(_env: sys::napi_env, same: Self) -> Result<sys::napi_value> {
        Ok(same.0)
    }
}

/// Text that is known to be ASCII: no scan is needed.
pub struct Ascii(pub(crate) Vec<u8>);

impl ToNapiValue for Ascii {
    unsafe fn to_napi_value(env: sys::napi_env, text: Self) -> Result<sys::napi_value> {
        debug_assert!(text.0.is_ascii());
        // SAFETY: the caller vouches for `env`, as this trait asks; ASCII is Latin-1.
        unsafe { latin1(env, &text.0) }
    }
}

/// Text whose characters are all below 256, one byte each: V8 keeps it in that form.
pub struct Latin1(pub(crate) Vec<u8>);

impl ToNapiValue for Latin1 {
    unsafe fn to_napi_value(env: sys::napi_env, text: Self) -> Result<sys::napi_value> {
        // SAFETY: the caller vouches for `env`, as this trait asks.
        unsafe { latin1(env, &text.0) }
    }
}

/// Text that is known to be UTF-8. One scan checks whether it is ASCII, which V8 copies faster.
pub struct Utf8<T>(pub(crate) T);

impl<T: AsRef<[u8]>> ToNapiValue for Utf8<T> {
    unsafe fn to_napi_value(env: sys::napi_env, text: Self) -> Result<sys::napi_value> {
        // SAFETY: the caller vouches for `env`, as this trait asks.
        unsafe { utf8(env, text.0.as_ref()) }
    }
}

thread_local! {
    static BUFFER: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
}

/// A larger buffer is not worth keeping.
const LARGEST_KEPT_BYTES: usize = 64 * 1024;

/// UTF-8 in the one buffer of this thread, which all calls reuse, so that none of them allocates. The buffer goes back to
/// the thread when this is dropped, on every path.
pub struct ThreadBuffer(Vec<u8>);

impl ThreadBuffer {
    /// The buffer; it still contains the text of the last call.
    pub(crate) fn take() -> Self {
        Self(BUFFER.take())
    }

    pub(crate) const fn bytes(&mut self) -> &mut Vec<u8> {
        &mut self.0
    }
}

impl Drop for ThreadBuffer {
    fn drop(&mut self) {
        if self.0.capacity() <= LARGEST_KEPT_BYTES {
            let bytes = std::mem::take(&mut self.0);
            // At the end of a thread its buffer may be gone already.
            let _ = BUFFER.try_with(|buffer| buffer.set(bytes));
        }
    }
}

impl ToNapiValue for ThreadBuffer {
    unsafe fn to_napi_value(env: sys::napi_env, text: Self) -> Result<sys::napi_value> {
        // SAFETY: the caller vouches for `env`, as this trait asks.
        unsafe { utf8(env, &text.0) }
    }
}

/// # Safety
/// `env` is that of the running callback.
unsafe fn utf8(env: sys::napi_env, text: &[u8]) -> Result<sys::napi_value> {
    if text.is_ascii() {
        // SAFETY: the caller's promise, passed on; ASCII is Latin-1.
        return unsafe { latin1(env, text) };
    }
    let mut value = std::ptr::null_mut();
    // SAFETY: the bytes are alive for the call, which copies them.
    let status = unsafe {
        sys::napi_create_string_utf8(env, text.as_ptr().cast(), text.len() as isize, &mut value)
    };
    created(status, value)
}

/// # Safety
/// `env` is that of the running callback.
unsafe fn latin1(env: sys::napi_env, text: &[u8]) -> Result<sys::napi_value> {
    let mut value = std::ptr::null_mut();
    // SAFETY: the bytes are alive for the call, which copies them.
    let status = unsafe {
        sys::napi_create_string_latin1(env, text.as_ptr().cast(), text.len() as isize, &mut value)
    };
    created(status, value)
}

/// Text in UTF-16, as JavaScript holds it.
pub struct Utf16(pub(crate) Vec<u16>);

impl ToNapiValue for Utf16 {
    unsafe fn to_napi_value(env: sys::napi_env, text: Self) -> Result<sys::napi_value> {
        let mut value = std::ptr::null_mut();
        // SAFETY: the units are alive for the call, which copies them.
        let status = unsafe {
            sys::napi_create_string_utf16(env, text.0.as_ptr(), text.0.len() as isize, &mut value)
        };
        created(status, value)
    }
}

fn created(status: sys::napi_status, value: sys::napi_value) -> Result<sys::napi_value> {
    if status == sys::Status::napi_ok {
        Ok(value)
    } else {
        Err(napi::Error::new(Status::from(status), "the text could not be created"))
    }
}
