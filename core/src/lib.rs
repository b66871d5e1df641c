//! The mechanism of Portcullis: prepared objects that take bytes and a time and return a value or an
//! [`Error`]. No Node-API, no clock, no panic.
#![forbid(unsafe_code)]
#![cfg_attr(
    test,
    allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)
)]

mod bounds;
mod error;
mod error_macro;
#[cfg(test)]
mod error_tests;
pub mod escape;
mod fields;
pub mod html;
pub mod input;
pub mod jwt;
pub mod password;
pub mod patterns;
pub mod pool;
pub mod rate_limit;
pub mod revocations;
mod sip;
pub mod svg;

pub use bounds::{BOUNDS, Bound};
pub use error::{CODES, Error, Kind, TEXTS, Text};
