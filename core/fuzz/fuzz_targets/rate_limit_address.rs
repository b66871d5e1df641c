#![no_main]
//! Any bytes as an address: parsing never panics, and the key of a key is that key.

use libfuzzer_sys::fuzz_target;
use portcullis_core::rate_limit::{Address, Prefix};

fuzz_target!(|bytes: &[u8]| {
    let Ok(address) = Address::parse(bytes, Prefix::DEFAULT) else { return };
    let written = address.to_string();
    let bare = written.split('/').next().unwrap_or_default();
    assert_eq!(Address::parse(bare.as_bytes(), Prefix::DEFAULT), Ok(address));
});
