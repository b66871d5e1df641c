//! The border of svg: reads text or bytes, and returns the safe picture, with a list of what was removed if that is wanted.

use napi::bindgen_prelude::Either;
use napi::{Env, Result};
use napi_derive::napi;
use portcullis_core::Error;
use portcullis_core::svg::{Policy, Sanitized, Sanitizer};

use crate::error::{Verdict, call};
use crate::text::{Text, TextError, Utf8};

/// Shorter texts are read into the stack.
const STACK_BYTES: usize = 4096;

/// A policy as `lib/svg` prepares it. Numbers are whole and not negative; core checks their bounds.
#[napi(object)]
pub struct SvgPolicy {
    pub max_bytes: f64,
    pub max_elements: f64,
    pub max_depth: f64,
    pub max_attributes: f64,
    pub max_drawn: f64,
    pub data_images: bool,
    pub animations: bool,
    pub id_prefix: String,
}

impl From<SvgPolicy> for Policy {
    fn from(policy: SvgPolicy) -> Self {
        // A cast from f64 saturates, so a number that is too large stays out of bounds.
        Self {
            max_bytes: policy.max_bytes as usize,
            max_elements: policy.max_elements as usize,
            max_depth: policy.max_depth as usize,
            max_attributes: policy.max_attributes as usize,
            max_drawn: policy.max_drawn as usize,
            data_images: policy.data_images,
            animations: policy.animations,
            id_prefix: policy.id_prefix.into(),
        }
    }
}

/// One line of a report, see `Removed` in core.
#[napi(object, object_from_js = false)]
pub struct SvgRemoval {
    #[napi(ts_type = "'element' | 'attribute' | 'property' | 'markup'")]
    pub kind: &'static str,
    pub name: String,
    pub element: Option<String>,
    pub count: u32,
}

/// A safe picture, and what is missing in it.
#[napi(object, object_from_js = false)]
pub struct SvgReport {
    pub svg: String,
    pub removed: Vec<SvgRemoval>,
}

impl From<Sanitized> for SvgReport {
    fn from(sanitized: Sanitized) -> Self {
        let removed = sanitized.removed.into_iter().map(|(removed, count)| SvgRemoval {
            kind: removed.removal.name(),
            name: removed.name,
            element: Some(removed.element).filter(|element| !element.is_empty()),
            count: u32::try_from(count).unwrap_or(u32::MAX),
        });
        Self { removed: removed.collect(), svg: sanitized.svg }
    }
}

/// A prepared sanitizer.
#[napi]
pub struct SvgSanitizer {
    sanitizer: Sanitizer,
}

#[napi]
impl SvgSanitizer {
    /// Prepares a policy.
    #[napi(constructor, catch_unwind)]
    pub fn new(env: Env, policy: SvgPolicy) -> Result<Self> {
        call(&env, || Ok(Self { sanitizer: Sanitizer::new(policy.into())? }))
    }

    /// The safe form of a picture, or the number of the rejection's code.
    #[napi(catch_unwind, ts_return_type = "string | number")]
    pub fn sanitize(&self, env: Env, svg: Either<Text, &[u8]>) -> Result<Verdict<Utf8<String>>> {
        self.run(&env, svg, |sanitizer, svg| sanitizer.sanitize(svg).map(Utf8))
    }

    /// The same with a report.
    #[napi(catch_unwind, ts_return_type = "SvgReport | number")]
    pub fn report(&self, env: Env, svg: Either<Text, &[u8]>) -> Result<Verdict<SvgReport>> {
        self.run(&env, svg, |sanitizer, svg| sanitizer.report(svg).map(SvgReport::from))
    }

    fn run<T>(
        &self,
        env: &Env,
        svg: Either<Text, &[u8]>,
        work: impl FnOnce(&Sanitizer, &[u8]) -> std::result::Result<T, Error>,
    ) -> Result<Verdict<T>> {
        call(env, || match svg {
            Either::B(bytes) => Ok(work(&self.sanitizer, bytes).into()),
            Either::A(text) => {
                let max = self.sanitizer.max_bytes();
                let worked =
                    text.well_formed_utf8::<STACK_BYTES, _>(max, |svg| work(&self.sanitizer, svg));
                worked.unwrap_or_else(|error| Err(refusal(error))).into_verdict()
            }
        })
    }
}

/// Misuse is thrown, a rejection is a verdict.
trait IntoVerdict<T> {
    fn into_verdict(self) -> std::result::Result<Verdict<T>, Error>;
}

impl<T> IntoVerdict<T> for std::result::Result<T, Error> {
    fn into_verdict(self) -> std::result::Result<Verdict<T>, Error> {
        match self {
            Err(error @ Error::SvgInput { .. }) => Err(error),
            result => Ok(result.into()),
        }
    }
}

fn refusal(error: TextError) -> Error {
    match error {
        TextError::NotString => {
            Error::SvgInput { reason: "must be a string or a Uint8Array".into() }
        }
        TextError::TooLong => Error::SvgTooLarge,
        TextError::LoneSurrogate => Error::SvgEncoding,
    }
}
