use super::error::*;

#[test]
fn returns_the_code_at_its_ordinal_for_every_variant() {
    let samples = [Error::JwtExpired, Error::InputSyntax, Error::PasswordBusy];
    for error in samples {
        assert_eq!(CODES[error.ordinal() as usize], error.code());
    }
}

#[test]
fn tells_the_fields_that_name_something() {
    let fields = |error: &Error| {
        let mut found = Vec::new();
        error.fields(|name, text| found.push((name, text.to_owned())));
        found
    };
    assert_eq!(fields(&Error::JwtClaimType { claim: "exp" }), [("claim", "exp".to_owned())]);
    assert_eq!(fields(&Error::JwtKeyUnknown { kid: None }), []);
    assert_eq!(fields(&Error::JwtExpired), []);
}

#[test]
fn never_lists_a_code_twice_and_names_an_area() {
    let mut seen = std::collections::HashSet::new();
    for code in CODES {
        assert!(seen.insert(code), "{code} stands twice");
        let area = [
            "JWT",
            "REVOCATIONS",
            "PASSWORD",
            "RATE_LIMIT",
            "INPUT",
            "HTML",
            "SVG",
            "ESCAPE",
            "PATTERNS",
        ];
        assert!(area.iter().any(|a| code.starts_with(&format!("ERR_{a}_"))), "{code}");
    }
}
