//! The border of sanitize.
