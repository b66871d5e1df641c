//! The Node-API border of Portcullis: converts arguments, chooses the thread and attaches codes. It makes no decisions.

mod error;
mod escape;
mod html;
mod input;
mod jwt;
mod password;
mod patterns;
mod probe;
mod rate_limit;
mod raw;
mod registry;
mod revocations;
mod svg;
mod task;
mod text;
