//! rate_limit: being built.
