use std::collections::HashMap;

use proptest::prelude::*;

use super::*;
use crate::sip::sip13;

fn config(limit: u32, window_ms: u32) -> Config {
    Config { limit, window_ms, algorithm: Algorithm::Fixed, max_bytes: 1 << 20, addresses: None }
}

fn limiter(limit: u32, window_ms: u32) -> Limiter {
    Limiter::new(config(limit, window_ms)).unwrap()
}

fn gcra(limit: u32, window_ms: u32) -> Limiter {
    Limiter::new(Config { algorithm: Algorithm::Gcra, ..config(limit, window_ms) }).unwrap()
}

fn hit(limiter: &Limiter, key: &str, now: u64) -> Decision {
    limiter.consume(limiter.key(key.as_bytes()).unwrap(), 1, None, now).unwrap()
}

fn vectors() -> serde_json::Value {
    serde_json::from_str(include_str!("../../../__test__/vectors/rate-limit.json")).unwrap()
}

#[test]
fn returns_one_key_for_every_notation_of_an_address() {
    for row in vectors()["addresses"].as_array().unwrap() {
        let prefix = Prefix::new(row["subnet"].as_u64().unwrap() as u32).unwrap();
        let address = Address::parse(row["ip"].as_str().unwrap().as_bytes(), prefix).unwrap();
        assert_eq!(address.to_string(), row["key"].as_str().unwrap(), "{row}");
    }
}

#[test]
fn rejects_what_is_no_address() {
    for row in vectors()["rejected"].as_array().unwrap() {
        let parsed = Address::parse(row.as_str().unwrap().as_bytes(), Prefix::DEFAULT);
        assert_eq!(parsed.unwrap_err().code(), "ERR_RATE_LIMIT_ADDRESS", "{row}");
    }
    assert!(Address::parse(b"\xff\xfe", Prefix::DEFAULT).is_err());
}

#[test]
fn rejects_options_outside_their_bounds() {
    let rows = [
        Config { limit: MOST_LIMIT + 1, ..config(1, 1) },
        config(1, 0),
        config(1, LONGEST_MS + 1),
        Config { max_bytes: 1024, ..config(1, 1) },
        Config { max_bytes: u32::MAX, ..config(1, 1) },
    ];
    for row in rows {
        let error = Limiter::new(row.clone()).err().unwrap();
        assert_eq!(error.code(), "ERR_RATE_LIMIT_OPTION_RANGE", "{row:?}");
    }
    assert!(Prefix::new(31).is_err() && Prefix::new(129).is_err());
}

#[test]
fn rejects_keys_that_are_empty_or_too_long_and_costs_that_never_pass() {
    let limiter = limiter(3, 1000);
    assert!(limiter.key(b"").is_err());
    assert!(limiter.key(&[b'a'; LONGEST_KEY_BYTES + 1]).is_err());
    let key = limiter.key(&[b'a'; LONGEST_KEY_BYTES]).unwrap();
    for cost in [0, 4, u32::MAX] {
        assert_eq!(limiter.consume(key, cost, None, 0).unwrap_err().code(), "ERR_RATE_LIMIT_COST");
    }
}

#[test]
fn accepts_exactly_the_limit_in_a_window_that_starts_at_the_first_hit() {
    let limiter = limiter(2, 1000);
    assert_eq!(hit(&limiter, "a", 700).remaining, 1);
    assert!(hit(&limiter, "a", 1699).allowed);
    let refused = hit(&limiter, "a", 1699);
    assert!(!refused.allowed);
    assert_eq!((refused.used, refused.reset_ms, refused.retry_after_ms), (3, 1, 1));
    assert!(hit(&limiter, "a", 1700).allowed);
    assert!(hit(&limiter, "b", 1700).allowed);
}

#[test]
fn rejects_every_hit_when_the_limit_is_zero() {
    for limiter in [limiter(0, 1000), gcra(0, 1000)] {
        for now in [0, 999, 1000, 5000] {
            let decision = hit(&limiter, "a", now);
            assert!(!decision.allowed && decision.retry_after_ms > 0);
            assert!(!limiter.peek(limiter.key(b"b").unwrap(), now).allowed);
        }
    }
}

