//! The border of escape: text in UTF-16, the same string back when nothing changed.

use napi::Env;
use napi::bindgen_prelude::{Either, Result, sys};
use napi_derive::napi;
use portcullis_core::Error;
use portcullis_core::escape::html;

use crate::raw::{Call, Function};
use crate::text::{TextError, Utf16};

/// Texts up to this many units are read into the stack.
const STACK_UNITS: usize = 4096 + 8;

/// V8's own bound on a string is 2^29 - 24 units; an escaped text can be six times as long as its input.
const MAX_UNITS: usize = ((1 << 29) - 24) / 6;

/// The function `escapeHtml(text)`: escapes for HTML text and quoted attributes.
#[napi(catch_unwind, ts_return_type = "(text: string) => string")]
pub fn escape_html_function(env: Env) -> Result<Function> {
    Function::make(env, c"escapeHtml", escape_html)
}

unsafe extern "C" fn escape_html(
    env: sys::napi_env,
    info: sys::napi_callback_info,
) -> sys::napi_value {
    // SAFETY: both are those of the running callback.
    unsafe { Call::<1>::new(env, info) }.answer(|call| {
        let text = call.text(0);
        let escaped = text.utf16::<STACK_UNITS, _>(MAX_UNITS, html).map_err(refusal)?;
        Ok(match escaped {
            Some(escaped) => Either::A(Utf16(escaped)),
            None => Either::B(text.same()),
        })
    })
}

fn refusal(error: TextError) -> Error {
    Error::EscapeInput {
        reason: match error {
            TextError::NotString => "must be a string".into(),
            TextError::LoneSurrogate => "must not hold a lone surrogate".into(),
            TextError::TooLong => {
                format!("must not be longer than {MAX_UNITS} UTF-16 units").into()
            }
        },
    }
}
