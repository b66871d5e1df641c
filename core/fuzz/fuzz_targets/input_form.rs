//! A form that the guard accepts is JSON without forbidden keys, and holds what a naive reader finds in the form.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use portcullis_core::input::{Dialect, FormGuard, FormPolicy, Rules};
use serde_json::{Map, Value};

const MAX_DEPTH: usize = 6;

fn guard(dialect: Dialect) -> FormGuard {
    let policy = FormPolicy {
        dialect,
        max_depth: MAX_DEPTH,
        max_key_bytes: 30,
        rules: Rules::ALL,
        ..FormPolicy::DEFAULT
    };
    let Ok(guard) = FormGuard::new(policy) else { unreachable!("the policy is within its bounds") };
    guard
}

static EXTENDED: LazyLock<FormGuard> = LazyLock::new(|| guard(Dialect::Extended));
static SIMPLE: LazyLock<FormGuard> = LazyLock::new(|| guard(Dialect::Simple));

fuzz_target!(|body: &[u8]| {
    if let Some(value) = read(&EXTENDED, body) {
        assert!(depth(&value) <= MAX_DEPTH + 2, "objects, and an array of repeated values");
        assert_keys(&value, "");
        assert_eq!(texts(&value), values(body, true));
    }
    if let Some(value) = read(&SIMPLE, body) {
        assert_keys(&value, "");
        assert_eq!(value, flat(body));
    }
});

fn read(guard: &FormGuard, body: &[u8]) -> Option<Value> {
    let mut json = Vec::new();
    let result = guard.read(body, &mut json);
    assert_eq!(guard.locate(body).is_some(), result.is_err());
    result.ok().map(|()| serde_json::from_slice(&json).expect("JSON"))
}

/// The decoded names and values of a form.
fn pairs(body: &[u8]) -> impl Iterator<Item = (String, String)> {
    let parameters = body.split(|byte| *byte == b'&').filter(|parameter| !parameter.is_empty());
    parameters.map(|parameter| {
        let mut sides = parameter.splitn(2, |byte| *byte == b'=').map(decoded);
        (sides.next().unwrap_or_default(), sides.next().unwrap_or_default())
    })
}

fn decoded(encoded: &[u8]) -> String {
    let mut bytes = Vec::new();
    let mut rest = encoded;
    while let [first, others @ ..] = rest {
        (bytes, rest) = match (first, others) {
            (b'%', [high, low, others @ ..]) => {
                let digits = String::from_utf8(vec![*high, *low]).expect("digits");
                let byte = u8::from_str_radix(&digits, 16).expect("digits");
                ([bytes, vec![byte]].concat(), others)
            }
            (b'+', _) => ([bytes, vec![b' ']].concat(), others),
            _ => ([bytes, vec![*first]].concat(), others),
        };
    }
    String::from_utf8(bytes).expect("UTF-8")
}

/// As node:querystring.
fn flat(body: &[u8]) -> Value {
    let mut object = Map::new();
    for (name, value) in pairs(body) {
        let value = Value::String(value);
        match object.get_mut(&name) {
            None => drop(object.insert(name, value)),
            Some(Value::Array(list)) => list.push(value),
            Some(first) => *first = Value::Array(vec![first.take(), value]),
        }
    }
    Value::Object(object)
}

/// The values of a form, sorted. An empty one may be dropped: qs drops it behind `a[]`.
fn values(body: &[u8], needs_name: bool) -> Vec<String> {
    let named = pairs(body).filter(|(name, _)| !needs_name || !name.is_empty());
    sorted(named.map(|(_, value)| value).collect())
}

fn texts(value: &Value) -> Vec<String> {
    fn collect(value: &Value, into: &mut Vec<String>) {
        match value {
            Value::Array(items) => items.iter().for_each(|item| collect(item, into)),
            Value::Object(members) => members.values().for_each(|member| collect(member, into)),
            Value::String(text) => into.push(text.clone()),
            other => panic!("a form has no {other}"),
        }
    }
    let mut found = Vec::new();
    collect(value, &mut found);
    sorted(found)
}

fn sorted(mut list: Vec<String>) -> Vec<String> {
    list.retain(|text| !text.is_empty());
    list.sort_unstable();
    list
}

fn depth(value: &Value) -> usize {
    let inner = match value {
        Value::Array(items) => items.iter().map(depth).max(),
        Value::Object(members) => members.values().map(depth).max(),
        _ => return 0,
    };
    inner.unwrap_or(0) + 1
}

fn assert_keys(value: &Value, outer: &str) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| assert_keys(item, "")),
        Value::Object(members) => members.iter().for_each(|(key, member)| {
            assert!(key.len() <= 30 && !key.starts_with('$') && !key.contains('.'));
            assert!(key != "__proto__" && !(outer == "constructor" && key == "prototype"));
            assert_keys(member, key);
        }),
        _ => {}
    }
}
