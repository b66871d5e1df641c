//! Ordinary bodies, accepted in one quick pass.
//!
//! This reader accepts only what the scan accepts too, and never rejects: where it returns `None` the scan reads the body from
//! the beginning. It returns `None` for whatever is rare: every offence, escaped keys, keys that may be forbidden or repeated,
//! and deep nesting. The tests compare it with the scan.
//!
//! Each function takes the text from some place on and returns the rest of it. A slice that shrinks needs one check of its length
//! where an index needs two checks.

use smallvec::SmallVec;

use super::Policy;
use super::number::number_end;
use super::step::{
    digits, expect, expect_now, has_exponent, long_key, long_mark, next, short_mark,
};
use super::text::string_end;
use super::word::{first_word, string_marks};

/// Up to this many keys of one object are compared one by one, more by sorting.
const FEW: usize = 16;
/// Arrays and objects open at once, because each takes a part of the thread's stack.
const DEEPEST: usize = 64;
/// Digits that are read at once.
const DIGITS: usize = 8;
const PROTO: u64 = u64::from_le_bytes(*b"__proto_");
const CONSTRUCTOR: u64 = u64::from_le_bytes(*b"construc");

/// `Some` if the policy accepts a body.
#[inline]
pub(super) fn accept(text: &str, policy: &Policy) -> Option<()> {
    let mut quick = Quick { text, policy, keys_left: policy.max_keys, marks: SmallVec::new() };
    let depth = policy.max_depth.min(DEEPEST);
    let rest = match next(text.as_bytes())? {
        (b'{', rest) => quick.object(rest, depth.checked_sub(1)?)?,
        (b'[', rest) => quick.array(rest, depth.checked_sub(1)?)?,
        _ => return None,
    };
    next(rest).is_none().then_some(())
}

struct Quick<'t> {
    text: &'t str,
    policy: &'t Policy,
    /// How many keys may follow.
    keys_left: usize,
    /// What stands for each key of the open objects in comparisons.
    marks: SmallVec<[u64; 64]>,
}

