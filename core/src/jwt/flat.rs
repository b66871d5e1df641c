//! Plain JSON objects, read in one quick pass: what issuers write as claims and headers.
//!
//! This reader accepts short objects that have no escapes, no white space between tokens, few members, little nesting and
//! whole numbers only. For any other text it returns `None`, and the guard of bodies reads the text from the beginning: the
//! guard alone rejects. The reader must accept nothing that the guard rejects, and both must tell the same names and values;
//! the tests compare the two.

use super::strict::{Members, Value};

/// In bytes. A text of this length stays below the guard's bounds on bytes, keys and the length of a key.
const LONGEST: usize = 8_192;
/// Objects and arrays open at once inside the outermost object.
const DEEPEST: usize = 3;
/// Members of one object.
const MOST_MEMBERS: usize = 16;
/// Any number of so few digits is a double to the last digit.
const MOST_DIGITS: usize = 15;

const LOW_BITS: u64 = u64::from_le_bytes([0x01; 8]);
const HIGH_BITS: u64 = u64::from_le_bytes([0x80; 8]);
const ZEROS: u64 = u64::from_le_bytes([b'0'; 8]);
const QUOTES: u64 = u64::from_le_bytes([b'"'; 8]);

/// Reads one object and tells `members` of what stands in it; what they were told before a `None` counts for nothing.
pub(super) fn read<'t, M: Members<'t>>(json: &'t [u8], members: &mut M) -> Option<()> {
    if json.len() > LONGEST || !json.starts_with(b"{") || has_escape_or_control(json) {
        return None;
    }
    let mut flat = Flat { text: str::from_utf8(json).ok()?, at: 1 };
    flat.object(DEEPEST, members)?;
    (flat.at == json.len()).then_some(())
}

/// Without an early exit, so that the compiler looks at many bytes at a time.
fn has_escape_or_control(json: &[u8]) -> bool {
    let is_other = |byte: &u8| *byte < b' ' || *byte == b'\\';
    let (blocks, rest) = json.as_chunks::<32>();
    let holds = |bytes: &[u8]| bytes.iter().fold(false, |found, byte| found | is_other(byte));
    // The last block overlaps the one before it: that is faster than reading the rest byte by byte.
    let end = json.last_chunk::<32>().map_or(rest, <[u8; 32]>::as_slice);
    blocks.iter().fold(false, |found, block| found | holds(block)) | holds(end)
}

