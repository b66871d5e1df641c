use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use super::algorithm::Algorithm;
use super::header::Header;
use super::key::{Key, unfit};
use super::verify_key::VerifyKey;
use crate::Error;

/// The most keys that a verifier takes; a set of an issuer has two to six.
pub const MAX_KEYS: usize = 256;

/// A key that verifies: what it may be used for, and what a header's `kid` calls it. Prepared once; clones share it.
#[derive(Clone)]
pub struct VerifyingKey {
    keys: Vec<(Algorithm, Arc<VerifyKey>)>,
    id: Option<String>,
}

impl VerifyingKey {
    /// Prepares a key for some of the algorithms that it can do.
    ///
    /// # Errors
    /// `ERR_JWT_KEY` for an unfit key; `ERR_JWT_KEY_ALGORITHM` where no algorithm is named, or one that is not for it.
    pub fn new(key: &Key, algorithms: &[Algorithm], id: Option<String>) -> Result<Self, Error> {
        if algorithms.is_empty() {
            return Err(Error::JwtKeyAlgorithm {
                reason: "no algorithm is allowed; name at least one".into(),
            });
        }
        let prepare =
            |algorithm: &Algorithm| Ok((*algorithm, Arc::new(VerifyKey::new(*algorithm, key)?)));
        Ok(Self { keys: algorithms.iter().map(prepare).collect::<Result<_, Error>>()?, id })
    }
}

/// Keys of one family, each for one algorithm, among which a header chooses. It never widens the choice.
pub(super) struct KeySet(Vec<Entry>);

pub(super) struct Entry {
    pub(super) key: Arc<VerifyKey>,
    pub(super) id: Option<String>,
    algorithm: Algorithm,
    /// The first header that passed with this key: an issuer writes the same one each time, and bytes that were judged
    /// once need no second judgement. Set only after a good signature, so that nobody else can.
    known_header: OnceLock<KnownHeader>,
}

struct KnownHeader {
    encoded: Box<[u8]>,
    key_id: Option<Box<str>>,
}

/// The key that a header names, and what the header calls it.
pub(super) struct Choice<'s> {
    pub(super) entry: &'s Entry,
    /// The place of the entry in the set.
    pub(super) at: usize,
    pub(super) key_id: Option<Cow<'s, str>>,
}

impl KeySet {
    /// # Errors
    /// `ERR_JWT_KEY` for no keys or too many of them, secrets beside public keys, or keys that a header could not tell
    /// apart.
    pub(super) fn new(keys: &[VerifyingKey]) -> Result<Self, Error> {
        if keys.is_empty() || keys.len() > MAX_KEYS {
            return Err(unfit(format!("list contains {} keys; give 1 to {MAX_KEYS}", keys.len())));
        }
        let mut entries: Vec<Entry> = Vec::with_capacity(keys.len());
        for VerifyingKey { keys, id } in keys {
            for (algorithm, key) in keys {
                let entry = Entry {
                    key: Arc::clone(key),
                    id: id.clone(),
                    algorithm: *algorithm,
                    known_header: OnceLock::new(),
                };
                judge_beside(&entry, &entries)?;
                entries.push(entry);
            }
        }
        Ok(Self(entries))
    }

    /// What the key at this place is called: its own id, or else what the header calls it that passed first.
    pub(super) fn key_id(&self, at: usize) -> Option<&str> {
        let entry = self.0.get(at)?;
        entry.id.as_deref().or_else(|| entry.known_header.get()?.key_id.as_deref())
    }

    /// The choice of this header, if it passed before.
    pub(super) fn known(&self, encoded_header: &[u8]) -> Option<Choice<'_>> {
        self.0.iter().enumerate().find_map(|(at, entry)| {
            let known =
                entry.known_header.get().filter(|known| *known.encoded == *encoded_header)?;
            Some(Choice { entry, at, key_id: known.key_id.as_deref().map(Cow::Borrowed) })
        })
    }

    /// The key that the header names: by `kid`, or where one of the two has none, because it is the only one for `alg`.
    pub(super) fn choose(&self, header: &Header<'_>) -> Result<(usize, &Entry), Error> {
        let fits = |(_, entry): &(usize, &Entry)| entry.algorithm.name() == header.algorithm;
        let fitting: Vec<_> = self.0.iter().enumerate().filter(fits).collect();
        if fitting.is_empty() {
            return Err(Error::JwtAlgorithm);
        }
        let Some(wanted) = header.key_id.as_deref() else {
            return only(fitting.into_iter()).ok_or(Error::JwtKeyUnknown { kid: None });
        };
        let named = fitting.iter().find(|(_, entry)| entry.id.as_deref() == Some(wanted)).copied();
        let nameless = || only(fitting.iter().copied().filter(|(_, entry)| entry.id.is_none()));
        named.or_else(nameless).ok_or_else(|| Error::JwtKeyUnknown { kid: Some(wanted.into()) })
    }
}

impl Entry {
    pub(super) fn remember(&self, encoded_header: &[u8], key_id: Option<&str>) {
        self.known_header.get_or_init(|| KnownHeader {
            encoded: encoded_header.into(),
            key_id: key_id.map(Into::into),
        });
    }

    /// Whether the set calls the key what this header calls it.
    pub(super) fn is_called(&self, key_id: Option<&str>) -> bool {
        self.id.is_some()
            || self.known_header.get().is_some_and(|known| known.key_id.as_deref() == key_id)
    }
}

fn only<T>(mut entries: impl Iterator<Item = T>) -> Option<T> {
    let first = entries.next();
    if entries.next().is_some() { None } else { first }
}

/// Whether keys may stand in one verifier.
///
/// # Errors
/// `ERR_JWT_KEY` for no keys or too many of them, secrets beside public keys, or keys that a header could not tell apart.
pub fn check_keys(keys: &[VerifyingKey]) -> Result<(), Error> {
    KeySet::new(keys).map(drop)
}

/// A header must never have two keys to choose from, nor a secret beside a key that is public.
fn judge_beside(entry: &Entry, others: &[Entry]) -> Result<(), Error> {
    for other in others {
        if other.algorithm.is_symmetric() != entry.algorithm.is_symmetric() {
            return Err(unfit(
                "list mixes shared secrets with public keys: make a verifier for each of the two families",
            ));
        }
        if other.algorithm == entry.algorithm && other.id == entry.id {
            return Err(unfit(match entry.id {
                Some(_) => "list contains two keys of one algorithm with the same key id",
                None => {
                    "list contains two keys of one algorithm without key ids: give each an id (\"kid\"), \
                     as a JWK or in a key ring"
                }
            }));
        }
    }
    Ok(())
}
