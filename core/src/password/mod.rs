//! password: being built.
