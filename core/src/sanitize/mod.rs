//! sanitize: being built.
