use std::collections::{HashMap, HashSet};

use proptest::prelude::*;
use sha2::{Digest, Sha256};

use super::*;

const NOW: f64 = 1_793_000_000.0;
const SECOND: u32 = 1_793_000_000;

fn table() -> Revocations {
    Revocations::new(1000).unwrap()
}

fn jti(text: &str, expires: u32) -> Entry {
    Entry::new(Kind::Jti, text.as_bytes(), WHATEVER_IAT, expires)
}

fn token(text: &str) -> Checked<'_> {
    Checked { jti: Some(text), ..Checked::default() }
}

fn is_revoked(table: &Revocations, text: &str, now: f64) -> bool {
    table.check(&token(text), now)
}

#[test]
fn rejects_bounds_that_make_no_table() {
    for max in [0, MAX_ENTRIES.end() + 1, u32::MAX] {
        assert_eq!(
            Revocations::new(max).err().unwrap().code(),
            "ERR_REVOCATIONS_OPTION_RANGE",
            "{max}"
        );
    }
}

#[test]
fn rejects_a_token_by_each_name_and_by_no_other() {
    let whole =
        Checked { jti: Some("a"), sub: Some("b"), sid: Some("c"), kid: Some("d"), iat: Some(NOW) };
    for (kind, name) in Kind::ALL.into_iter().zip(["a", "b", "c", "d"]) {
        let table = table();
        assert!(!table.check(&whole, NOW));
        table.revoke(Entry::new(kind, name.as_bytes(), WHATEVER_IAT, SECOND + 1), NOW).unwrap();
        assert!(table.check(&whole, NOW), "{kind:?}");
        // The same text under another kind is another name.
        let turned = Checked {
            jti: Some("d"),
            sub: Some("a"),
            sid: Some("b"),
            kid: Some("c"),
            iat: Some(NOW),
        };
        assert!(!table.check(&turned, NOW), "{kind:?}");
        assert!(!table.check(&Checked::default(), NOW), "{kind:?}");
    }
}

#[test]
fn rejects_tokens_of_a_subject_that_were_issued_before() {
    let table = table();
    table.revoke(Entry::new(Kind::Subject, b"user", SECOND, NEVER_EXPIRES), NOW).unwrap();
    let rows = [
        (Some(NOW - 1.0), true),
        (Some(NOW - 0.001), true),
        (Some(NOW), false),
        (Some(NOW + 1.0), false),
        (Some(f64::INFINITY), false),
        (Some(f64::NEG_INFINITY), true),
        (Some(f64::NAN), true),
        (None, true),
    ];
    for (iat, revoked) in rows {
        let checked = Checked { sub: Some("user"), iat, ..Checked::default() };
        assert_eq!(table.check(&checked, NOW), revoked, "{iat:?}");
    }
}

#[test]
fn accepts_again_what_has_expired_and_never_forgets_what_does_not() {
    let table = table();
    table.revoke(jti("short", SECOND + 10), NOW).unwrap();
    table.revoke(jti("long", NEVER_EXPIRES), NOW).unwrap();
    assert!(is_revoked(&table, "short", NOW + 9.999));
    assert!(!is_revoked(&table, "short", NOW + 10.0));
    for now in [f64::MAX, f64::INFINITY, f64::NAN, -1.0] {
        assert!(is_revoked(&table, "long", now), "{now}");
    }
    assert!(is_revoked(&table, "short", f64::NAN));
}

#[test]
fn keeps_the_later_of_two_times() {
    let table = table();
    let subject = |before, expires| Entry::new(Kind::Subject, b"user", before, expires);
    table.revoke(subject(SECOND - 5, SECOND + 10), NOW).unwrap();
    table.revoke(subject(SECOND - 9, SECOND + 99), NOW).unwrap();
    let checked = |iat| Checked { sub: Some("user"), iat: Some(iat), ..Checked::default() };
    assert!(table.check(&checked(NOW - 6.0), NOW + 98.0));
    assert!(!table.check(&checked(NOW - 5.0), NOW));
    assert_eq!(table.len(), 1);
}

#[test]
fn grows_the_epoch_with_every_change_and_with_nothing_else() {
    let table = table();
    let mut epochs = vec![table.epoch()];
    let steps = [
        (jti("a", SECOND + 10), true),
        (jti("a", SECOND + 10), false),
        (jti("a", SECOND + 9), false),
        (jti("a", SECOND + 11), true),
        (jti("b", SECOND), false),
        (jti("b", SECOND + 1), true),
    ];
    for (entry, changes) in steps {
        table.revoke(entry, NOW).unwrap();
        assert_eq!(table.epoch() > epochs[epochs.len() - 1], changes, "{entry:?}");
        epochs.push(table.epoch());
    }
    assert!(is_revoked(&table, "a", NOW));
    assert_eq!(table.epoch(), epochs[epochs.len() - 1]);
}