#[test]
fn never_refunds_below_zero_nor_on_a_new_window() {
    let limiter = limiter(2, 1000);
    let key = limiter.key(b"a").unwrap();
    let first = hit(&limiter, "a", 0);
    limiter.refund(key, 9, Some(first.window), 1);
    assert_eq!(limiter.peek(key, 1).remaining, 2);
    hit(&limiter, "a", 1000);
    limiter.refund(key, 1, Some(first.window), 1001);
    assert_eq!(limiter.peek(key, 1001).remaining, 1);
    limiter.refund(key, 1, None, 2000);
    assert_eq!(limiter.peek(key, 2000).remaining, 2);
    assert_eq!(limiter.stats(2000).keys, 0);
}

#[test]
fn takes_nothing_for_a_refused_cost_that_is_dearer_than_what_remains() {
    let limiter = limiter(5, 1000);
    let key = limiter.key(b"a").unwrap();
    assert!(limiter.consume(key, 3, None, 0).unwrap().allowed);
    assert!(!limiter.consume(key, 3, None, 0).unwrap().allowed);
    assert!(limiter.consume(key, 2, None, 0).unwrap().allowed);
}

#[test]
fn rejects_a_blocked_key_until_its_time_and_forgets_it_on_reset() {
    for limiter in [limiter(3, 1000), gcra(3, 1000)] {
        let key = limiter.key(b"a").unwrap();
        limiter.block(key, 60_000, 10);
        limiter.refund(key, 3, None, 11);
        let decision = hit(&limiter, "a", 60_009);
        assert!(!decision.allowed);
        assert_eq!(decision.retry_after_ms, 1);
        assert!(hit(&limiter, "a", 60_010).allowed);
        limiter.block(key, 60_000, 60_011);
        limiter.reset(key);
        assert!(hit(&limiter, "a", 60_012).allowed);
    }
}

#[test]
fn never_holds_a_client_longer_than_a_window_when_the_clock_goes_back() {
    for limiter in [limiter(1, 1000), gcra(1, 1000)] {
        hit(&limiter, "a", 1_000_000);
        let refused = hit(&limiter, "a", 5);
        assert!(!refused.allowed && refused.retry_after_ms <= 1000);
    }
    let limiter = limiter(1, 1000);
    assert!(hit(&limiter, "a", u64::MAX).allowed);
    assert!(!hit(&limiter, "a", u64::MAX).allowed);
}

#[test]
fn refills_one_hit_per_interval_under_gcra() {
    let limiter = gcra(4, 1000);
    for _ in 0..4 {
        assert!(hit(&limiter, "a", 0).allowed);
    }
    let refused = hit(&limiter, "a", 0);
    assert_eq!((refused.retry_after_ms, refused.reset_ms, refused.remaining), (250, 1000, 0));
    assert!(!hit(&limiter, "a", 249).allowed);
    assert!(hit(&limiter, "a", 250).allowed);
    let key = limiter.key(b"a").unwrap();
    limiter.refund(key, 2, None, 250);
    assert_eq!(limiter.peek(key, 250).remaining, 2);
    limiter.refund(key, 99, None, 250);
    assert_eq!(limiter.stats(250).keys, 0);
}

#[test]
fn rejects_a_cost_above_the_prepared_limit_under_gcra_whatever_limit_replaces_it() {
    let limiter = gcra(1, LONGEST_MS);
    let key = limiter.key(b"a").unwrap();
    for cost in [2, 10_000, MOST_LIMIT] {
        let refused = limiter.consume(key, cost, Some(MOST_LIMIT), 0).unwrap_err();
        assert_eq!(refused.code(), "ERR_RATE_LIMIT_COST");
    }
    assert!(limiter.consume(key, 1, Some(0), 0).unwrap().allowed);
}

