//! The border of password: takes a place in the pool, copies the input, and ties the end of a job to a promise.

use std::num::NonZeroUsize;
use std::sync::Arc;

use napi::bindgen_prelude::{Either, ToNapiValue};
use napi::{Env, Result};
use napi_derive::napi;
use portcullis_core::Error as CoreError;
use portcullis_core::password::{
    ArgonEngine, Cost, Hasher, Kdf, POOL_CONFIG, Password, Phc, Reference, Salt,
};
use portcullis_core::pool::Pool;
use zeroize::Zeroizing;

use crate::error::{Verdict, call};
use crate::task::{Promise, run};
use crate::text::{Text, TextError};

/// A password as it arrives: text, or bytes that are copied before the call returns.
type Input<'a> = Either<Text, &'a [u8]>;

/// The options of [`Passwords`]; lib sets all of them.
#[napi(object)]
pub struct PasswordOptions {
    pub memory_kib: u32,
    pub passes: u32,
    pub lanes: u32,
    pub threads: u32,
    pub max_queue: u32,
    pub max_password_bytes: u32,
}

/// The state of the pool, see `Stats` in core.
#[napi(object)]
pub struct PasswordStats {
    pub threads: u32,
    pub active: u32,
    pub queued: u32,
    pub completed: f64,
    pub refused: f64,
    pub memory_kib: f64,
}

/// A hasher with its own pool.
#[napi]
pub struct Passwords {
    hasher: Arc<Hasher>,
    pool: Arc<Pool<ArgonEngine>>,
    max_password_bytes: usize,
}

#[napi]
impl Passwords {
    /// Prepares the hasher; threads start with the first work.
    #[napi(constructor, catch_unwind)]
    pub fn new(env: Env, options: PasswordOptions) -> Result<Self> {
        let prepared = call(&env, || prepare(&options))?;
        // When a worker ends, its promises end with it, so the jobs that still wait are dropped.
        let pool = Arc::downgrade(&prepared.pool);
        env.add_env_cleanup_hook(pool, |pool| {
            pool.upgrade().iter().for_each(|pool| pool.abandon())
        })?;
        Ok(prepared)
    }

    /// A promise of the PHC string.
    #[napi(catch_unwind, ts_return_type = "Promise<string | number | Rejection>")]
    pub fn hash(&self, env: Env, password: Input) -> Result<Promise> {
        self.run(
            env,
            || Ok((self.password(password)?, Salt::random()?)),
            |hasher, engine, (password, salt)| hasher.hash(engine, &password, &salt),
        )
    }

    /// A promise of whether `stored` is a hash of the password. null: there is no such account.
    #[napi(catch_unwind, ts_return_type = "Promise<boolean | number | Rejection>")]
    pub fn verify(&self, env: Env, stored: Option<Text>, password: Input) -> Result<Promise> {
        self.run(
            env,
            || {
                let stored = stored.map(|text| self.hasher.admit(parse(&text)?)).transpose()?;
                Ok((stored, self.password(password)?))
            },
            |hasher, engine, (stored, password)| hasher.verify(engine, stored.as_ref(), &password),
        )
    }

    /// Whether `stored` is of another kind than new hashes.
    #[napi(catch_unwind)]
    pub fn needs_rehash(&self, env: Env, stored: Text) -> Result<Verdict<bool>> {
        call(&env, || Ok(parse(&stored).map(|stored| self.hasher.needs_rehash(&stored)).into()))
    }

    /// A snapshot of the pool.
    #[napi(catch_unwind)]
    pub fn stats(&self) -> PasswordStats {
        let stats = self.pool.stats();
        PasswordStats {
            threads: stats.threads as u32,
            active: stats.active as u32,
            queued: stats.queued as u32,
            completed: stats.completed as f64,
            refused: stats.refused as f64,
            memory_kib: stats.memory_kib as f64,
        }
    }

    /// Accepts no more work.
    #[napi(catch_unwind)]
    pub fn close(&self) {
        self.pool.close();
    }

    /// Prepares the input on this thread once there is a place for it, and works with it on the pool.
    pub(crate) fn run<I: Send + 'static, T: ToNapiValue + Send + 'static>(
        &self,
        env: Env,
        prepare: impl FnOnce() -> std::result::Result<I, CoreError>,
        work: impl FnOnce(&Hasher, &mut dyn Kdf, I) -> std::result::Result<T, CoreError>
        + Send
        + 'static,
    ) -> Result<Promise> {
        let hasher = Arc::clone(&self.hasher);
        run(&env, &self.pool, prepare, move |engine, input| work(&hasher, engine.as_mut(), input))
    }

    fn password(&self, input: Input) -> std::result::Result<Password, CoreError> {
        let max = self.max_password_bytes;
        let bytes = match input {
            Either::A(text) => text.secret(max).map_err(|error| match error {
                TextError::TooLong => Password::too_long(max),
                TextError::NotString => refused("must be a string or a Uint8Array"),
                TextError::LoneSurrogate => refused("contains a lone surrogate"),
            })?,
            Either::B(bytes) if bytes.len() > max => return Err(Password::too_long(max)),
            Either::B(bytes) => Zeroizing::new(bytes.to_vec()),
        };
        Password::new(bytes, max)
    }
}

fn prepare(options: &PasswordOptions) -> std::result::Result<Passwords, CoreError> {
    let cost = Cost::chosen(options.memory_kib, options.passes, options.lanes)?;
    let threads = NonZeroUsize::new(options.threads as usize).ok_or_else(|| {
        CoreError::PasswordOptionRange { option: "threads", reason: "must be above 0".into() }
    })?;
    let pool =
        Pool::new(threads, options.max_queue as usize, POOL_CONFIG, move || -> ArgonEngine {
            Box::new(Reference::new(cost.memory_kib()))
        });
    Ok(Passwords {
        hasher: Arc::new(Hasher::new(cost)),
        pool: Arc::new(pool),
        max_password_bytes: options.max_password_bytes as usize,
    })
}

fn parse(stored: &Text) -> std::result::Result<Phc, CoreError> {
    let parsed = stored.utf8::<512, _>(Phc::MAX_BYTES, |bytes| {
        str::from_utf8(bytes).map_err(|_| CoreError::PasswordHashMalformed).and_then(Phc::parse)
    });
    parsed.unwrap_or(Err(CoreError::PasswordHashMalformed))
}

fn refused(reason: &'static str) -> CoreError {
    CoreError::PasswordInput { reason: reason.into() }
}
