//! What a sanitizer keeps.

use std::collections::HashMap;

use serde::Deserialize;

use crate::Error;

/// A policy as it is written: `lib/html` fills in the profile. Names are in lower case.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Policy {
    /// Tags that are kept, of those that [`super::known`] lists.
    pub tags: Vec<String>,
    /// Attributes that are kept, by tag; `*` stands for every tag. A name that ends in `*` stands for all names that start so.
    pub attributes: HashMap<String, Vec<String>>,
    /// Values that an attribute may have, by tag and attribute; such an attribute need not be in `attributes`.
    pub values: HashMap<String, HashMap<String, Vec<String>>>,
    /// Classes that are kept, by tag or `*`. A class that ends in `*` stands for all that start so.
    pub classes: HashMap<String, Vec<String>>,
    /// Properties of `style` that are kept, by tag or `*`, and the patterns of which their values must match one as a whole.
    pub styles: HashMap<String, HashMap<String, Vec<String>>>,
    /// Schemes of URLs, in lower case.
    pub schemes: Vec<String>,
    /// Other schemes for one attribute, in the place of `schemes`.
    pub schemes_by_attribute: HashMap<String, Vec<String>>,
    /// Whether URLs without a scheme are kept.
    pub relative_urls: bool,
    /// Whether URLs that name a host without a scheme are kept, such as `//a.example`.
    pub protocol_relative_urls: bool,
    /// Hosts that an `iframe` may show.
    pub iframe_hosts: Vec<String>,
    /// The `rel` of links, or none. With `always`: of every link, else only of those with a target.
    pub link_rel: Option<String>,
    /// Whether `link_rel` is set on links without `target` too.
    pub link_rel_always: bool,
    /// Other names for tags.
    pub rename: HashMap<String, String>,
    /// What is put in front of ids and of names that refer to them.
    pub id_prefix: String,
    /// What happens to tags that are not kept.
    pub disallowed: Disallowed,
    /// Tags that are removed with what is inside of them, besides those that always are.
    pub drop_content: Vec<String>,
    /// Elements inside each other, 1..=256, default 128; deeper ones lose their tags.
    pub max_depth: usize,
    /// Bytes of UTF-8, 1..=16,777,216, default 1,048,576.
    pub max_length: usize,
}

impl Policy {
    /// Reads a policy that is written as JSON, with the names of its fields in camel case.
    ///
    /// # Errors
    /// `ERR_HTML_OPTION` where a field has the wrong type.
    pub fn from_json(json: &str) -> Result<Self, Error> {
        serde_json::from_str(json).map_err(|_| Error::HtmlOption {
            option: "policy",
            reason: "has a field of the wrong type".into(),
        })
    }
}

/// What happens to a tag that is not kept.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum Disallowed {
    /// The tag is removed, and what is inside of it stays.
    #[default]
    Unwrap,
    /// The tag is removed with what is inside of it.
    Drop,
    /// The tag is kept as text.
    Escape,
}
