use super::*;

#[test]
#[ignore]
fn timing() {
    let l = Limiter::new(Config {
        limit: 10_000_000,
        window_ms: 60_000,
        algorithm: Algorithm::Fixed,
        max_bytes: 1 << 24,
        addresses: Some(Prefix::DEFAULT),
    })
    .unwrap();
    let g = Limiter::new(Config {
        limit: 10_000_000,
        window_ms: 60_000,
        algorithm: Algorithm::Gcra,
        max_bytes: 1 << 24,
        addresses: Some(Prefix::DEFAULT),
    })
    .unwrap();
    fn time(name: &str, mut f: impl FnMut()) {
        let mut best = f64::MAX;
        for _ in 0..9 {
            let t = std::time::Instant::now();
            for _ in 0..200_000 {
                f()
            }
            best = best.min(t.elapsed().as_nanos() as f64 / 200_000.0);
        }
        println!("{name:30} {best:.1}");
    }
    for ip in ["203.0.113.195", "2001:db8:85a3:8d3:1319:8a2e:370:7348", "::ffff:203.0.113.195"] {
        time(ip, || {
            std::hint::black_box(
                Address::parse(std::hint::black_box(ip.as_bytes()), Prefix::DEFAULT).unwrap(),
            );
        });
        time("  key", || {
            std::hint::black_box(l.key(std::hint::black_box(ip.as_bytes())).unwrap());
        });
        let key = l.key(ip.as_bytes()).unwrap();
        time("  consume", || {
            std::hint::black_box(l.consume(std::hint::black_box(key), 1, None, 77).unwrap());
        });
        time("  gcra consume", || {
            std::hint::black_box(g.consume(std::hint::black_box(key), 1, None, 77).unwrap());
        });
    }
    let s = std::time::Instant::now();
    time("clock", || {
        std::hint::black_box(s.elapsed().as_millis() as u64);
    });
}
