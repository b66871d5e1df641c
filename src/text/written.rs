//! Text on its way back to JavaScript, each kind by the cheapest call that is exact for it.

use napi::bindgen_prelude::{ToNapiValue, sys};
use napi::{Result, Status};

/// A value handed back to JavaScript untouched.
pub struct Same(pub(super) sys::napi_value);

impl ToNapiValue for Same {
    unsafe fn to_napi_value(_env: sys::napi_env, same: Self) -> Result<sys::napi_value> {
        Ok(same.0)
    }
}

/// Text that is known to be ASCII: it is created without a scan.
pub struct Ascii(pub(crate) Vec<u8>);

impl ToNapiValue for Ascii {
    unsafe fn to_napi_value(env: sys::napi_env, text: Self) -> Result<sys::napi_value> {
        debug_assert!(text.0.is_ascii());
        let mut value = std::ptr::null_mut();
        // SAFETY: the bytes are alive for the call, which copies them; every byte is a Latin-1 unit.
        let status = unsafe {
            sys::napi_create_string_latin1(
                env,
                text.0.as_ptr().cast(),
                text.0.len() as isize,
                &mut value,
            )
        };
        created(status, value)
    }
}

/// Text that is known to be UTF-8: one scan finds out whether it is ASCII, which V8 copies faster.
pub struct Utf8(pub(crate) Vec<u8>);

impl ToNapiValue for Utf8 {
    unsafe fn to_napi_value(env: sys::napi_env, text: Self) -> Result<sys::napi_value> {
        if text.0.is_ascii() {
            // SAFETY: the caller vouches for `env`, as this trait asks.
            return unsafe { Ascii::to_napi_value(env, Ascii(text.0)) };
        }
        let mut value = std::ptr::null_mut();
        // SAFETY: the bytes are alive for the call, which copies them.
        let status = unsafe {
            sys::napi_create_string_utf8(
                env,
                text.0.as_ptr().cast(),
                text.0.len() as isize,
                &mut value,
            )
        };
        created(status, value)
    }
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
