//! The border of password.
