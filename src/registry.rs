//! What several JavaScript objects share: by name, in the whole process, so that worker threads find it too.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use portcullis_core::Error;

/// Objects of one kind by name. They live as long as the process: a worker that starts again must find what was there.
pub(crate) struct Registry<T>(LazyLock<Mutex<HashMap<String, Arc<T>>>>);

impl<T> Registry<T> {
    pub(crate) const fn new() -> Self {
        Self(LazyLock::new(Mutex::default))
    }

    /// The object of this name. One that is there must be as `agrees` wants it; else it is made.
    pub(crate) fn find_or_make(
        &self,
        name: String,
        agrees: impl FnOnce(&T) -> Result<(), Error>,
        make: impl FnOnce() -> Result<T, Error>,
    ) -> Result<Arc<T>, Error> {
        let mut named = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = named.get(&name) {
            return agrees(found).map(|()| Arc::clone(found));
        }
        let made = Arc::new(make()?);
        named.insert(name, Arc::clone(&made));
        Ok(made)
    }
}
