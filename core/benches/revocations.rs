//! A check against a million revoked tokens, without Node.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use portcullis_core::revocations::{
    Checked, Entry, Kind, NEVER_EXPIRES, Revocations, WHATEVER_IAT,
};

const ENTRIES: usize = 1_000_000;
const NOW: f64 = 1_793_000_100.0;

/// As long as `crypto.randomUUID()` makes them.
fn name(n: usize) -> String {
    format!(
        "{n:08x}-1d3f-4a5b-8c7d-{:012x}",
        n.wrapping_mul(0x9e37_79b9_7f4a_7c15) & 0xffff_ffff_ffff
    )
}

#[allow(clippy::unwrap_used)]
fn revocations(criterion: &mut Criterion) {
    let table = Revocations::new(ENTRIES as u32).unwrap();
    for n in 0..ENTRIES {
        let entry = Entry::new(Kind::Jti, name(n).as_bytes(), WHATEVER_IAT, NEVER_EXPIRES);
        table.revoke(entry, NOW).unwrap();
    }
    // More names than a cache near the core holds, in an order that no prefetcher follows.
    for (label, from) in [("hit", 0), ("miss", ENTRIES)] {
        let names: Vec<String> = (0..1 << 16).map(|n| name(from + n * 7_919 % ENTRIES)).collect();
        let mut names = names.iter().cycle();
        criterion.bench_function(&format!("revocations/check {label} of 1M jti"), |bencher| {
            bencher.iter(|| {
                let jti = names.next().map(String::as_str);
                let checked =
                    Checked { jti, sub: Some("user-1"), iat: Some(NOW), ..Checked::default() };
                table.check(black_box(&checked), NOW)
            });
        });
    }
}

criterion_group!(benches, revocations);
criterion_main!(benches);
