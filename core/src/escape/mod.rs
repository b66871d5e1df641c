//! escape: being built.
