//! Which URLs are kept. They are read as a browser's parser reads them (WHATWG URL section 4.4), and what was judged is written.

use std::borrow::Cow;
use std::collections::HashMap;

use super::policy::Policy;
use super::rules::option;
use crate::Error;

/// Schemes that run or show what they hold: no policy may list them.
const NEVER: &[&str] =
    &["javascript", "vbscript", "blob", "filesystem", "about", "view-source", "jar"];
/// What a `data:` URL may hold: pictures that cannot hold scripts.
const PICTURES: &[&str] =
    &["image/avif", "image/gif", "image/jpeg", "image/png", "image/webp", "image/bmp"];

#[derive(Debug)]
pub(super) struct Urls {
    schemes: Vec<String>,
    by_attribute: HashMap<String, Vec<String>>,
    relative: bool,
    protocol_relative: bool,
    iframe_hosts: Vec<String>,
}

impl Urls {
    pub(super) fn new(policy: &Policy) -> Result<Self, Error> {
        let lists = policy.schemes_by_attribute.values().chain([&policy.schemes]);
        for scheme in lists.flatten() {
            check_scheme(scheme)?;
        }
        if policy.schemes.iter().any(|scheme| scheme == "data") {
            return Err(option(
                "schemes",
                "must not hold \"data\"; use `schemesByAttribute` for src or poster".into(),
            ));
        }
        Ok(Self {
            schemes: policy.schemes.clone(),
            by_attribute: policy.schemes_by_attribute.clone(),
            relative: policy.relative_urls,
            protocol_relative: policy.protocol_relative_urls,
            iframe_hosts: policy
                .iframe_hosts
                .iter()
                .map(|one| host(one))
                .collect::<Result<_, _>>()?,
        })
    }

    /// The URL as it is written, or `None` if it is removed.
    pub(super) fn judge<'v>(&self, attribute: &str, value: &'v str) -> Option<Cow<'v, str>> {
        let url = tidy(value);
        let kept = match scheme(&url) {
            Some((scheme, rest)) => {
                // `https:path` is relative to a page of that scheme.
                let is_whole = !is_web(scheme) || is_network_path(rest);
                self.is_listed(attribute, scheme, rest) && (is_whole || self.relative)
            }
            None if is_network_path(&url) => self.protocol_relative,
            None => self.relative,
        };
        kept.then_some(url)
    }

    fn is_listed(&self, attribute: &str, scheme: &str, rest: &str) -> bool {
        let list = self.by_attribute.get(attribute).unwrap_or(&self.schemes);
        let is_listed = list.iter().any(|one| one.eq_ignore_ascii_case(scheme));
        is_listed && (!scheme.eq_ignore_ascii_case("data") || is_picture(rest))
    }

    /// Whether an iframe may show the URL.
    pub(super) fn is_frame(&self, value: &str) -> bool {
        let is_whole = scheme(&tidy(value)).is_some_and(|(_, rest)| rest.starts_with("//"));
        let Ok(url) = ::url::Url::parse(value) else { return false };
        let is_plain =
            url.username().is_empty() && url.password().is_none() && url.port().is_none();
        let host = url.host_str().unwrap_or_default();
        let is_listed = self.iframe_hosts.iter().any(|one| one == host);
        is_whole && is_plain && is_web(url.scheme()) && is_listed
    }
}

fn is_web(scheme: &str) -> bool {
    scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http")
}

/// A host as a URL has it: in lower case, IDN in its ASCII form.
fn host(given: &str) -> Result<String, Error> {
    let reads_on = |char: char| char.is_ascii_whitespace() || "/\\?#@:%*[]".contains(char);
    let parsed = ::url::Url::parse(&format!("https://{given}/")).ok();
    let host = parsed.as_ref().and_then(::url::Url::host_str).filter(|_| !given.contains(reads_on));
    host.map(str::to_owned).ok_or_else(|| {
        option(
            "iframeHosts",
            format!("holds {given:?}; write a host alone, such as \"video.example\""),
        )
    })
}

fn check_scheme(scheme: &str) -> Result<(), Error> {
    let is_name = scheme.starts_with(|first: char| first.is_ascii_lowercase())
        && scheme.bytes().all(|byte| {
            byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"+-.".contains(&byte)
        });
    if !is_name {
        return Err(option(
            "schemes",
            format!("holds {scheme:?}; write schemes in lower case without a colon"),
        ));
    }
    if NEVER.contains(&scheme) {
        return Err(option("schemes", format!("holds \"{scheme}\", which can run scripts")));
    }
    Ok(())
}

/// A browser ignores control characters and spaces around a URL, and tabs and line breaks inside of it.
fn tidy(value: &str) -> Cow<'_, str> {
    let trimmed = value.trim_matches(|char: char| char <= ' ');
    if trimmed.contains(['\t', '\n', '\r']) {
        return Cow::Owned(trimmed.replace(['\t', '\n', '\r'], ""));
    }
    Cow::Borrowed(trimmed)
}

/// The scheme, and what follows its colon.
fn scheme(url: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = url.split_once(':')?;
    let is_scheme = scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    is_scheme.then_some((scheme, rest))
}

/// `//host`, in which a browser reads a backslash as a slash.
fn is_network_path(url: &str) -> bool {
    let mut bytes = url.bytes();
    let mut is_slash = || bytes.next().is_some_and(|byte| byte == b'/' || byte == b'\\');
    is_slash() && is_slash()
}

fn is_picture(rest: &str) -> bool {
    let end = rest.find([';', ',']).unwrap_or(rest.len());
    let kind = rest.get(..end).unwrap_or_default();
    PICTURES.iter().any(|one| one.eq_ignore_ascii_case(kind))
}
