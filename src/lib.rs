//! The Node-API border of Portcullis: it converts, chooses the thread and attaches codes; it decides nothing.

mod error;
mod escape;
mod input;
mod jwt;
mod password;
mod probe;
mod rate_limit;
mod raw;
mod registry;
mod revocations;
mod task;
mod text;