impl<'t> Quick<'t> {
    /// `depth`: how many may be open inside of it.
    #[inline(always)]
    fn value(&mut self, rest: &'t [u8], depth: usize) -> Option<&'t [u8]> {
        let (first, inner) = rest.split_first()?;
        match *first {
            b'"' => self.string(inner),
            first @ (b'0'..=b'9' | b'-') => self.number(first, inner),
            b'{' => self.object(inner, depth.checked_sub(1)?),
            b'[' => self.array(inner, depth.checked_sub(1)?),
            b't' => inner.strip_prefix(b"rue"),
            b'f' => inner.strip_prefix(b"alse"),
            b'n' => inner.strip_prefix(b"ull"),
            b' ' | b'\n' | b'\r' | b'\t' => self.value_after_space(inner, depth),
            _ => None,
        }
    }

    #[inline(never)]
    fn value_after_space(&mut self, mut rest: &'t [u8], depth: usize) -> Option<&'t [u8]> {
        while let [b' ' | b'\n' | b'\r' | b'\t', others @ ..] = rest {
            rest = others;
        }
        self.value(rest, depth)
    }

    /// The object whose brace was just read.
    #[inline(never)]
    fn object(&mut self, mut rest: &'t [u8], depth: usize) -> Option<&'t [u8]> {
        if let (b'}', rest) = next(rest)? {
            return Some(rest);
        }
        let mut names = Names { start: self.marks.len(), bits: 0 };
        loop {
            rest = self.key(expect(rest, b'"')?, &mut names)?;
            rest = self.value(expect(rest, b':')?, depth)?;
            rest = match next(rest)? {
                (b',', rest) => rest,
                (b'}', rest) => return self.close(&names).then_some(rest),
                _ => return None,
            };
        }
    }

    /// The array whose bracket was just read.
    #[inline(never)]
    fn array(&mut self, mut rest: &'t [u8], depth: usize) -> Option<&'t [u8]> {
        if let (b']', rest) = next(rest)? {
            return Some(rest);
        }
        loop {
            rest = self.value(rest, depth)?;
            rest = match next(rest)? {
                (b',', rest) => rest,
                (b']', rest) => return Some(rest),
                _ => return None,
            };
        }
    }

    /// The key whose quote was just read.
    #[inline(always)]
    fn key(&mut self, key: &'t [u8], names: &mut Names) -> Option<&'t [u8]> {
        let first = first_word(key)?;
        let marks = string_marks(first);
        let rules = &self.policy.rules;
        let (length, mark) = if marks == 0 {
            let length = long_key(key)?;
            if rules.prototypes && (first == PROTO || first == CONSTRUCTOR) {
                return None;
            }
            (length, long_mark(first, key.get(..length)?)?)
        } else {
            let bits = marks.trailing_zeros();
            (bits as usize / 8, short_mark(first, bits))
        };
        let (name, rest) = key.split_at_checked(length)?;
        let is_forbidden = rules.operators && first & 0xff == u64::from(b'$')
            || rules.dots && name.contains(&b'.')
            || length > self.policy.max_key_bytes;
        self.keys_left = self.keys_left.checked_sub(1)?;
        if is_forbidden || rules.duplicates && !self.add(mark, names) {
            return None;
        }
        // An escaped key has a backslash here.
        expect_now(rest, b'"')
    }

    /// False if the mark is there already.
    #[inline(always)]
    fn add(&mut self, mark: u64, names: &mut Names) -> bool {
        let bit = 1 << (mark.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 58);
        let may_repeat = names.bits & bit != 0;
        if may_repeat && self.marks.len() - names.start <= FEW && self.has(mark, names) {
            return false;
        }
        names.bits |= bit;
        self.marks.push(mark);
        true
    }

    #[cold]
    fn has(&self, mark: u64, names: &Names) -> bool {
        self.marks.get(names.start..).is_none_or(|own| own.contains(&mark))
    }

    /// Ends an object; false if a key is there twice.
    #[inline(always)]
    fn close(&mut self, names: &Names) -> bool {
        let is_unique = self.marks.len() - names.start <= FEW || self.are_unique(names);
        self.marks.truncate(names.start);
        is_unique
    }

    #[inline(never)]
    fn are_unique(&mut self, names: &Names) -> bool {
        let own = self.marks.get_mut(names.start..).unwrap_or_default();
        own.sort_unstable();
        own.windows(2).all(|pair| pair.first() != pair.last())
    }

    /// The string whose quote was just read.
    #[inline(always)]
    fn string(&self, mut rest: &'t [u8]) -> Option<&'t [u8]> {
        while let Some((chunk, others)) = rest.split_first_chunk() {
            let marks = string_marks(u64::from_le_bytes(*chunk));
            if marks != 0 {
                let end = rest.get(marks.trailing_zeros() as usize / 8..)?;
                return expect_now(end, b'"').or_else(|| self.escaped(end));
            }
            rest = others;
        }
        self.escaped(rest)
    }

    /// The rest of a string with an escape, or one near the end of the text.
    #[cold]
    fn escaped(&self, rest: &'t [u8]) -> Option<&'t [u8]> {
        let bytes = self.text.as_bytes();
        bytes.get(string_end(bytes, self.place(rest)).ok()?..)
    }

    /// A number that starts with `first`: quickly, if it has up to seven digits and as many behind a point.
    #[inline(always)]
    fn number(&self, first: u8, inner: &'t [u8]) -> Option<&'t [u8]> {
        let more = digits(inner)?;
        let is_short = first != b'-' && more < DIGITS && (first != b'0' || more == 0);
        let end = inner.get(more..).filter(|_| is_short);
        match end {
            Some([b'.', fraction @ ..]) => {
                let more = digits(fraction)?;
                let end = fraction.get(more..).filter(|_| (1..DIGITS).contains(&more));
                end.filter(|end| !has_exponent(end)).or_else(|| self.other_number(inner))
            }
            Some(end) if !has_exponent(end) => Some(end),
            _ => self.other_number(inner),
        }
    }

    #[cold]
    fn other_number(&self, inner: &'t [u8]) -> Option<&'t [u8]> {
        let end = number_end(self.text, self.place(inner).checked_sub(1)?).ok()?;
        self.text.as_bytes().get(end..)
    }

    /// Where a rest of the text starts.
    fn place(&self, rest: &[u8]) -> usize {
        self.text.len() - rest.len()
    }
}

/// The keys of an open object.
struct Names {
    /// Where its marks start.
    start: usize,
    /// One bit per mark, chosen by a hash of the mark: while it is not set, no earlier mark is equal.
    bits: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepts_ordinary_bodies() {
        for body in [
            r#"{"customer":{"id":48213,"name":"Ada","vip":true,"notes":null},"items":[{"price":12.5},{"price":-1}]}"#,
            "{\n  \"a\" : [ 1, 2.5 ,\"x\\n\" , \"\\u00e9\", 1e3, 123456789, 0.5e-3, 0 ] ,\n \"b\" : { }\n, \"c\":[]}\n",
            r#"[[],{},"",{"":1,"é":"€","identifier_a":1,"identifier_b":2,"identifier_ab":3}]"#,
        ] {
            assert_eq!(accept(body, &Policy::DEFAULT), Some(()), "{body}");
        }
        let many: Vec<String> = (0..100).map(|at| format!("\"key_of_{at}\":{at}")).collect();
        assert_eq!(accept(&format!("{{{}}}", many.join(",")), &Policy::DEFAULT), Some(()));
    }
}
