//! The grammar of RFC 8259, walked without recursion.

use foldhash::fast::RandomState;
use smallvec::SmallVec;

use super::Policy;
use super::keys::Keys;
use super::members::Members;
use super::number::number_end;
use super::text::{plain_end, string_end, unescape};
use crate::Error;

/// An array or object that is open.
pub(super) struct Frame {
    pub(super) is_object: bool,
    /// The object is the value of a key `constructor`.
    in_constructor: bool,
    keys: usize,
    /// Where the array or object starts.
    pub(super) start: usize,
    /// Of an object: where the text of its last key starts. Of an array: how many values have ended.
    pub(super) place: usize,
}

/// What the grammar allows next.
enum Next {
    Value,
    Member,
    /// A comma or the end of the innermost frame.
    Separator,
    End,
}

pub(super) struct Scan<'a, M> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    policy: &'a Policy,
    frames: SmallVec<[Frame; 8]>,
    keys: Keys<'a>,
    /// The value that comes next belongs to a key `constructor`.
    after_constructor: bool,
    members: M,
    /// Where the value of the current member of the outermost object starts.
    member_start: usize,
}

impl<'a, M: Members<'a>> Scan<'a, M> {
    pub(super) fn new(
        text: &'a str,
        policy: &'a Policy,
        hasher: &'a RandomState,
        members: M,
    ) -> Self {
        Self {
            text,
            bytes: text.as_bytes(),
            at: 0,
            policy,
            frames: SmallVec::new(),
            keys: Keys::new(policy, hasher),
            after_constructor: false,
            members,
            member_start: 0,
        }
    }

    /// One value, and nothing but white space around it.
    pub(super) fn run(mut self) -> Result<M, Error> {
        self.walk().map(|()| self.members)
    }

    /// As [`Self::run`]. After an error, [`Self::frames`] tell where it is.
    pub(super) fn walk(&mut self) -> Result<(), Error> {
        let mut next = match self.peek() {
            Some(b'{' | b'[') => Next::Value,
            Some(_) if !self.policy.containers_only => Next::Value,
            _ => return Err(Error::InputSyntax),
        };
        loop {
            next = match next {
                Next::Value => self.value()?,
                Next::Member => self.member()?,
                Next::Separator => self.separator()?,
                Next::End => break,
            };
        }
        if self.peek().is_none() { Ok(()) } else { Err(Error::InputSyntax) }
    }

    fn value(&mut self) -> Result<Next, Error> {
        let in_constructor = std::mem::take(&mut self.after_constructor);
        let first = self.peek();
        if M::WANTED && self.in_outermost_object() {
            self.member_start = self.at;
        }
        let end = match first {
            Some(b'"') => string_end(self.bytes, self.at + 1)?,
            Some(b'-' | b'0'..=b'9') => number_end(self.text, self.at)?,
            Some(b'{') => return self.open_object(in_constructor),
            Some(b'[') => return self.open_array(),
            Some(b't') => self.literal("true")?,
            Some(b'f') => self.literal("false")?,
            Some(b'n') => self.literal("null")?,
            _ => return Err(Error::InputSyntax),
        };
        self.at = end;
        Ok(self.after_value())
    }

    fn literal(&self, word: &str) -> Result<usize, Error> {
        let end = self.at + word.len();
        if self.text.get(self.at..end) == Some(word) { Ok(end) } else { Err(Error::InputSyntax) }
    }

    fn open_object(&mut self, in_constructor: bool) -> Result<Next, Error> {
        self.push(true, in_constructor)?;
        if self.peek() == Some(b'}') { self.close() } else { Ok(Next::Member) }
    }

    fn open_array(&mut self) -> Result<Next, Error> {
        self.push(false, false)?;
        if self.peek() == Some(b']') { self.close() } else { Ok(Next::Value) }
    }

    fn push(&mut self, is_object: bool, in_constructor: bool) -> Result<(), Error> {
        if self.frames.len() >= self.policy.max_depth {
            return Err(Error::InputDepth);
        }
        let (start, keys) = (self.at, self.keys.open());
        self.frames.push(Frame { is_object, in_constructor, keys, start, place: 0 });
        self.at += 1;
        Ok(())
    }

    fn member(&mut self) -> Result<Next, Error> {
        if self.peek() != Some(b'"') {
            return Err(Error::InputSyntax);
        }
        self.key(self.at + 1)?;
        if self.peek() != Some(b':') {
            return Err(Error::InputSyntax);
        }
        self.at += 1;
        self.value()
    }

    /// The key whose text starts at `start`.
    #[inline]
    fn key(&mut self, start: usize) -> Result<(), Error> {
        if let Some(object) = self.frames.last_mut() {
            object.place = start;
        }
        let (mut end, mut has_dot) = (start, false);
        loop {
            end = plain_end::<true>(self.bytes, end);
            match self.bytes.get(end) {
                Some(b'"') => break,
                Some(b'.') => (end, has_dot) = (end + 1, true),
                Some(b'\\') => return self.escaped_key(start),
                _ => return Err(Error::InputSyntax),
            }
        }
        self.at = end + 1;
        self.judge(self.bytes.get(start..end).unwrap_or_default(), has_dot)
    }

    #[cold]
    fn escaped_key(&mut self, start: usize) -> Result<(), Error> {
        let (key, after) = unescape(self.bytes, start)?;
        self.at = after;
        self.judge(&key, key.contains(&b'.'))
    }

    #[inline]
    fn judge(&mut self, key: &[u8], has_dot: bool) -> Result<(), Error> {
        let in_constructor = self.frames.last().is_some_and(|frame| frame.in_constructor);
        self.after_constructor = key == b"constructor";
        if M::WANTED && self.in_outermost_object() {
            self.members.name(key);
        }
        self.keys.add(key, has_dot, in_constructor)
    }

    #[inline]
    fn separator(&mut self) -> Result<Next, Error> {
        let next = self.peek();
        match (next, self.frames.last_mut()) {
            (Some(b','), Some(Frame { is_object: false, place, .. })) => {
                *place += 1;
                self.at += 1;
                Ok(Next::Value)
            }
            (Some(b','), Some(_)) => {
                self.at += 1;
                Ok(Next::Member)
            }
            (Some(b'}'), Some(Frame { is_object: true, .. }))
            | (Some(b']'), Some(Frame { is_object: false, .. })) => self.close(),
            _ => Err(Error::InputSyntax),
        }
    }

    fn close(&mut self) -> Result<Next, Error> {
        self.at += 1;
        if let Some(Frame { is_object: true, keys, .. }) = self.frames.last() {
            self.keys.close(*keys)?;
        }
        self.frames.pop();
        Ok(self.after_value())
    }

    /// The arrays and objects that are open, the outermost first. After `ERR_INPUT_DUPLICATE_KEY` the object with that key is
    /// the last of them.
    pub(super) fn frames(&self) -> &[Frame] {
        &self.frames
    }

    /// Where the scan is.
    pub(super) const fn at(&self) -> usize {
        self.at
    }

    #[inline]
    fn after_value(&mut self) -> Next {
        if M::WANTED && self.in_outermost_object() {
            self.members.value(self.text.get(self.member_start..self.at).unwrap_or_default());
        }
        if self.frames.is_empty() { Next::End } else { Next::Separator }
    }

    fn in_outermost_object(&self) -> bool {
        matches!(self.frames.as_slice(), [outermost] if outermost.is_object)
    }

    /// Moves `at` to the next byte that is not white space, and returns that byte.
    #[inline]
    fn peek(&mut self) -> Option<u8> {
        loop {
            match self.bytes.get(self.at) {
                Some(b' ' | b'\n' | b'\r' | b'\t') => self.at += 1,
                byte => return byte.copied(),
            }
        }
    }
}
