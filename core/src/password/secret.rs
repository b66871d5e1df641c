//! The password itself, wiped as soon as it is no longer needed.

use zeroize::Zeroizing;

use crate::Error;

/// The bytes of a password: not empty, not longer than allowed, wiped when dropped.
pub struct Password(Zeroizing<Vec<u8>>);

impl Password {
    /// Takes ownership of the bytes. A password that is too long is rejected and never cut: two passwords that differ
    /// after the cut would open the same account.
    ///
    /// # Errors
    /// [`Error::PasswordInput`] when the password is empty, or longer than `max_bytes`.
    pub fn new(bytes: Zeroizing<Vec<u8>>, max_bytes: usize) -> Result<Self, Error> {
        if bytes.is_empty() {
            return Err(Error::PasswordInput { reason: "is empty".into() });
        }
        if bytes.len() > max_bytes {
            return Err(Self::too_long(max_bytes));
        }
        Ok(Self(bytes))
    }

    /// The error for a password that is longer than `max_bytes`.
    #[must_use]
    pub fn too_long(max_bytes: usize) -> Error {
        Error::PasswordInput { reason: format!("is longer than {max_bytes} bytes").into() }
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.0
    }
}