/// A text whose quotes all begin or end a string.
struct Flat<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Flat<'t> {
    /// The object whose brace was just read. `depth`: how many may be open inside of it.
    #[inline]
    fn object<M: Members<'t>>(&mut self, depth: usize, members: &mut M) -> Option<()> {
        if self.take(b'}') {
            return Some(());
        }
        let mut names = Names::default();
        loop {
            let (name, mark) = self.name()?;
            names.add(mark)?;
            members.name(name.as_bytes());
            self.expect(b':')?;
            self.value(depth, members)?;
            if !self.take(b',') {
                return self.expect(b'}');
            }
        }
    }

    // Inlined, and one call per kind of value: a `Value` that is returned through memory stalls the processor for longer
    // than it takes to read the value.
    #[inline(always)]
    fn value<M: Members<'t>>(&mut self, depth: usize, members: &mut M) -> Option<()> {
        match self.peek()? {
            b'"' => {
                self.at += 1;
                members.value(Value::Text(self.string()?));
            }
            b'0'..=b'9' => members.value(Value::Number(self.number()?)),
            first => members.value(Value::Json(self.other(first, depth)?)),
        }
        Some(())
    }

    /// A value that is seldom a registered claim.
    #[inline(never)]
    fn other(&mut self, first: u8, depth: usize) -> Option<&'t str> {
        let start = self.at;
        self.at += 1;
        match first {
            b'[' => self.array(depth.checked_sub(1)?)?,
            b'{' => self.object(depth.checked_sub(1)?, &mut ())?,
            b't' => self.rest(b"rue")?,
            b'f' => self.rest(b"alse")?,
            b'n' => self.rest(b"ull")?,
            _ => return None,
        }
        self.text.get(start..self.at)
    }

    fn array(&mut self, depth: usize) -> Option<()> {
        if self.take(b']') {
            return Some(());
        }
        loop {
            self.value(depth, &mut ())?;
            if !self.take(b',') {
                return self.expect(b']');
            }
        }
    }

    /// A whole number: eight digits at once where there are so many, as in a time, and the others one by one.
    #[inline(always)]
    fn number(&mut self) -> Option<f64> {
        let start = self.at;
        let is_zero = self.peek() == Some(b'0');
        let mut number = self.word(start).and_then(eight_digits).inspect(|_| self.at += 8);
        while let Some(digit @ b'0'..=b'9') = self.peek() {
            // A number that overflows has too many digits and is refused below.
            let others = number.unwrap_or_default().wrapping_mul(10);
            number = Some(others.wrapping_add(u64::from(digit - b'0')));
            self.at += 1;
        }
        let digits = self.at - start;
        let is_whole = !matches!(self.peek(), Some(b'.' | b'e' | b'E'));
        let is_plain = digits <= MOST_DIGITS && !(is_zero && digits > 1) && is_whole;
        number.filter(|_| is_plain).map(|number| number as f64)
    }

    /// The text of a name, and what stands for it in a comparison.
    #[inline(always)]
    fn name(&mut self) -> Option<(&'t str, u64)> {
        self.expect(b'"')?;
        let start = self.at;
        let first = self.word(start)?;
        let text = self.string()?;
        let mark = match text.len() {
            length @ 0..8 => first & ((1 << (8 * length)) - 1),
            8 => first,
            length => {
                let last = self.word(start + length - 8)?;
                first.rotate_left(29) ^ last ^ (length as u64).wrapping_mul(LOW_BITS)
            }
        };
        Some((text, mark))
    }

    /// The string whose quote was just read.
    #[inline(always)]
    fn string(&mut self) -> Option<&'t str> {
        let start = self.at;
        let mut end = start;
        loop {
            let word = self.word(end)? ^ QUOTES;
            let zeros = word.wrapping_sub(LOW_BITS) & !word & HIGH_BITS;
            if zeros != 0 {
                end += (zeros.trailing_zeros() / 8) as usize;
                self.at = end + 1;
                return self.text.get(start..end);
            }
            end += 8;
        }
    }

    /// The eight bytes at this place, with zeros behind the end of the text; `None` where nothing is left.
    #[inline]
    fn word(&self, at: usize) -> Option<u64> {
        let rest = self.text.as_bytes().get(at..)?;
        match rest.first_chunk() {
            Some(chunk) => Some(u64::from_le_bytes(*chunk)),
            None => last_word(rest),
        }
    }

    #[inline]
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    #[inline]
    fn take(&mut self, byte: u8) -> bool {
        let is_there = self.peek() == Some(byte);
        self.at += usize::from(is_there);
        is_there
    }

    #[inline]
    fn expect(&mut self, byte: u8) -> Option<()> {
        self.take(byte).then_some(())
    }

    fn rest(&mut self, word: &[u8]) -> Option<()> {
        let is_there = self.text.as_bytes().get(self.at..)?.starts_with(word);
        self.at += word.len();
        is_there.then_some(())
    }
}

#[cold]
fn last_word(rest: &[u8]) -> Option<u64> {
    let word = rest.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte));
    (!rest.is_empty()).then_some(word)
}

/// The number that eight digits stand for: neighbours are joined to pairs, then to fours, then to eight.
#[inline]
fn eight_digits(word: u64) -> Option<u64> {
    let digits = word ^ ZEROS;
    // A digit is at most 9, so that 0x76 more stays below 0x80.
    if (digits | digits.wrapping_add(LOW_BITS * 0x76)) & HIGH_BITS != 0 {
        return None;
    }
    let pairs = digits.wrapping_mul(10 << 8 | 1) >> 8 & 0x00ff_00ff_00ff_00ff;
    let fours = pairs.wrapping_mul(100 << 16 | 1) >> 16 & 0x0000_ffff_0000_ffff;
    Some(fours.wrapping_mul(10_000 << 32 | 1) >> 32)
}

/// The names of one object, each as a mark. Equal names have equal marks. Different names of more than eight bytes may share
/// a mark; the guard then reads the text.
#[derive(Default)]
struct Names {
    marks: [u64; MOST_MEMBERS],
    count: usize,
    /// One bit per mark, chosen by a hash of the mark: while it is not set, no earlier mark is equal.
    bits: u64,
}

impl Names {
    /// `None` where the mark is there already, or there is no room.
    #[inline]
    fn add(&mut self, mark: u64) -> Option<()> {
        let bit = 1 << (mark.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 58);
        if self.bits & bit != 0 && self.marks.get(..self.count)?.contains(&mark) {
            return None;
        }
        self.bits |= bit;
        *self.marks.get_mut(self.count)? = mark;
        self.count += 1;
        Some(())
    }
}
