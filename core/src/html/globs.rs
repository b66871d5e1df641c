//! Names, of which some stand for all that start so.

use std::borrow::Cow;

/// The names of a policy, such as classes.
#[derive(Debug)]
pub(super) struct Globs {
    names: Vec<String>,
    prefixes: Vec<String>,
}

impl Globs {
    pub(super) fn new(given: Vec<String>) -> Self {
        let (prefixes, names) = given.into_iter().partition::<Vec<_>, _>(|one| one.ends_with('*'));
        let prefixes = prefixes.iter().map(|one| one.trim_end_matches('*').to_owned()).collect();
        Self { names, prefixes }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.names.is_empty() && self.prefixes.is_empty()
    }

    /// The names of a list that are kept, or `None` if there are none.
    pub(super) fn keep<'v>(&self, list: &'v str) -> Option<Cow<'v, str>> {
        let keeps = |name: &&str| {
            self.names.iter().any(|one| one == name)
                || self.prefixes.iter().any(|one| name.starts_with(one.as_str()))
        };
        let kept: Vec<_> = list.split_ascii_whitespace().filter(keeps).collect();
        (!kept.is_empty()).then(|| Cow::Owned(kept.join(" ")))
    }
}
