//! A fixed piece of work per native door, whose instructions `npm run bench:instructions` counts under callgrind.
//!
//! Without arguments it prints the names of the doors. With `<door> <repetitions>` it does that work and prints the CPU
//! features that the crates dispatch on, as they are seen under valgrind too. The script runs each door with two numbers
//! of repetitions: the difference holds no set-up. Criterion measures time, which is why it has no part in this.

use std::hint::black_box;

use portcullis_core::escape::html;
use portcullis_core::input::{FormGuard, FormPolicy, Guard, Policy as BodyPolicy};
use portcullis_core::jwt::{
    Algorithm, Key, KeyBytes, Matcher, Policy, Signer, Strength, Verifier, VerifierOptions,
    VerifyingKey,
};
use portcullis_core::rate_limit::{self, Config, Limiter, MOST_LIMIT, Prefix};
use portcullis_core::revocations::{
    Checked, Entry, Kind, NEVER_EXPIRES, Revocations, WHATEVER_IAT,
};

type Work = Box<dyn FnMut()>;
/// Its name in the record, and what prepares its work.
type Door = (&'static str, fn() -> Work);

const DOORS: [Door; 9] = [
    ("jwt: verify HS256", verify),
    ("jwt: sign HS256", sign),
    ("input: guard 1 KB", guard),
    ("input: read a form of 10 fields", form),
    ("rate_limit: consume", consume),
    ("escape: 1,000 clean characters", escape_clean),
    ("escape: 1,000 dirty characters", escape_dirty),
    ("revocations: hit", revocation_hit),
    ("revocations: miss", revocation_miss),
];

const SECRET: &[u8] = b"a secret for benchmarks with 64 bytes, as many as HS512 asks for";
const CLAIMS: &[u8] = br#"{"iat":1793000000,"exp":1793000900,"iss":"https://api.example.com","aud":"web","sub":"user-1","roles":["user","editor"],"email":"someone@example.com","jti":"id-1"}"#;
const NOW: f64 = 1_793_000_100.0;
const NOW_MS: u64 = 1_000;

const BODY_BYTES: usize = 1024;
const ROW: &str =
    r#"{"id":1234,"name":"Ada Lovelace","tags":["a","b"],"note":"an \"ordinary\" line"}"#;

const FORM: &str = "name=Ada+Lovelace&email=ada%40example.com&item%5Bsku%5D=PRT-1000&item%5Btitle%5D=A+gate&tags%5B%5D=iron&";

const ADDRESSES: usize = 64;

const TEXT_UNITS: usize = 1_000;
const CLEAN: &str = "A harmless sentence of an ordinary comment, ";
const DIRTY: &str = "An <b>ordinary</b> comment & its \"author\", ";

const REVOKED: usize = 4_096;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let Some(wanted) = args.first().filter(|arg| !arg.starts_with("--")) else {
        DOORS.iter().for_each(|(name, _)| println!("{name}"));
        return;
    };
    let Some((_, prepare)) = DOORS.iter().find(|(name, _)| name == wanted) else {
        eprintln!("unknown door \"{wanted}\"");
        std::process::exit(1);
    };
    let Some(repetitions) = args.get(1).and_then(|arg| arg.parse::<u32>().ok()) else {
        eprintln!("the number of repetitions must be a whole number");
        std::process::exit(1);
    };
    let mut work = prepare();
    for _ in 0..repetitions {
        work();
    }
    println!("{}", features().join(" "));
}

/// Those for which a crate in use has code of its own: base64-simd, memchr, foldhash, sha2, AWS-LC.
#[cfg(target_arch = "x86_64")]
fn features() -> Vec<&'static str> {
    let known = [
        ("ssse3", is_x86_feature_detected!("ssse3")),
        ("sse4.1", is_x86_feature_detected!("sse4.1")),
        ("avx", is_x86_feature_detected!("avx")),
        ("avx2", is_x86_feature_detected!("avx2")),
        ("avx512f", is_x86_feature_detected!("avx512f")),
        ("bmi2", is_x86_feature_detected!("bmi2")),
        ("aes", is_x86_feature_detected!("aes")),
        ("sha", is_x86_feature_detected!("sha")),
    ];
    known.into_iter().filter_map(|(name, is_there)| is_there.then_some(name)).collect()
}

#[cfg(target_arch = "aarch64")]
fn features() -> Vec<&'static str> {
    let known = [
        ("neon", std::arch::is_aarch64_feature_detected!("neon")),
        ("aes", std::arch::is_aarch64_feature_detected!("aes")),
        ("sha2", std::arch::is_aarch64_feature_detected!("sha2")),
    ];
    known.into_iter().filter_map(|(name, is_there)| is_there.then_some(name)).collect()
}

#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
fn features() -> Vec<&'static str> {
    Vec::new()
}

