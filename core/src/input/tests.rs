//! Vectors shared with the Node tests, and a naive twin that looks at what `serde_json` parsed.

use proptest::prelude::*;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::{Guard, Policy, Rules};
use crate::Error;

const VECTORS: &str = include_str!("../../../__test__/vectors/input.json");

fn guard_with_every_rule() -> Guard {
    Guard::new(Policy { rules: Rules::ALL, ..Policy::default() }).unwrap()
}

fn code_of(guard: &Guard, body: &[u8]) -> &'static str {
    guard.check(body).map_or_else(|error| error.code(), |_| "ok")
}

fn body_of(vector: &Value) -> Vec<u8> {
    if let Some(hex) = vector["hex"].as_str() {
        let digit = |byte: u8| char::from(byte).to_digit(16).unwrap() as u8;
        return hex.as_bytes().chunks(2).map(|pair| digit(pair[0]) << 4 | digit(pair[1])).collect();
    }
    let Some(parts) = vector["repeat"].as_array() else {
        return vector["text"].as_str().unwrap().as_bytes().to_vec();
    };
    let repeat =
        |part: &Value| part[0].as_str().unwrap().repeat(part[1].as_u64().unwrap() as usize);
    parts.iter().map(repeat).collect::<String>().into_bytes()
}

#[test]
fn returns_the_expected_code_for_every_vector() {
    let guard = guard_with_every_rule();
    let vectors: Vec<Value> = serde_json::from_str(VECTORS).unwrap();
    assert!(vectors.len() > 100);
    for vector in vectors {
        let code = code_of(&guard, &body_of(&vector));
        assert_eq!(code, vector["expect"].as_str().unwrap(), "{}", vector["name"]);
    }
}

#[test]
fn accepts_what_a_rule_forbids_when_the_rule_is_off() {
    let off = Rules { operators: false, dots: false, prototypes: false, duplicates: false };
    let guard =
        Guard::new(Policy { rules: off, containers_only: false, ..Policy::default() }).unwrap();
    for body in [
        r#"{"$a":1,"a.b":1,"a.b":2,"__proto__":1,"constructor":{"prototype":1}}"#,
        "1",
        r#""a""#,
        "null",
    ] {
        assert_eq!(code_of(&guard, body.as_bytes()), "ok", "{body}");
    }
}