#[test]
fn accepts_exactly_the_limit_from_many_threads() {
    for limiter in [limiter(1000, 60_000), gcra(1000, 60_000)] {
        let passed = std::thread::scope(|scope| {
            let work = || (0..4000).filter(|_| hit(&limiter, "a", 7).allowed).count();
            let threads: Vec<_> = (0..8).map(|_| scope.spawn(work)).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).sum::<usize>()
        });
        assert_eq!(passed, 1000);
    }
}

#[test]
fn keeps_its_bound_and_every_blocked_client_under_a_flood_of_fresh_keys() {
    let limiter = Limiter::new(Config { max_bytes: 64 * 1024, ..config(1, 60_000) }).unwrap();
    let attackers: Vec<String> = (0..100).map(|index| format!("attacker {index}")).collect();
    for attacker in &attackers {
        hit(&limiter, attacker, 0);
        assert!(!hit(&limiter, attacker, 0).allowed);
    }
    let wide = |key: Key| limiter.consume(key, 1, Some(5), 1).unwrap();
    for index in 0..50_000 {
        wide(limiter.key(format!("fresh {index}").as_bytes()).unwrap());
    }
    let stats = limiter.stats(1);
    assert!(
        stats.bytes <= 64 * 1024 && stats.evictions > 40_000 && stats.keys <= 4096,
        "{stats:?}"
    );
    for attacker in &attackers {
        assert!(!hit(&limiter, attacker, 2).allowed, "{attacker}");
    }
}

#[test]
fn holds_a_key_in_at_most_48_bytes_without_forgetting_any() {
    let limiter = Limiter::new(Config { max_bytes: 16 << 20, ..config(5, 60_000) }).unwrap();
    for index in 0..300_000 {
        hit(&limiter, &index.to_string(), 0);
        if index % 10_000 == 9_999 {
            let stats = limiter.stats(0);
            assert_eq!((stats.keys, stats.evictions), (index + 1, 0));
            assert!(stats.bytes / stats.keys <= 48, "{stats:?}");
        }
    }
}

/// The oracle: what governor decides with its own store and clock.
#[test]
fn agrees_with_governor_on_its_own_store() {
    use governor::clock::FakeRelativeClock;
    use std::num::NonZeroU32;
    use std::time::Duration;
    let clock = FakeRelativeClock::default();
    let quota = governor::Quota::with_period(Duration::from_millis(100)).unwrap();
    let quota = quota.allow_burst(NonZeroU32::new(10).unwrap());
    let oracle = governor::RateLimiter::direct_with_clock(quota, clock.clone());
    let limiter = gcra(10, 1000);
    let key = limiter.key(b"a").unwrap();
    let mut now = 0;
    for step in 0_u64..20_000 {
        let pause = step * 2_654_435_761 % 97;
        clock.advance(Duration::from_millis(pause));
        now += pause;
        let cost = (step % 3 + 1) as u32;
        let expected = oracle.check_n(NonZeroU32::new(cost).unwrap()).unwrap().is_ok();
        assert_eq!(limiter.consume(key, cost, None, now).unwrap().allowed, expected, "step {step}");
    }
}

#[derive(Clone, Debug)]
enum Step {
    Consume(u8, u32),
    Refund(u8, u32),
    Reset(u8),
    Wait(u64),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        6 => (0..6_u8, 1..4_u32).prop_map(|(key, cost)| Step::Consume(key, cost)),
        1 => (0..6_u8, 1..4_u32).prop_map(|(key, cost)| Step::Refund(key, cost)),
        1 => (0..6_u8).prop_map(Step::Reset),
        2 => (0..700_u64).prop_map(Step::Wait),
    ];
    prop::collection::vec(step, 1..200)
}

/// The naive twin: a map of (end, used) per key.
fn naive(
    map: &mut HashMap<u8, (u64, u32)>,
    key: u8,
    cost: u32,
    limit: u32,
    now: u64,
) -> (bool, u32, u64) {
    let entry = map.entry(key).or_insert((0, 0));
    if entry.0 <= now {
        *entry = (now + 1000, 0);
    }
    let allowed = entry.1 + cost <= limit;
    if allowed || entry.1 >= limit {
        entry.1 += cost;
    }
    (allowed, limit.saturating_sub(entry.1), entry.0 - now)
}

