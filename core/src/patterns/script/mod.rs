//! Translates a RegExp of JavaScript into the engine's syntax, or refuses it.
//!
//! 1. `parse` reads the source as ECMAScript does, including the lenient forms of Annex B that both flags allow, into a `Node`.
//!    What has no equal here is refused with a reason: lookaround, backreferences, `\B`, octal escapes, modifiers, properties.
//! 2. Every class becomes a set of UTF-16 units or code points (`ranges`), so that no definition of the engine is used: `\d`, `\w`
//!    and `\s` are JavaScript's, letters are folded by JavaScript's rules (`fold`).
//! 3. `emit` writes the node. Literals are written as classes too, so no character of the source is read as syntax again.

mod class;
mod emit;
mod escape;
mod fold;
mod node;
mod parse;
mod ranges;

use crate::error::Text;
pub(super) use parse::TOO_DEEP;

/// The flags of a RegExp that change what it matches.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flags {
    /// `i`
    pub ignore_case: bool,
    /// `m`
    pub multiline: bool,
    /// `s`
    pub dot_all: bool,
    /// `u`
    pub unicode: bool,
}

impl Flags {
    /// Reads the letters.
    ///
    /// # Errors
    /// Why they are refused.
    pub fn read(letters: &str) -> Result<Self, Text> {
        let mut flags = Self::default();
        for letter in letters.chars() {
            let flag = match letter {
                'i' => &mut flags.ignore_case,
                'm' => &mut flags.multiline,
                's' => &mut flags.dot_all,
                'u' => &mut flags.unicode,
                'g' => {
                    return Err("has the flag g: a set searches each text once; remove it".into());
                }
                'y' => {
                    return Err(
                        "has the flag y: a set has no position; start the pattern with ^".into()
                    );
                }
                'v' => return Err("has the flag v, which is not supported; use u".into()),
                _ => return Err("has a flag other than i, m, s and u; remove it".into()),
            };
            if *flag {
                return Err("has a flag twice".into());
            }
            *flag = true;
        }
        Ok(flags)
    }

    /// The highest unit or code point that a class can hold.
    const fn highest(self) -> u32 {
        if self.unicode { 0x10_FFFF } else { 0xFFFF }
    }
}

/// The pattern in the engine's syntax for byte strings, which matches the same texts.
///
/// # Errors
/// Why it is refused.
pub fn translate(source: &str, flags: Flags, max_depth: usize) -> Result<String, Text> {
    let node = parse::parse(source, flags, max_depth)?;
    emit::emit(&node, flags)
}
