use std::borrow::Cow;
use std::sync::OnceLock;

use super::algorithm::Algorithm;
use super::header::Header;
use super::key::{KeyBytes, Strength, unfit};
use super::verify_key::VerifyKey;
use crate::Error;

/// The most keys that a verifier takes; a set of an issuer has two to six.
pub const MAX_KEYS: usize = 256;

/// A key of a verifier.
pub struct KeyOptions<'k> {
    /// The key.
    pub bytes: KeyBytes<'k>,
    /// What it may be used for.
    pub algorithms: Vec<Algorithm>,
    /// What a header's `kid` calls it.
    pub id: Option<String>,
    /// Which sizes are asked of it.
    pub strength: Strength,
}

/// Keys of one family, each for one algorithm, among which a header chooses. It never widens the choice.
pub(super) struct KeySet(Vec<Entry>);

pub(super) struct Entry {
    pub(super) key: VerifyKey,
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
    pub(super) key_id: Option<Cow<'s, str>>,
}

impl KeySet {
    /// # Errors
    /// `ERR_JWT_KEY` for an unfit key, too many of them, secrets beside public keys, or keys that a header could not
    /// tell apart; `ERR_JWT_KEY_ALGORITHM` for a key without an algorithm, or with one that is not for it.
    pub(super) fn new(keys: Vec<KeyOptions<'_>>) -> Result<Self, Error> {
        if keys.is_empty() || keys.len() > MAX_KEYS {
            return Err(unfit(format!("list holds {} keys; give 1 to {MAX_KEYS}", keys.len())));
        }
        let mut entries: Vec<Entry> = Vec::with_capacity(keys.len());
        for key in keys {
            if key.algorithms.is_empty() {
                return Err(Error::JwtKeyAlgorithm {
                    reason: "no algorithm is allowed; name at least one".into(),
                });
            }
            for algorithm in key.algorithms {
                let entry = Entry {
                    key: VerifyKey::new(algorithm, key.bytes, key.strength)?,
                    id: key.id.clone(),
                    algorithm,
                    known_header: OnceLock::new(),
                };
                judge_beside(&entry, &entries)?;
                entries.push(entry);
            }
        }
        Ok(Self(entries))
    }

    pub(super) fn has_ids(&self) -> bool {
        self.0.iter().any(|entry| entry.id.is_some())
    }

    /// The choice of this header, if it passed before.
    pub(super) fn known(&self, encoded_header: &[u8]) -> Option<Choice<'_>> {
        self.0.iter().find_map(|entry| {
            let known =
                entry.known_header.get().filter(|known| *known.encoded == *encoded_header)?;
            Some(Choice { entry, key_id: known.key_id.as_deref().map(Cow::Borrowed) })
        })
    }

    /// The key that the header names: by `kid`, or where one of the two has none, because it is the only one for `alg`.
    pub(super) fn choose(&self, header: &Header<'_>) -> Result<&Entry, Error> {
        let mut fitting =
            self.0.iter().filter(|entry| entry.algorithm.name() == header.algorithm).peekable();
        fitting.peek().ok_or(Error::JwtAlgorithm)?;
        let Some(wanted) = header.key_id.as_deref() else {
            return only(fitting).ok_or(Error::JwtKeyUnknown);
        };
        let fitting: Vec<_> = fitting.collect();
        let named = fitting.iter().find(|entry| entry.id.as_deref() == Some(wanted)).copied();
        let nameless = || only(fitting.iter().copied().filter(|entry| entry.id.is_none()));
        named.or_else(nameless).ok_or(Error::JwtKeyUnknown)
    }
}

impl Entry {
    pub(super) fn remember(&self, encoded_header: &[u8], key_id: Option<&str>) {
        self.known_header.get_or_init(|| KnownHeader {
            encoded: encoded_header.into(),
            key_id: key_id.map(Into::into),
        });
    }
}

fn only<'e>(mut entries: impl Iterator<Item = &'e Entry>) -> Option<&'e Entry> {
    let first = entries.next();
    if entries.next().is_some() { None } else { first }
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
                Some(_) => "list holds two keys of one algorithm with the same key id",
                None => {
                    "list holds two keys of one algorithm without key ids: give each an id (\"kid\"), \
                     as a JWK or in a key ring"
                }
            }));
        }
    }
    Ok(())
}
