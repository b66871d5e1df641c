//! The flag `i` without `u`: two units are equal if their upper cases are (ECMAScript, Canonicalize).

use std::collections::HashMap;
use std::sync::LazyLock;

use super::ranges::Ranges;

/// Letters whose case was added in Unicode 16 and later. JavaScript engines differ in them, so a class that holds some of them
/// and not the others is refused when case is ignored.
const NEW_CASES: &[(u32, u32)] = &[
    (0x019B, 0x019B),
    (0x0264, 0x0264),
    (0x1C89, 0x1C8A),
    (0xA7CB, 0xA7DC),
    (0x10D50, 0x10D8F),
    (0x16EA0, 0x16EDF),
];

/// The units of a class of equals, for every class with more than one.
static EQUALS: LazyLock<Vec<Vec<u32>>> = LazyLock::new(|| {
    let mut by_upper: HashMap<u32, Vec<u32>> = HashMap::new();
    for unit in (0..=0xFFFF).filter_map(char::from_u32) {
        by_upper.entry(upper(unit)).or_default().push(u32::from(unit));
    }
    by_upper.into_values().filter(|equals| equals.len() > 1).collect()
});

/// The canonical form of a unit: its upper case, unless that has several units or crosses from outside ASCII into it.
fn upper(char: char) -> u32 {
    let mut uppers = char.to_uppercase();
    match (uppers.next(), uppers.next()) {
        (Some(upper), None) if upper.is_ascii() <= char.is_ascii() => u32::from(upper),
        _ => u32::from(char),
    }
}

/// Adds to a set of units every unit that is equal to one of its own.
pub(super) fn close(ranges: &mut Ranges) {
    let is_ascii = ranges.iter().all(|(_, last)| last < 0x80);
    if is_ascii {
        return close_ascii(ranges);
    }
    let own = ranges.clone().sorted();
    for equals in EQUALS.iter().filter(|equals| equals.iter().any(|unit| own.contains(*unit))) {
        for unit in equals {
            ranges.add(*unit, *unit);
        }
    }
}

/// No unit outside ASCII is equal to one in it, so most classes need no table.
fn close_ascii(ranges: &mut Ranges) {
    for ((low, high), (other, _)) in [((0x41, 0x5A), (0x61, 0x7A)), ((0x61, 0x7A), (0x41, 0x5A))] {
        let letters: Vec<_> = ranges.within(low, high).collect();
        for (first, last) in letters {
            ranges.add(first - low + other, last - low + other);
        }
    }
}

/// Whether JavaScript engines of different age would close the set differently.
pub(super) fn is_uncertain(ranges: &Ranges, highest: u32) -> bool {
    let mut points = NEW_CASES
        .iter()
        .flat_map(|(first, last)| *first..=*last)
        .filter(|point| *point <= highest)
        .map(|point| ranges.contains(point));
    let first = points.next();
    points.any(|held| Some(held) != first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn closed(first: u32, last: u32) -> Ranges {
        let mut ranges = Ranges::of(&[(first, last)]);
        close(&mut ranges);
        ranges.sorted()
    }

    #[test]
    fn closes_ascii_as_the_table_does() {
        for unit in 0..0x80 {
            let table = EQUALS.iter().find(|equals| equals.contains(&unit));
            let expected = table.cloned().unwrap_or_else(|| vec![unit]);
            let all: Vec<u32> = closed(unit, unit).iter().flat_map(|(a, b)| a..=b).collect();
            let mut sorted = expected;
            sorted.sort_unstable();
            assert_eq!(all, sorted, "{unit}");
        }
    }

    #[test]
    fn never_folds_into_ascii_from_outside() {
        assert_eq!(closed(0x212A, 0x212A), Ranges::of(&[(0x212A, 0x212A)]));
        assert_eq!(closed(0x17F, 0x17F), Ranges::of(&[(0x17F, 0x17F)]));
        assert!(closed(0xB5, 0xB5).contains(0x3BC));
    }
}