proptest! {
    /// The oracle: the standard library's hasher, whose key is zero if it is made with `new()`.
    #[test]
    fn hashes_as_the_standard_library_does(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let mut oracle = std::hash::DefaultHasher::new();
        std::hash::Hasher::write(&mut oracle, &bytes);
        prop_assert_eq!(sip13([0, 0], &bytes), std::hash::Hasher::finish(&oracle));
    }

    #[test]
    fn agrees_with_a_naive_map(steps in steps(), limit in 3..6_u32) {
        let limiter = limiter(limit, 1000);
        let mut twin = HashMap::new();
        let mut now = 0;
        for step in steps {
            let key = |name: u8| limiter.key(&[name]).unwrap();
            match step {
                Step::Consume(name, cost) => {
                    let got = limiter.consume(key(name), cost, None, now).unwrap();
                    let expected = naive(&mut twin, name, cost, limit, now);
                    prop_assert_eq!((got.allowed, got.remaining, got.reset_ms), expected);
                }
                Step::Refund(name, cost) => {
                    limiter.refund(key(name), cost, None, now);
                    if let Some(entry) = twin.get_mut(&name).filter(|entry| entry.0 > now) {
                        entry.1 = entry.1.saturating_sub(cost);
                    }
                }
                Step::Reset(name) => {
                    limiter.reset(key(name));
                    twin.remove(&name);
                }
                Step::Wait(ms) => now += ms,
            }
        }
    }

    #[test]
    fn reads_every_address_as_the_standard_library_does(bits: u128, plain: [u16; 8], text in "[0-9a-fA-F:.]{0,40}", short in "([0-9a-fA-F]{0,5}:{1,3}){0,9}[0-9a-f]{0,5}") {
        let groups = plain.map(|group| if group % 3 == 0 { 0 } else { group });
        let written = [std::net::Ipv6Addr::from(groups).to_string(), std::net::Ipv6Addr::from(bits).to_string(), text, short];
        for text in written {
            let standard = text.parse::<std::net::Ipv6Addr>().ok();
            let ours = Address::parse(text.as_bytes(), Prefix::WHOLE).ok();
            if let (Some(address), Some(Address::V6 { network, .. })) = (standard, ours) {
                prop_assert_eq!(address, network);
            } else if standard.is_some() {
                prop_assert!(matches!(ours, Some(Address::V4(_))), "{}", text);
            } else {
                prop_assert!(!matches!(ours, Some(Address::V6 { .. })), "{}", text);
            }
        }
    }

    #[test]
    fn never_panics_whatever_the_numbers(limit in 0..=MOST_LIMIT, window_ms in 1..=LONGEST_MS, cost: u32, replaced: Option<u32>, now: u64, block_ms: u32) {
        for limiter in [limiter(limit, window_ms), gcra(limit, window_ms)] {
            let key = limiter.key(b"a").unwrap();
            for cost in [cost, cost % (limit.max(1)) + 1, limit.max(1), MOST_LIMIT] {
                let _ = limiter.consume(key, cost, replaced, now);
                limiter.block(key, block_ms % LONGEST_MS + 1, now);
                let _ = limiter.consume(key, cost, Some(MOST_LIMIT), now);
                limiter.refund(key, cost, None, now);
                let _ = limiter.peek(key, now);
            }
        }
    }

    #[test]
    fn reads_every_dotted_address_as_the_standard_library_does(text in "([0-9]{1,3}|25[0-9])(\\.([0-9]{0,3}|0|255)){2,4}") {
        let standard = text.parse().ok().map(Address::V4);
        prop_assert_eq!(Address::parse(text.as_bytes(), Prefix::WHOLE).ok(), standard);
    }

    #[test]
    fn never_admits_more_than_the_burst_and_the_refill_under_gcra(pauses in prop::collection::vec(0..300_u64, 1..200)) {
        let limiter = gcra(5, 1000);
        let (mut now, mut passed) = (0, 0);
        for pause in pauses {
            now += pause;
            passed += u64::from(hit(&limiter, "a", now).allowed);
            prop_assert!(passed <= 5 + now / 200);
        }
    }
}
