//! What the guard accepts is JSON to another parser, and within the bounds of the policy.
#![no_main]

use libfuzzer_sys::fuzz_target;
use portcullis_core::input::{Guard, Policy, Rules};
use serde_json::Value;

fuzz_target!(|body: &[u8]| {
    let policy = Policy {
        max_depth: 20,
        max_keys: 50,
        max_key_bytes: 30,
        rules: Rules::ALL,
        ..Policy::default()
    };
    let Ok(guard) = Guard::new(policy) else { unreachable!("the policy is within its bounds") };
    let (text, pointer) = (guard.check(body), guard.locate(body));
    assert_eq!(pointer.is_some(), text.is_err());
    assert!(pointer.is_none_or(|pointer| pointer.len() <= 256));
    let Ok(text) = text else { return };
    assert_eq!(text.as_bytes(), body);
    let value: Value = match serde_json::from_slice(body) {
        Ok(value) => value,
        // The two round differently right at the largest double.
        Err(error) if error.to_string().starts_with("number out of range") => return,
        Err(error) => panic!("accepted, and not JSON: {error}"),
    };
    let (mut keys, depth) = (0, measure(&value, &policy));
    count(&value, &mut keys);
    assert!(depth <= policy.max_depth && keys <= policy.max_keys);
});

/// The depth of a value; asserts the rules on its keys on the way.
fn measure(value: &Value, policy: &Policy) -> usize {
    let inner = match value {
        Value::Array(items) => items.iter().map(|item| measure(item, policy)).max(),
        Value::Object(members) => {
            for key in members.keys() {
                assert!(
                    key.len() <= policy.max_key_bytes
                        && !key.starts_with('$')
                        && !key.contains('.')
                );
                assert_ne!(key, "__proto__");
            }
            members.values().map(|member| measure(member, policy)).max()
        }
        _ => return 0,
    };
    inner.unwrap_or(0) + 1
}

fn count(value: &Value, keys: &mut usize) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| count(item, keys)),
        Value::Object(members) => {
            *keys += members.len();
            members.values().for_each(|member| count(member, keys));
        }
        _ => {}
    }
}