#[test]
fn accepts_dotted_keys_by_default_and_no_operators() {
    let guard = Guard::new(Policy::default()).unwrap();
    for (body, code) in [
        (r#"{"hub.mode":"subscribe","a\u002eb":1}"#, "ok"),
        (r#"{"a.b":1,"a.b":2}"#, "ERR_INPUT_DUPLICATE_KEY"),
        (r#"{"$a.b":1}"#, "ERR_INPUT_OPERATOR_KEY"),
    ] {
        assert_eq!(code_of(&guard, body.as_bytes()), code, "{body}");
    }
}

#[test]
fn rejects_policies_out_of_bounds() {
    let policies = [
        Policy { max_bytes: 0, ..Policy::default() },
        Policy { max_depth: 1_001, ..Policy::default() },
        Policy { max_keys: 0, ..Policy::default() },
        Policy { max_key_bytes: usize::MAX, ..Policy::default() },
    ];
    for policy in policies {
        assert!(matches!(Guard::new(policy), Err(Error::InputOptionRange { .. })), "{policy:?}");
    }
}

#[test]
fn accepts_and_rejects_a_hundred_thousand_keys_in_one_object() {
    let guard =
        Guard::new(Policy { max_keys: 200_000, max_bytes: 1 << 24, ..Policy::default() }).unwrap();
    let members: Vec<String> = (0..100_000).map(|i| format!("\"{i}\":0")).collect();
    assert_eq!(code_of(&guard, format!("{{{}}}", members.join(",")).as_bytes()), "ok");
    let repeated = format!("{{{},\"7\":0}}", members.join(","));
    assert_eq!(code_of(&guard, repeated.as_bytes()), "ERR_INPUT_DUPLICATE_KEY");
}

/// A value with its keys in the order of the text, repeated ones included.
enum Node {
    Scalar,
    Array(Vec<Node>),
    Object(Vec<(String, Node)>),
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NodeVisitor)
    }
}

struct NodeVisitor;

macro_rules! scalars {
    ($($name:ident($($argument:ty)?)),+) => {
        $( fn $name<E>(self $(, _: $argument)?) -> Result<Node, E> { Ok(Node::Scalar) } )+
    };
}

impl<'de> Visitor<'de> for NodeVisitor {
    type Value = Node;

    scalars!(
        visit_bool(bool),
        visit_i64(i64),
        visit_u64(u64),
        visit_f64(f64),
        visit_str(&str),
        visit_unit()
    );

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("JSON")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Node, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element()? {
            items.push(item);
        }
        Ok(Node::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(Node::Object(members))
    }
}

/// Every code that may be returned for a body under the default policy with small bounds.
fn offences(
    node: &Node,
    depth: usize,
    in_constructor: bool,
    keys: &mut usize,
    found: &mut Vec<&'static str>,
) {
    let is_scalar = matches!(node, Node::Scalar);
    if !is_scalar && depth >= SMALL.max_depth {
        found.push("ERR_INPUT_DEPTH");
    }
    match node {
        Node::Scalar if depth == 0 => found.push("ERR_INPUT_SYNTAX"),
        Node::Scalar => {}
        Node::Array(items) => {
            items.iter().for_each(|item| offences(item, depth + 1, false, keys, found))
        }
        Node::Object(members) => {
            let mut names = std::collections::HashSet::new();
            for (name, value) in members {
                *keys += 1;
                let is_prototype = name == "__proto__" || in_constructor && name == "prototype";
                let rules = [
                    (*keys > SMALL.max_keys, "ERR_INPUT_KEYS"),
                    (name.len() > SMALL.max_key_bytes, "ERR_INPUT_KEY_LENGTH"),
                    (name.starts_with('$'), "ERR_INPUT_OPERATOR_KEY"),
                    (name.contains('.'), "ERR_INPUT_DOTTED_KEY"),
                    (is_prototype, "ERR_INPUT_PROTOTYPE_KEY"),
                    (!names.insert(name), "ERR_INPUT_DUPLICATE_KEY"),
                ];
                found.extend(rules.iter().filter(|(broken, _)| *broken).map(|(_, code)| code));
                offences(value, depth + 1, name == "constructor", keys, found);
            }
        }
    }
}

const SMALL: Policy = Policy {
    max_bytes: 1 << 20,
    max_depth: 5,
    max_keys: 24,
    max_key_bytes: 12,
    containers_only: true,
    rules: Rules::ALL,
};

fn check_against_the_twin(body: &[u8]) -> Result<(), TestCaseError> {
    let guard = Guard::new(SMALL).unwrap();
    let code = code_of(&guard, body);
    prop_assert_eq!(guard.locate(body).is_some(), code != "ok");
    let Ok(node) = serde_json::from_slice::<Node>(body) else {
        prop_assert_ne!(code, "ok");
        return Ok(());
    };
    let mut found = Vec::new();
    offences(&node, 0, false, &mut 0, &mut found);
    prop_assert!(
        if found.is_empty() { code == "ok" } else { found.contains(&code) },
        "{code} {found:?}"
    );
    Ok(())
}

fn documents() -> impl Strategy<Value = String> {
    let key = r#"(a|b|c|constructor|prototype|x|[a-z]{1,14}|\\u0061|\\u0062|__proto__|\$a|a\.b|[a-z0-9é]{0,9})"#;
    let scalar = prop_oneof![
        Just("null".to_owned()),
        Just("true".to_owned()),
        r"-?(0|[1-9][0-9]{0,4})(\.[0-9]{1,3})?([eE][+-]?[0-9]{1,2})?",
        r#""([ -!#-\[\]-~é😀]|\\n|\\u[0-9a-c][0-9a-f]{3}){0,20}""#,
    ];
    scalar.prop_recursive(6, 60, 6, move |inner| {
        let member = (key, inner.clone()).prop_map(|(key, value)| format!("\"{key}\" : {value}"));
        prop_oneof![
            prop::collection::vec(inner, 0..6).prop_map(|items| format!("[{}]", items.join(", "))),
            prop::collection::vec(member, 0..22)
                .prop_map(|members| format!("{{{}}}", members.join(","))),
        ]
    })
}

proptest! {
    #[test]
    fn returns_what_the_naive_twin_does(body in documents()) {
        check_against_the_twin(body.as_bytes())?;
    }

    #[test]
    fn returns_what_the_naive_twin_does_when_bytes_are_changed(body in documents(), at: prop::sample::Index, byte: u8) {
        let mut body = body.into_bytes();
        let index = at.index(body.len());
        body[index] = byte;
        check_against_the_twin(&body)?;
    }

    #[test]
    fn never_panics_on_any_bytes(body: Vec<u8>) {
        check_against_the_twin(&body)?;
    }
}
