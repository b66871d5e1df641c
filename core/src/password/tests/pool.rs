//! The pool: its bound, its order, its end, and panics inside it. Jobs are held at a gate instead of sleeping.

use std::num::NonZeroUsize;
use std::sync::mpsc::{Receiver, Sender, channel};

use super::{SALT, engine, hasher, password};
use crate::Error;
use crate::password::{ArgonEngine, POOL_CONFIG};
use crate::pool::{self, Fault, Stats};

type Pool = pool::Pool<ArgonEngine>;

fn pool(threads: usize, max_queue: usize) -> Pool {
    let threads = NonZeroUsize::new(threads).unwrap();
    Pool::new(threads, max_queue, POOL_CONFIG, || Box::new(engine()))
}

type Outcome = Result<usize, Fault>;

/// A job that reports its start and then waits at its gate; dropping the sender opens the gate.
fn held(pool: &Pool, name: usize, began: &Sender<usize>, ended: &Sender<Outcome>) -> Sender<()> {
    let (open, gate) = channel::<()>();
    let (began, ended) = (began.clone(), ended.clone());
    let place = pool.reserve().unwrap();
    place.run(
        move |_| {
            began.send(name).unwrap();
            let _ = gate.recv();
            Ok(name)
        },
        move |outcome| ended.send(outcome).unwrap(),
    );
    open
}

fn stats(pool: &Pool) -> (usize, usize, u64, u64) {
    let Stats { active, queued, completed, refused, .. } = pool.stats();
    (active, queued, completed, refused)
}

fn next<T>(from: &Receiver<T>) -> T {
    from.recv_timeout(std::time::Duration::from_secs(20)).unwrap()
}

#[test]
fn rejects_the_job_that_finds_the_queue_full_and_keeps_the_order() {
    let (began, begins) = channel();
    let (ended, ends) = channel();
    let pool = pool(1, 2);
    let gates: Vec<_> = (0..3).map(|name| held(&pool, name, &began, &ended)).collect();
    assert_eq!(pool.reserve().err(), Some(Error::PasswordBusy));
    assert_eq!(stats(&pool), (1, 2, 0, 1));
    assert_eq!(next(&begins), 0);
    assert!(begins.try_recv().is_err(), "one thread, one job at a time");
    for (name, gate) in gates.into_iter().enumerate() {
        drop(gate);
        assert_eq!(next(&ends), Ok(name));
    }
    assert_eq!(stats(&pool), (0, 0, 3, 1));
    assert!(pool.reserve().is_ok());
}

#[test]
fn accepts_work_on_idle_threads_without_a_queue() {
    let (began, begins) = channel();
    let (ended, ends) = channel();
    let pool = pool(2, 0);
    let gates = [held(&pool, 0, &began, &ended), held(&pool, 1, &began, &ended)];
    assert_eq!(next(&begins) + next(&begins), 1, "both run at once");
    assert_eq!(pool.reserve().err(), Some(Error::PasswordBusy));
    drop(gates);
    assert!(next(&ends).is_ok() && next(&ends).is_ok());
}

#[test]
fn returns_a_place_that_was_not_used() {
    let pool = pool(1, 0);
    drop(pool.reserve().unwrap());
    assert_eq!(stats(&pool), (0, 0, 0, 0));
    assert!(pool.reserve().is_ok());
}

#[test]
fn returns_a_fault_for_a_panic_and_lives_on() {
    let (ended, ends) = channel();
    let pool = pool(1, 4);
    for _ in 0..3 {
        let ended = ended.clone();
        pool.reserve().unwrap().run::<usize>(
            |_| panic!("asked to panic"),
            move |outcome| ended.send(outcome).unwrap(),
        );
        assert_eq!(next(&ends), Err(Fault::Panicked));
    }
    pool.reserve().unwrap().run(|_| Ok(1), |_: Outcome| panic!("asked to panic at the end"));
    pool.reserve().unwrap().run(
        |engine| hasher().hash(engine.as_mut(), &password("still"), &SALT).map(|hash| hash.len()),
        move |outcome| ended.send(outcome).unwrap(),
    );
    assert!(next(&ends).is_ok());
    assert_eq!(stats(&pool), (0, 0, 5, 0));
}

#[test]
fn returns_what_was_accepted_after_close_and_rejects_the_rest() {
    let (began, _begins) = channel();
    let (ended, ends) = channel();
    let pool = pool(1, 2);
    let gates: Vec<_> = (0..3).map(|name| held(&pool, name, &began, &ended)).collect();
    pool.close();
    assert_eq!(pool.reserve().err(), Some(Error::PasswordClosed));
    drop(pool);
    drop(gates);
    assert_eq!([(); 3].map(|()| next(&ends)), [Ok(0), Ok(1), Ok(2)]);
    drop(ended);
    drop(began);
    assert!(ends.recv().is_err(), "all threads have ended and let go of the jobs");
}

#[test]
fn never_starts_abandoned_work() {
    let (began, begins) = channel();
    let (ended, ends) = channel();
    let pool = pool(1, 2);
    let gates: Vec<_> = (0..3).map(|name| held(&pool, name, &began, &ended)).collect();
    assert_eq!(next(&begins), 0);
    pool.abandon();
    assert_eq!(stats(&pool), (1, 0, 0, 0));
    drop((gates, ended, began));
    assert_eq!(next(&ends), Ok(0));
    assert!(ends.recv().is_err() && begins.recv().is_err());
}

#[test]
fn never_holds_more_arenas_than_threads_and_gives_them_back() {
    let (ended, ends) = channel();
    let pool = pool(2, 64);
    for _ in 0..64 {
        let ended = ended.clone();
        pool.reserve().unwrap().run(
            |engine| hasher().hash(engine.as_mut(), &password("x"), &SALT),
            move |outcome| ended.send(outcome).unwrap(),
        );
    }
    for _ in 0..64 {
        assert!(next(&ends).is_ok());
        assert!(pool.stats().memory_kib <= 2 * 8);
    }
    assert!(pool.stats().memory_kib >= 8);
}