#[test]
fn rejects_what_it_has_no_room_for_and_forgets_nothing_that_lives() {
    let table = Revocations::new(100).unwrap();
    for n in 0..100 {
        table.revoke(jti(&n.to_string(), SECOND + 10 + n), NOW).unwrap();
    }
    assert_eq!(table.revoke(jti("more", SECOND + 1), NOW), Err(Error::RevocationsFull));
    assert!((0..100).all(|n| is_revoked(&table, &n.to_string(), NOW)));
    // An entry that is there can still be extended.
    table.revoke(jti("7", SECOND + 500), NOW).unwrap();
    // As soon as one has expired, its place is taken.
    let later = NOW + 10.0;
    table.revoke(jti("more", SECOND + 100), later).unwrap();
    assert_eq!(table.len(), 100);
    assert_eq!(table.revoke(jti("again", SECOND + 100), later), Err(Error::RevocationsFull));
    assert!(is_revoked(&table, "more", later) && !is_revoked(&table, "0", later));
    assert!((1..100).all(|n| is_revoked(&table, &n.to_string(), later)));
}

#[test]
fn sweeps_what_has_expired_as_new_entries_come() {
    let table = Revocations::new(1_000_000).unwrap();
    for n in 0..20_000 {
        table.revoke(jti(&format!("old {n}"), SECOND + 1), NOW).unwrap();
    }
    for n in 0..20_000 {
        table.revoke(jti(&format!("new {n}"), SECOND + 9), NOW + 1.0).unwrap();
    }
    assert_eq!(table.len(), 20_000);
}

#[test]
fn returns_by_export_what_merge_took_in() {
    let (ours, theirs) = (table(), table());
    for n in 0..500 {
        ours.revoke(jti(&n.to_string(), SECOND + 1 + n % 2), NOW).unwrap();
    }
    let later = NOW + 1.0;
    let mut part = 0;
    while let Some(bytes) = ours.export(part, later) {
        assert_eq!(bytes.len() % ENTRY_BYTES, 0);
        theirs.merge(&bytes, later).unwrap();
        part += 1;
    }
    assert_eq!((part, theirs.len()), (64, 250));
    assert!((0..500).all(|n| is_revoked(&theirs, &n.to_string(), later) == (n % 2 == 1)));
}

#[test]
fn takes_in_what_it_can_of_too_many_entries() {
    let table = Revocations::new(2).unwrap();
    let mut bytes: Vec<u8> =
        (0..3).flat_map(|n| jti(&n.to_string(), SECOND + 1).to_bytes()).collect();
    bytes.extend([0xff; ENTRY_BYTES - 1]);
    assert_eq!(table.merge(&bytes, NOW), Err(Error::RevocationsFull));
    assert!(is_revoked(&table, "0", NOW) && is_revoked(&table, "1", NOW));
}

#[test]
fn keeps_an_exported_entry_the_same_for_all_time() {
    let bytes = Entry::new(Kind::Session, b"s-1", 5, 6).to_bytes();
    let digest = Sha256::digest(b"\x02s-1");
    assert_eq!(bytes[..4], [130, 218, 240, 200]);
    assert_eq!(bytes[4..7], digest[..3]);
    assert_eq!(bytes[7], digest[3] & 0x3f | 0x80);
    assert_eq!(bytes[8..16], digest[4..12]);
    assert_eq!(bytes[16..], [5, 0, 0, 0, 6, 0, 0, 0]);
    assert_eq!(Entry::from_bytes(&bytes), Entry::new(Kind::Session, b"s-1", 5, 6));
}

#[test]
fn tells_entries_of_one_tag_apart_also_after_a_sweep() {
    let table = Revocations::new(2).unwrap();
    let ours = jti("ours", SECOND + 9);
    let mut forged = jti("ours", SECOND + 1).to_bytes();
    forged[8] ^= 1;
    table.merge(&forged, NOW).unwrap();
    assert!(!is_revoked(&table, "ours", NOW));
    table.revoke(ours, NOW).unwrap();
    assert!(is_revoked(&table, "ours", NOW) && table.len() == 2);
    let all: Vec<u8> = (0..).map_while(|part| table.export(part, NOW)).flatten().collect();
    assert_eq!(all, [forged, ours.to_bytes()].concat());
    // The forged one makes room.
    table.revoke(jti("other", SECOND + 9), NOW + 1.0).unwrap();
    assert!(is_revoked(&table, "ours", NOW + 1.0) && is_revoked(&table, "other", NOW + 1.0));
    table.revoke(jti("ours", SECOND + 10), NOW + 1.0).unwrap();
    assert!(is_revoked(&table, "ours", NOW + 9.0) && table.len() == 2);
}

#[test]
fn never_loses_an_entry_of_threads_that_fill_one_table() {
    let table = Revocations::new(20_000).unwrap();
    std::thread::scope(|scope| {
        for thread in 0..4 {
            let table = &table;
            scope.spawn(move || {
                for n in 0..5_000 {
                    let name = format!("{thread} {n}");
                    let before = table.epoch();
                    table.revoke(jti(&name, SECOND + 9), NOW).unwrap();
                    assert!(is_revoked(table, &name, NOW) && table.epoch() > before);
                    // The other threads' names come and go in another order.
                    let _ = is_revoked(table, &format!("{} {n}", (thread + 1) % 4), NOW);
                }
            });
        }
    });
    assert_eq!(table.len(), 20_000);
    for thread in 0..4 {
        assert!((0..5_000).all(|n| is_revoked(&table, &format!("{thread} {n}"), NOW)));
    }
}

