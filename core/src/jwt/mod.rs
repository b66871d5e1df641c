//! jwt: being built.
