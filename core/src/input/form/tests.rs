//! Cases by hand. The Node tests compare the guard with `qs` and `node:querystring` on generated forms.

use proptest::prelude::*;
use serde_json::Value;

use super::{Dialect, FormGuard, FormPolicy};
use crate::Error;
use crate::input::Rules;

fn read(policy: FormPolicy, body: &[u8]) -> Result<String, &'static str> {
    let guard = FormGuard::new(policy).unwrap();
    let mut json = b"kept".to_vec();
    let result = guard.read(body, &mut json);
    assert_eq!(guard.locate(body).is_some(), result.is_err());
    match result {
        Ok(()) => Ok(String::from_utf8(json).unwrap().strip_prefix("kept").unwrap().to_owned()),
        Err(error) => {
            assert_eq!(json, b"kept");
            Err(error.code())
        }
    }
}

fn check(policy: &FormPolicy, cases: &[(&str, Result<&str, &'static str>)]) {
    for (body, expected) in cases {
        let found = read(policy.clone(), body.as_bytes());
        assert_eq!(found.as_deref(), expected.as_ref().map(|json| *json), "{body}");
    }
}

#[test]
fn nests_brackets_as_qs_does() {
    check(
        &FormPolicy::default(),
        &[
            ("", Ok("{}")),
            ("&&=&=1", Ok("{}")),
            ("a", Ok(r#"{"a":""}"#)),
            ("a=b=c&d=+%2B", Ok(r#"{"a":"b=c","d":" +"}"#)),
            ("a[b][c]=1&a[d]=2", Ok(r#"{"a":{"b":{"c":"1"},"d":"2"}}"#)),
            ("a=1&a=2", Ok(r#"{"a":["1","2"]}"#)),
            ("a[]=1", Ok(r#"{"a":["1"]}"#)),
            ("a=&a[]=1", Ok(r#"{"a":["","1"]}"#)),
            ("a[]=1&a=", Ok(r#"{"a":["1"]}"#)),
            ("a[]=1&a=2&a[]=3", Ok(r#"{"a":["1","3","2"]}"#)),
            ("a[7]=x&a[0]=y", Ok(r#"{"a":["y","x"]}"#)),
            ("a[99]=x", Ok(r#"{"a":["x"]}"#)),
            ("a[1000000]=x&a[0]=y", Ok(r#"{"a":{"1000000":"x","0":"y"}}"#)),
            ("a[0]=x&a[new]=y", Ok(r#"{"a":{"0":"x","new":"y"}}"#)),
            ("a[0]=x&a[0]=y", Ok(r#"{"a":[["x","y"]]}"#)),
            ("a[][b]=1&a[][c]=2", Ok(r#"{"a":[{"b":"1","c":"2"}]}"#)),
            ("a%5Bb%5d=%22%5C%00%c3%a9", Ok(r#"{"a":{"b":"\"\\\u0000é"}}"#)),
            ("a\"b[\n]=1", Ok("{\"a\\\"b\":{\"\\u000a\":\"1\"}}")),
        ],
    );
}

#[test]
fn rejects_what_parsers_read_in_different_ways() {
    let form = Err("ERR_INPUT_FORM");
    let mixed = Err("ERR_INPUT_MIXED");
    check(
        &FormPolicy::default(),
        &[
            ("a=%", form),
            ("a=%4", form),
            ("a=%4g", form),
            ("%=1", form),
            ("[a]=1", form),
            ("a[b=1", form),
            ("a[b]c=1", form),
            ("a[b[c]]=1", form),
            ("a[b]]=1", form),
            ("a[][]=1", form),
            ("a[][0]=1", form),
            ("a=b]=c", form),
            ("a=b%5d=c", form),
            ("a=%c3", Err("ERR_INPUT_UTF8")),
            ("a=%c0%a4gt", Err("ERR_INPUT_UTF8")),
            ("a=1&a[b]=2", mixed),
            ("a[b]=2&a=1", mixed),
            ("a[]=1&a[b]=2", mixed),
            ("a[]=1&a[0]=2", mixed),
            ("a[][b]=1&a[]=2", mixed),
            ("a[0]=1&a[0][]=2", mixed),
            ("a[]=1&a[$gt]=2", Err("ERR_INPUT_OPERATOR_KEY")),
        ],
    );
}

#[test]
fn judges_every_key_of_a_name() {
    let cases = [
        ("$gt=1", "ERR_INPUT_OPERATOR_KEY"),
        ("%24gt=1", "ERR_INPUT_OPERATOR_KEY"),
        ("a[%24gt]=1", "ERR_INPUT_OPERATOR_KEY"),
        ("a%5b%24gt%5d=1", "ERR_INPUT_OPERATOR_KEY"),
        ("a[b][$gt][c]=1", "ERR_INPUT_OPERATOR_KEY"),
        ("a.b=1", "ERR_INPUT_DOTTED_KEY"),
        ("a[b%2ec]=1", "ERR_INPUT_DOTTED_KEY"),
        ("__proto__[x]=1", "ERR_INPUT_PROTOTYPE_KEY"),
        ("a[__proto__][x]=1", "ERR_INPUT_PROTOTYPE_KEY"),
        ("a[%5f_proto__]=1", "ERR_INPUT_PROTOTYPE_KEY"),
        ("constructor[prototype][x]=1", "ERR_INPUT_PROTOTYPE_KEY"),
        ("a[constructor][prototype]=1", "ERR_INPUT_PROTOTYPE_KEY"),
    ];
    for dialect in [Dialect::Extended, Dialect::Simple] {
        let policy = FormPolicy { dialect, rules: Rules::ALL, ..FormPolicy::DEFAULT };
        for (body, code) in cases {
            assert_eq!(read(policy.clone(), body.as_bytes()), Err(code), "{dialect:?} {body}");
        }
        for body in ["constructor=1&prototype=2", "a[constructor]=1", "a=$gt&b=%24", "b[]=.$"] {
            assert!(read(policy.clone(), body.as_bytes()).is_ok(), "{dialect:?} {body}");
        }
    }
}

#[test]
fn drops_prototypes_as_qs_does_without_the_rule() {
    let rules = Rules { operators: false, dots: false, prototypes: false, duplicates: false };
    check(
        &FormPolicy { rules, ..FormPolicy::DEFAULT },
        &[
            ("__proto__=1&__proto__[x]=2", Ok("{}")),
            ("a[__proto__][x]=1", Ok(r#"{"a":{}}"#)),
            ("a[0]=x&a[__proto__]=1", Ok(r#"{"a":{"0":"x"}}"#)),
            ("a[__proto__][b=1", Err("ERR_INPUT_FORM")),
            ("a[$gt]=1", Ok(r#"{"a":{"$gt":"1"}}"#)),
        ],
    );
}

#[test]
fn keeps_to_the_bounds() {
    let policy = FormPolicy {
        max_bytes: 100,
        max_parameters: 3,
        max_depth: 2,
        max_key_bytes: 4,
        ..FormPolicy::DEFAULT
    };
    check(
        &policy,
        &[
            ("a[b][c]=1&&d", Ok(r#"{"a":{"b":{"c":"1"}},"d":""}"#)),
            ("a&b&c&d", Err("ERR_INPUT_KEYS")),
            ("a[b][c][d]=1", Err("ERR_INPUT_DEPTH")),
            ("a[b][c][]=1", Err("ERR_INPUT_DEPTH")),
            ("a[%c3%a9%c3%a9]=1", Ok(r#"{"a":{"éé":"1"}}"#)),
            ("a[abcde]=1", Err("ERR_INPUT_KEY_LENGTH")),
            (&"x".repeat(101), Err("ERR_INPUT_TOO_LARGE")),
            ("\u{feff}a=1", Err("ERR_INPUT_BOM")),
        ],
    );
    assert_eq!(read(policy.clone(), b"a=\xff"), Err("ERR_INPUT_UTF8"));
    let outside = FormPolicy { max_parameters: 1_000_001, ..policy };
    assert!(matches!(FormGuard::new(outside), Err(Error::InputOptionRange { .. })));
}

#[test]
fn makes_arrays_of_repeated_names() {
    let mixed = ("tags=&tags[]=2", Ok(r#"{"tags":["","2"]}"#));
    let listed = ("b[]=1&b[]=2", Ok(r#"{"b":["1","2"]}"#));
    let nested = ("u[roles]=1&u[roles]=2", Ok(r#"{"u":{"roles":["1","2"]}}"#));
    check(&FormPolicy::DEFAULT, &[mixed, listed, nested, ("a=1&a=2", Ok(r#"{"a":["1","2"]}"#))]);
}

#[test]
fn keeps_names_whole_in_the_simple_dialect() {
    let policy = FormPolicy { dialect: Dialect::Simple, ..FormPolicy::DEFAULT };
    check(
        &policy,
        &[
            ("a[b]=1&a=2&a[b=3", Ok(r#"{"a[b]":"1","a":"2","a[b":"3"}"#)),
            ("=1&a=b]=c&[x]", Ok(r#"{"":"1","a":"b]=c","[x]":""}"#)),
            ("a+b=1&a%20b=2", Ok(r#"{"a b":["1","2"]}"#)),
        ],
    );
}

#[test]
fn points_to_the_name_that_offends() {
    let guard = FormGuard::new(FormPolicy { max_depth: 3, ..FormPolicy::DEFAULT }).unwrap();
    for (body, pointer) in [
        ("x=1&user[email][$gt]=", Some("/user/email/$gt")),
        ("a=1&a[b]=2", Some("/a/b")),
        ("x=1&a[b]=%", Some("/a/b")),
        ("x=1&%=1", Some("")),
        ("a=\u{0}", None),
    ] {
        assert_eq!(guard.locate(body.as_bytes()).as_deref(), pointer, "{body}");
    }
}

#[test]
fn reads_a_hundred_thousand_names() {
    let policy = FormPolicy { max_parameters: 200_000, max_bytes: 1 << 24, ..FormPolicy::DEFAULT };
    let form: Vec<String> = (0..100_000).map(|i| format!("a[k{i}][x]={i}&a[k{i}][y]=1")).collect();
    let json = read(policy, form.join("&").as_bytes()).unwrap();
    let value: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(value["a"].as_object().unwrap().len(), 100_000);
    assert_eq!(value["a"]["k77777"]["x"], "77777");
}

proptest! {
    #[test]
    fn writes_json_for_every_form_that_it_accepts(
        body in r"((a|b|é|items)(\[(|b|c|0|1|200|%41)\]){0,3}=([ -~é]|%4[0-9a-f]|%c3%a9){0,6}&?){0,6}",
    ) {
        if let Ok(json) = read(FormPolicy::default(), body.as_bytes()) {
            prop_assert!(serde_json::from_str::<Value>(&json).is_ok(), "{}", json);
        }
    }

    #[test]
    fn never_panics_on_any_bytes(body: Vec<u8>, is_simple: bool) {
        let dialect = if is_simple { Dialect::Simple } else { Dialect::Extended };
        let _ = read(FormPolicy { dialect, ..FormPolicy::DEFAULT }, &body);
    }
}