#[test]
fn never_holds_more_than_the_bound_when_threads_compete_for_the_last_places() {
    let table = Revocations::new(1_000).unwrap();
    let kept: usize = std::thread::scope(|scope| {
        let fill = |thread| {
            let table = &table;
            move || {
                let names = (0..1_000).map(|n| format!("{thread} {n}"));
                names.filter(|name| table.revoke(jti(name, SECOND + 9), NOW).is_ok()).count()
            }
        };
        let threads: Vec<_> = (0..4).map(|thread| scope.spawn(fill(thread))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).sum()
    });
    assert_eq!((kept, table.len()), (1_000, 1_000));
}

#[derive(Clone, Debug)]
enum Step {
    Revoke { kind: usize, name: u8, before: u32, lives: u32 },
    Wait(u8),
    Reload,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let before = prop_oneof![0..40_u32, Just(WHATEVER_IAT)];
    let lives = prop_oneof![8 => 0..40_u32, 1 => Just(NEVER_EXPIRES)];
    let step = prop_oneof![
        8 => (0..4_usize, 0..12_u8, before, lives)
            .prop_map(|(kind, name, before, lives)| Step::Revoke { kind, name, before, lives }),
        2 => (0..10_u8).prop_map(Step::Wait),
        1 => Just(Step::Reload),
    ];
    prop::collection::vec(step, 1..60)
}

/// Entries by kind and name: `before` and `expires`.
type Naive = HashMap<(usize, u8), (u32, u32)>;

fn naive_revoke(
    twin: &mut Naive,
    key: (usize, u8),
    term: (u32, u32),
    max: usize,
    now: u32,
) -> bool {
    if term.1 <= now {
        return true;
    }
    twin.retain(|_, (_, expires)| *expires > now);
    if twin.len() == max && !twin.contains_key(&key) {
        return false;
    }
    let found = twin.entry(key).or_insert(term);
    *found = (found.0.max(term.0), found.1.max(term.1));
    true
}

fn naive_check(twin: &Naive, kind: usize, name: u8, iat: Option<f64>, now: u32) -> bool {
    let refuses = |(before, expires): &(u32, u32)| {
        let is_old = iat.is_none_or(|iat| iat < f64::from(*before));
        *expires > now && (*before == WHATEVER_IAT || is_old)
    };
    twin.get(&(kind, name)).is_some_and(refuses)
}

fn named(kind: usize, name: &str, iat: Option<f64>) -> Checked<'_> {
    let of = |wanted: usize| (kind == wanted).then_some(name);
    Checked { jti: of(0), sub: of(1), sid: of(2), kid: of(3), iat }
}

proptest! {
    #[test]
    fn answers_as_a_naive_list_does(steps in steps(), max in 1..20_u32, iat in prop::option::of(0..60_u32)) {
        let mut table = Revocations::new(max).unwrap();
        let mut twin = Naive::new();
        let mut now = 0;
        let iat = iat.map(f64::from);
        for step in steps {
            match step {
                Step::Wait(seconds) => now += u32::from(seconds),
                Step::Revoke { kind, name, before, lives } => {
                    let expires = lives.saturating_add(now);
                    let entry = Entry::new(Kind::ALL[kind], name.to_string().as_bytes(), before, expires);
                    let kept = table.revoke(entry, now.into()).is_ok();
                    let expected = naive_revoke(&mut twin, (kind, name), (before, expires), max as usize, now);
                    prop_assert_eq!(kept, expected);
                }
                Step::Reload => {
                    let fresh = Revocations::new(max).unwrap();
                    (0..).map_while(|part| table.export(part, now.into())).for_each(|bytes| fresh.merge(&bytes, now.into()).unwrap());
                    table = fresh;
                }
            }
            for (kind, name) in (0..4).flat_map(|kind| (0..12_u8).map(move |name| (kind, name))) {
                let text = name.to_string();
                let revoked = table.check(&named(kind, &text, iat), now.into());
                prop_assert_eq!(revoked, naive_check(&twin, kind, name, iat, now));
            }
        }
    }

    #[test]
    fn never_meets_in_one_entry_for_two_names(names in prop::collection::hash_set(".{0,40}", 2..20)) {
        let entries: HashSet<_> = names
            .iter()
            .flat_map(|name| Kind::ALL.map(|kind| Entry::new(kind, name.as_bytes(), 0, 1).to_bytes()))
            .collect();
        prop_assert_eq!(entries.len(), names.len() * 4);
    }

    #[test]
    fn takes_any_bytes_for_entries(bytes: Vec<u8>, now: f64) {
        let table = Revocations::new(10).unwrap();
        let _ = table.merge(&bytes, now);
        prop_assert!(table.len() <= bytes.len() / ENTRY_BYTES);
        let all: Vec<u8> = (0..).map_while(|part| table.export(part, now)).flatten().collect();
        prop_assert_eq!(all.len(), table.len() * ENTRY_BYTES);
    }
}
