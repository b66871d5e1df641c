//! The border of jwt.
