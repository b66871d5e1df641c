//! What one derivation costs.

use crate::Error;

/// The cost of one derivation: always inside the bounds of RFC 9106 section 3.1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
    memory_kib: u32,
    passes: u32,
    lanes: u32,
}

const MAX_LANES: u32 = (1 << 24) - 1;
/// RFC 9106 section 3.1: the memory is at least eight blocks a lane.
pub(crate) const MIN_KIB_PER_LANE: u32 = 8;

// The bounds for new hashes are far below those of RFC 9106, which reach 4 TiB. Its largest recommendation
// (section 4) is 2 GiB, 3 passes, 4 lanes.
pub(crate) const MAX_CHOSEN_KIB: u32 = 4 * 1024 * 1024;
pub(crate) const MAX_CHOSEN_PASSES: u32 = 1024;
pub(crate) const MAX_CHOSEN_LANES: u32 = 255;

impl Cost {
    /// For new hashes: OWASP's Password Storage Cheat Sheet has 19 MiB, two passes, one lane.
    pub const DEFAULT: Self = Self { memory_kib: 19 * 1024, passes: 2, lanes: 1 };

    /// The most that a stored hash may cost: 256 MiB, 16 passes, 16 lanes. Both recommendations of OWASP and the
    /// second of RFC 9106 (64 MiB) are well below it. A tampered string cannot make the server allocate gigabytes.
    pub const DEFAULT_CEILING: Self = Self { memory_kib: 256 * 1024, passes: 16, lanes: 16 };

    /// The cost that a stored string names, or nothing if it is outside the bounds of RFC 9106.
    #[must_use]
    pub fn stored(memory_kib: u32, passes: u32, lanes: u32) -> Option<Self> {
        let lanes_fit = (1..=MAX_LANES).contains(&lanes);
        let fits = lanes_fit && passes >= 1 && memory_kib >= MIN_KIB_PER_LANE * lanes;
        fits.then_some(Self { memory_kib, passes, lanes })
    }

    /// The cost that an application chooses for its own hashes.
    ///
    /// `lanes`: 1..=255. `passes`: 1..=1024. `memory_kib`: 8 * lanes ..= 4194304 (4 GiB).
    /// # Errors
    /// [`Error::PasswordOptionRange`] when one is outside its bounds.
    pub fn chosen(memory_kib: u32, passes: u32, lanes: u32) -> Result<Self, Error> {
        let least_kib = MIN_KIB_PER_LANE * lanes.clamp(1, MAX_CHOSEN_LANES);
        for (option, value, min, max) in [
            ("lanes", lanes, 1, MAX_CHOSEN_LANES),
            ("passes", passes, 1, MAX_CHOSEN_PASSES),
            ("memoryKib", memory_kib, least_kib, MAX_CHOSEN_KIB),
        ] {
            if !(min..=max).contains(&value) {
                let reason = format!("must be from {min} to {max}, not {value}").into();
                return Err(Error::PasswordOptionRange { option, reason });
            }
        }
        Ok(Self { memory_kib, passes, lanes })
    }

    /// Memory in KiB.
    #[must_use]
    pub const fn memory_kib(self) -> u32 {
        self.memory_kib
    }

    /// Passes over the memory.
    #[must_use]
    pub const fn passes(self) -> u32 {
        self.passes
    }

    /// Lanes.
    #[must_use]
    pub const fn lanes(self) -> u32 {
        self.lanes
    }

    pub(super) fn is_within(self, ceiling: Self) -> bool {
        self.memory_kib <= ceiling.memory_kib
            && self.passes <= ceiling.passes
            && self.lanes <= ceiling.lanes
    }

    /// The larger value of each member.
    pub(super) fn max(self, other: Self) -> Self {
        Self {
            memory_kib: self.memory_kib.max(other.memory_kib),
            passes: self.passes.max(other.passes),
            lanes: self.lanes.max(other.lanes),
        }
    }
}
