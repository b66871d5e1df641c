//! Finds where a body offends, for the message of its rejection: a second scan, which only rejected bodies pay for.

use std::collections::HashSet;

use foldhash::fast::RandomState;

use super::members::Members;
use super::pointer::pointer;
use super::policy::{Policy, Rules};
use super::scan::{Frame, Scan};
use super::text::unescape;
use crate::Error;

/// A scan of text that has been found to be within every other bound.
const LENIENT: Policy = Policy {
    max_bytes: usize::MAX,
    max_depth: usize::MAX,
    max_keys: usize::MAX,
    max_key_bytes: usize::MAX,
    containers_only: true,
    rules: Rules { operators: false, dots: false, prototypes: false, duplicates: false },
};

/// Where the first offence of a text is; `None` if it has none.
#[cold]
pub(super) fn locate(text: &str, policy: &Policy, hasher: &RandomState) -> Option<String> {
    let mut scan = Scan::new(text, policy, hasher, ());
    let error = scan.walk().err()?;
    let mut keys: Vec<Vec<u8>> = scan.frames().iter().map_while(|frame| key(text, frame)).collect();
    if let (Error::InputDuplicateKey, Some(object)) = (error, scan.frames().last()) {
        keys.pop();
        keys.extend(repeated(text.get(object.start..scan.at())?, hasher));
    }
    Some(pointer(keys.iter().map(Vec::as_slice)))
}

/// The key or index at which the scan stopped; `None` before the first key of an object, or where that key is no string.
fn key(text: &str, frame: &Frame) -> Option<Vec<u8>> {
    if frame.is_object {
        let start = Some(frame.place).filter(|start| *start > 0)?;
        return unescape(text.as_bytes(), start).ok().map(|(key, _)| key);
    }
    Some(frame.place.to_string().into_bytes())
}

/// The first key that occurs again in an object.
fn repeated(object: &str, hasher: &RandomState) -> Option<Vec<u8>> {
    Scan::new(object, &LENIENT, hasher, Names::default()).run().ok()?.repeated
}

#[derive(Default)]
struct Names {
    seen: HashSet<Vec<u8>>,
    repeated: Option<Vec<u8>>,
}

impl Members<'_> for Names {
    fn name(&mut self, name: &[u8]) {
        if !self.seen.insert(name.to_vec()) && self.repeated.is_none() {
            self.repeated = Some(name.to_vec());
        }
    }

    fn value(&mut self, _json: &str) {}
}

#[cfg(test)]
mod tests {
    use crate::input::{Guard, Policy, Rules};

    fn located(body: &str) -> Option<String> {
        let policy = Policy { rules: Rules::ALL, max_depth: 4, max_keys: 8, ..Policy::DEFAULT };
        let guard = Guard::new(policy).unwrap();
        let pointer = guard.locate(body.as_bytes());
        assert_eq!(pointer.is_some(), guard.check(body.as_bytes()).is_err(), "{body}");
        pointer
    }

    #[test]
    fn points_to_the_key_that_breaks_a_rule() {
        for (body, pointer) in [
            (r#"{"$gt":1}"#, "/$gt"),
            (r#"{"a":{"b":[0,{"\u0024gt":1}]}}"#, "/a/b/1/$gt"),
            (r#"{"a":[{"x":1},{"__proto__":1}]}"#, "/a/1/__proto__"),
            (r#"{"constructor":{"prototype":1}}"#, "/constructor/prototype"),
            (r#"[[],[],{"a.b":1}]"#, "/2/a.b"),
            (r#"{"a":1,"b":{"c":1,"d":[1,{"d":2}],"\u0063":3,"d":4}}"#, "/b/c"),
            (r#"{"a":1,"b":2,"a":3}"#, "/a"),
            (r#"{"a/b":{"~":{"$":0}}}"#, "/a~1b/~0/$"),
            (r#"{"a":1,"b":2,"c":3,"d":4,"e":5,"f":6,"g":7,"h":8,"i":9}"#, "/i"),
        ] {
            assert_eq!(located(body).as_deref(), Some(pointer), "{body}");
        }
    }

    #[test]
    fn points_to_the_value_that_is_wrong_or_to_the_whole_body() {
        for (body, pointer) in [
            (r#"{"a":[1,[[[2]]]]}"#, "/a/1/0/0"),
            (r#"{"a":[1,1e400]}"#, "/a/1"),
            (r#"{"a":"\ud800"}"#, "/a"),
            (r#"{"a":1,"b":tru}"#, "/b"),
            (r#"{"a":1,"\x":2}"#, ""),
            ("{", ""),
            ("[1] 2", ""),
            ("1", ""),
            ("\u{feff}{}", ""),
        ] {
            assert_eq!(located(body).as_deref(), Some(pointer), "{body}");
        }
        assert_eq!(located(r#"{"a":[1,{"b":"c"}]}"#), None);
    }
}
