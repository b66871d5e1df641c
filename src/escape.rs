//! The border of escape.
