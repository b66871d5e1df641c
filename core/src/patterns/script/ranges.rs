//! Sets of UTF-16 units or code points, surrogates included.

/// Ranges with inclusive ends: ascending and apart once [`Ranges::sorted`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Ranges(Vec<(u32, u32)>);

/// `\d`
pub(super) const DIGITS: &[(u32, u32)] = &[(0x30, 0x39)];
/// `\w`
pub(super) const WORD: &[(u32, u32)] = &[(0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A)];
/// What `\w` holds beside [`WORD`] with the flags `i` and `u`: they fold to `s` and `k`.
pub(super) const FOLDED_WORD: &[(u32, u32)] = &[(0x17F, 0x17F), (0x212A, 0x212A)];
/// `\s`: white space and line ends of ECMAScript.
pub(super) const SPACE: &[(u32, u32)] = &[
    (0x09, 0x0D),
    (0x20, 0x20),
    (0xA0, 0xA0),
    (0x1680, 0x1680),
    (0x2000, 0x200A),
    (0x2028, 0x2029),
    (0x202F, 0x202F),
    (0x205F, 0x205F),
    (0x3000, 0x3000),
    (0xFEFF, 0xFEFF),
];
/// Line ends of ECMAScript: what the dot does not match.
pub(super) const LINE_ENDS: &[(u32, u32)] = &[(0x0A, 0x0A), (0x0D, 0x0D), (0x2028, 0x2029)];

impl Ranges {
    pub(super) fn of(ranges: &[(u32, u32)]) -> Self {
        Self(ranges.to_vec())
    }

    pub(super) fn add(&mut self, first: u32, last: u32) {
        self.0.push((first, last));
    }

    pub(super) fn extend(&mut self, other: &Self) {
        self.0.extend_from_slice(&other.0);
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (u32, u32)> {
        self.0.iter().copied()
    }

    pub(super) fn contains(&self, point: u32) -> bool {
        self.0.iter().any(|(first, last)| (*first..=*last).contains(&point))
    }

    /// The same set in ascending ranges that neither overlap nor touch.
    pub(super) fn sorted(mut self) -> Self {
        self.0.sort_unstable();
        let mut merged: Vec<(u32, u32)> = Vec::with_capacity(self.0.len());
        for (first, last) in self.0 {
            match merged.last_mut() {
                Some((_, end)) if first <= end.saturating_add(1) => *end = (*end).max(last),
                _ => merged.push((first, last)),
            }
        }
        Self(merged)
    }

    /// What it does not hold, up to `highest`.
    pub(super) fn negated(self, highest: u32) -> Self {
        let mut gaps = Vec::new();
        let mut next = 0;
        for (first, last) in self.sorted().0 {
            if first > next {
                gaps.push((next, first - 1));
            }
            next = last + 1;
        }
        if next <= highest {
            gaps.push((next, highest));
        }
        Self(gaps)
    }

    /// The part from `low` to `high`.
    pub(super) fn within(&self, low: u32, high: u32) -> impl Iterator<Item = (u32, u32)> {
        let cut = move |(first, last): (u32, u32)| (first.max(low), last.min(high));
        self.iter().map(cut).filter(|(first, last)| first <= last)
    }
}
