//! Raw Node-API callbacks, for the few functions that every request calls.
//!
//! The wrapper that `#[napi]` generates for a function with arguments tracks borrows with an allocation and a lock
//! (measured: 287 ns for a call that takes 167 ns this way). A prepared object is therefore kept in a slot of its
//! thread, JavaScript holds the slot's number beside the `#[napi]` object that owns it, and the raw callback is a plain
//! function of that number.

use std::cell::RefCell;
use std::ffi::CStr;
use std::ptr;
use std::thread::LocalKey;

use napi::bindgen_prelude::{ToNapiValue, sys};
use napi::{Env, Result, Status};
use portcullis_core::Error;

use crate::error::{caught, throw, throw_internal};
use crate::text::Text;

/// The callback that Node calls. It reads its arguments and returns its result through [`Call`].
pub(crate) type Callback =
    unsafe extern "C" fn(sys::napi_env, sys::napi_callback_info) -> sys::napi_value;

/// A function that is returned to JavaScript.
pub struct Function(sys::napi_value);

impl Function {
    /// Makes a function with this name. The environment keeps it alive as long as the value.
    pub(crate) fn make(env: Env, name: &CStr, callback: Callback) -> Result<Self> {
        let mut made = ptr::null_mut();
        let length = name.count_bytes() as isize;
        // SAFETY: the environment is live, `length` is the length of the name, the callback needs no data.
        let status = unsafe {
            sys::napi_create_function(
                env.raw(),
                name.as_ptr(),
                length,
                Some(callback),
                ptr::null_mut(),
                &mut made,
            )
        };
        napi::check_status!(status, "the function could not be made")?;
        Ok(Self(made))
    }
}

impl ToNapiValue for Function {
    unsafe fn to_napi_value(_env: sys::napi_env, made: Self) -> Result<sys::napi_value> {
        Ok(made.0)
    }
}

/// One running call with `N` arguments; Node fills missing ones with undefined.
pub(crate) struct Call<const N: usize> {
    env: sys::napi_env,
    arguments: [sys::napi_value; N],
}

impl<const N: usize> Call<N> {
    /// # Safety
    /// `env` and `info` are those that Node gave to the running callback.
    pub(crate) unsafe fn new(env: sys::napi_env, info: sys::napi_callback_info) -> Self {
        let mut arguments = [ptr::null_mut(); N];
        let mut count = N;
        let (this, data) = (ptr::null_mut(), ptr::null_mut());
        // SAFETY: the caller's promise; there is room for `count` arguments.
        unsafe {
            sys::napi_get_cb_info(env, info, &mut count, arguments.as_mut_ptr(), this, data);
        }
        Self { env, arguments }
    }

    /// The number of a slot; if the argument is not a number, one that no slot has.
    pub(crate) fn slot(&self, at: usize) -> u32 {
        let mut slot = u32::MAX;
        if let Some(value) = self.arguments.get(at) {
            // SAFETY: env and value are those of the running callback.
            unsafe { sys::napi_get_value_uint32(self.env, *value, &mut slot) };
        }
        slot
    }

    /// A number; NaN if the argument is not a number.
    pub(crate) fn number(&self, at: usize) -> f64 {
        let mut number = f64::NAN;
        if let Some(value) = self.arguments.get(at) {
            // SAFETY: env and value are those of the running callback.
            unsafe { sys::napi_get_value_double(self.env, *value, &mut number) };
        }
        number
    }

    /// Text that is read only when it is used.
    pub(crate) fn text(&self, at: usize) -> Text {
        let value = self.arguments.get(at).copied().unwrap_or(ptr::null_mut());
        // SAFETY: env and value are those of the running callback.
        unsafe { Text::new(self.env, value) }
    }

