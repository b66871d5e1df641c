//! Whatever entries another process sends, the table stays within its bound, and what it refuses it goes on refusing.
#![no_main]

use libfuzzer_sys::fuzz_target;
use portcullis_core::revocations::{
    Checked, ENTRY_BYTES, Entry, Kind, NEVER_EXPIRES, Revocations, WHATEVER_IAT,
};

const MAX_ENTRIES: u32 = 8;

fuzz_target!(|input: (f64, &[u8])| {
    let (now, bytes) = input;
    let Ok(table) = Revocations::new(MAX_ENTRIES) else { unreachable!("the bound is a good one") };
    let ours = Entry::new(Kind::Jti, b"ours", WHATEVER_IAT, NEVER_EXPIRES);
    assert!(table.revoke(ours, now).is_ok());
    let epoch = table.epoch();
    let _ = table.merge(bytes, now);
    assert!(table.epoch() >= epoch && table.len() <= MAX_ENTRIES as usize);
    assert!(table.check(&Checked { jti: Some("ours"), ..Checked::default() }, now));
    let all: Vec<u8> = (0..).map_while(|part| table.export(part, now)).flatten().collect();
    assert!(all.len() % ENTRY_BYTES == 0 && all.len() <= table.len() * ENTRY_BYTES);
    let Ok(other) = Revocations::new(MAX_ENTRIES) else { unreachable!("the bound is a good one") };
    assert!(other.merge(&all, now).is_ok());
    assert_eq!(other.len() * ENTRY_BYTES, all.len());
});
