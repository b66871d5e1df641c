//! The border of rate_limit.
