//! The border of patterns by themselves, for a caller that judges claims in JavaScript.

use napi::Env;
use napi::bindgen_prelude::Result;
use napi_derive::napi;
use portcullis_core::Error;
use portcullis_core::jwt::{LARGEST_MAX_TOKEN_BYTES, Matcher};

use crate::error::call;
use crate::text::Text;

/// The claims of an ordinary token are shorter.
const STACK_CLAIM_BYTES: usize = 256;

/// A pattern in linear time.
#[napi]
pub struct JwtPattern {
    matcher: Matcher,
}

#[napi]
impl JwtPattern {
    /// Prepares a JavaScript pattern's source; `ERR_JWT_OPTION` is thrown for one that does not mean the same here.
    #[napi(constructor, catch_unwind)]
    pub fn new(env: Env, source: String) -> Result<Self> {
        call(&env, || {
            let matcher = Matcher::pattern(&source)
                .map_err(|reason| Error::JwtOption { option: "audience", reason: reason.into() })?;
            Ok(Self { matcher })
        })
    }

    /// Whether it matches a text from its beginning to its end. A text with half of a surrogate pair matches nothing.
    #[napi(catch_unwind)]
    pub fn accepts(&self, text: Text) -> bool {
        let matches =
            |bytes: &[u8]| std::str::from_utf8(bytes).is_ok_and(|text| self.matcher.accepts(text));
        text.well_formed_utf8::<STACK_CLAIM_BYTES, _>(LARGEST_MAX_TOKEN_BYTES, matches)
            .unwrap_or(false)
    }
}