    /// The bytes of a Buffer or another Uint8Array, without a copy; `None` for anything else, and for memory that another
    /// thread could write to.
    ///
    /// # Safety
    /// The bytes are used within the running callback alone, and no JavaScript runs before the last use.
    pub(crate) unsafe fn bytes<'a>(&self, at: usize) -> Option<&'a [u8]> {
        let value = *self.arguments.get(at)?;
        let (mut kind, mut length, mut start) = (-1, 0, ptr::null_mut());
        let (mut memory, mut is_own) = (ptr::null_mut(), false);
        // SAFETY: env and value are those of the running callback; the first call checks the type of the value, and the
        // second runs only if it is a typed array. The offset is not requested.
        let status = unsafe {
            match sys::napi_get_typedarray_info(
                self.env,
                value,
                &mut kind,
                &mut length,
                &mut start,
                &mut memory,
                ptr::null_mut(),
            ) {
                sys::Status::napi_ok => sys::napi_is_arraybuffer(self.env, memory, &mut is_own),
                status => status,
            }
        };
        let is_bytes = kind == sys::TypedarrayType::uint8_array;
        if status != sys::Status::napi_ok || !is_bytes || !is_own {
            return None;
        }
        if start.is_null() || length == 0 {
            return Some(&[]);
        }
        // SAFETY: V8 gave a start and a length in bytes; the argument keeps the memory alive during the callback, it
        // is no SharedArrayBuffer, and by this function's contract nothing writes to it meanwhile.
        Some(unsafe { std::slice::from_raw_parts(start.cast(), length) })
    }

    /// Runs the body and returns its value to JavaScript; an error or a panic becomes a pending exception, also one of
    /// the conversion: a panic that left the callback would end the process.
    pub(crate) fn answer<T: ToNapiValue>(
        self,
        body: impl FnOnce(&Self) -> std::result::Result<T, Error>,
    ) -> sys::napi_value {
        let env = Env::from_raw(self.env);
        let answer = caught(&env, || {
            let value = body(&self).map_err(|error| throw(&env, &error))?;
            // SAFETY: the environment is that of the running callback.
            unsafe { T::to_napi_value(self.env, value) }
        });
        answer.unwrap_or_else(|error| {
            // Node could not make the value; undefined must not be taken for a result.
            if error.status != Status::PendingException {
                throw_internal(&env);
            }
            ptr::null_mut()
        })
    }
}

/// The prepared objects of one kind and one thread, by number.
pub(crate) struct Slots<T>(RefCell<Vec<Option<T>>>);

impl<T> Slots<T> {
    pub(crate) const fn new() -> Self {
        Self(RefCell::new(Vec::new()))
    }

    fn keep(&self, prepared: T) -> u32 {
        let mut slots = self.0.borrow_mut();
        let index = slots.iter().position(Option::is_none).unwrap_or(slots.len());
        match slots.get_mut(index) {
            Some(free) => *free = Some(prepared),
            None => slots.push(Some(prepared)),
        }
        index as u32
    }

    /// Frees a slot. It runs in finalizers, where a panic would end the process: if the slots are borrowed, the object
    /// stays in its slot.
    fn release(&self, slot: u32) {
        let released = match self.0.try_borrow_mut() {
            Ok(mut slots) => slots.get_mut(slot as usize).and_then(Option::take),
            Err(_) => None,
        };
        drop(released);
    }

    /// Calls `work` with a prepared object; `None` if the number names no slot.
    pub(crate) fn with<R>(&self, slot: u32, work: impl FnOnce(&mut T) -> R) -> Option<R> {
        self.0.borrow_mut().get_mut(slot as usize)?.as_mut().map(work)
    }
}

/// The place of a kept object. When its owner is garbage-collected, the place is freed.
pub(crate) struct Slot<T: 'static> {
    slots: &'static LocalKey<Slots<T>>,
    number: u32,
}

impl<T> Slot<T> {
    pub(crate) fn keep(slots: &'static LocalKey<Slots<T>>, prepared: T) -> Self {
        Self { slots, number: slots.with(|slots| slots.keep(prepared)) }
    }

    /// The number to pass to the raw callback; JavaScript keeps it beside the owner.
    pub(crate) const fn number(&self) -> u32 {
        self.number
    }
}

impl<T> Drop for Slot<T> {
    fn drop(&mut self) {
        // At the end of a thread the slots may be gone already, and the object with them.
        let _ = self.slots.try_with(|slots| slots.release(self.number));
    }
}