#[allow(clippy::unwrap_used)]
fn verify() -> Work {
    let key = Key::new(KeyBytes::Secret(SECRET), Strength::Full).unwrap();
    let token = Signer::new(&key, Algorithm::Hs256, None).unwrap().sign(CLAIMS).unwrap();
    let verifier = Verifier::new(
        &[VerifyingKey::new(&key, &[Algorithm::Hs256], None).unwrap()],
        VerifierOptions {
            policy: Policy {
                issuers: vec![Matcher::text("https://api.example.com".into()).unwrap()],
                audiences: vec![Matcher::text("web".into()).unwrap()],
                ..Policy::default()
            },
            ..VerifierOptions::default()
        },
    );
    let verifier = verifier.unwrap();
    let mut payload = Vec::new();
    Box::new(move || {
        black_box(verifier.verify_into(black_box(&token), NOW, &mut payload).unwrap());
    })
}

#[allow(clippy::unwrap_used)]
fn sign() -> Work {
    let key = Key::new(KeyBytes::Secret(SECRET), Strength::Full).unwrap();
    let signer = Signer::new(&key, Algorithm::Hs256, None).unwrap();
    Box::new(move || {
        black_box(signer.sign(black_box(CLAIMS)).unwrap());
    })
}

/// Rows of an ordinary list, filled up with one long string to the exact size.
#[allow(clippy::unwrap_used)]
fn guard() -> Work {
    let frame = r#"{"rows":[],"text":""}"#;
    let rows = [ROW; 8].join(",");
    let text = "x".repeat(BODY_BYTES - frame.len() - rows.len());
    let body = format!(r#"{{"rows":[{rows}],"text":"{text}"}}"#);
    assert_eq!(body.len(), BODY_BYTES);
    let guard = Guard::new(BodyPolicy::default()).unwrap();
    Box::new(move || {
        black_box(guard.check(black_box(body.as_bytes())).unwrap());
    })
}

/// Flat and nested names, as a browser encodes them.
#[allow(clippy::unwrap_used)]
fn form() -> Work {
    let body = FORM.repeat(2);
    let guard = FormGuard::new(FormPolicy::default()).unwrap();
    let mut json = Vec::new();
    Box::new(move || {
        json.clear();
        guard.read(black_box(body.as_bytes()), &mut json).unwrap();
        black_box(&json);
    })
}

/// As a request does it: the client's address is parsed and hashed, and its window is charged.
#[allow(clippy::unwrap_used)]
fn consume() -> Work {
    let limiter = Limiter::new(Config {
        limit: MOST_LIMIT,
        window_ms: 60_000,
        algorithm: rate_limit::Algorithm::Fixed,
        max_bytes: 1024 * 1024,
        addresses: Some(Prefix::DEFAULT),
    });
    let limiter = limiter.unwrap();
    let addresses: Vec<String> = (0..ADDRESSES).map(|n| format!("203.0.113.{n}")).collect();
    let mut at = 0;
    Box::new(move || {
        let address = addresses.get(at % ADDRESSES).map(String::as_bytes).unwrap_or_default();
        at += 1;
        let key = limiter.key(black_box(address)).unwrap();
        black_box(limiter.consume(key, 1, None, NOW_MS).unwrap());
    })
}

fn escape_clean() -> Work {
    escape(CLEAN)
}

fn escape_dirty() -> Work {
    escape(DIRTY)
}

fn escape(sentence: &str) -> Work {
    let text: Vec<u16> = sentence.encode_utf16().cycle().take(TEXT_UNITS).collect();
    Box::new(move || {
        black_box(html(black_box(&text)));
    })
}

fn revocation_hit() -> Work {
    revocations(0, true)
}

fn revocation_miss() -> Work {
    revocations(REVOKED, false)
}

/// Looks up the ids from `first` on, one after the other.
#[allow(clippy::unwrap_used)]
fn revocations(first: usize, is_revoked: bool) -> Work {
    let table = Revocations::new(100_000).unwrap();
    for n in 0..REVOKED {
        let entry = Entry::new(Kind::Jti, id(n).as_bytes(), WHATEVER_IAT, NEVER_EXPIRES);
        table.revoke(entry, NOW).unwrap();
    }
    let ids: Vec<String> = (0..REVOKED).map(|n| id(first + n)).collect();
    let mut at = 0;
    Box::new(move || {
        let jti = ids.get(at % REVOKED).map(String::as_str);
        at += 1;
        let checked = Checked { jti, sub: Some("user-1"), iat: Some(NOW), ..Checked::default() };
        assert_eq!(table.check(black_box(&checked), NOW), is_revoked);
    })
}

/// As long as `crypto.randomUUID()` makes them.
fn id(n: usize) -> String {
    format!("{n:08x}-1d3f-4a5b-8c7d-{n:012x}")
}
