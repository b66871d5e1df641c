//! The border of escape: text in UTF-16, the same string back when nothing changed.

use napi::Env;
use napi::bindgen_prelude::{Either4, Result, sys};
use napi_derive::napi;
use portcullis_core::Error;
use portcullis_core::escape::{Html, html};

use crate::raw::{Call, Function};
use crate::text::{Latin1, TextError, Utf16};

/// The longest text of one call; `lib/escape` cuts longer ones into pieces.
const MAX_UNITS: usize = 4096;

/// A text is read into the stack.
const STACK_UNITS: usize = MAX_UNITS + 8;

/// The function `escapeHtml(text)`: escapes for HTML text and quoted attributes. It returns the same string when there is
/// nothing to escape, and the index of the first character to escape when that is in the last quarter of the text.
#[napi(catch_unwind, ts_return_type = "(text: string) => string | number")]
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
            Html::Clean => Either4::A(text.same()),
            Html::Late(first) => Either4::B(first as u32),
            Html::Latin1(escaped) => Either4::C(Latin1(escaped)),
            Html::Utf16(escaped) => Either4::D(Utf16(escaped)),
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
