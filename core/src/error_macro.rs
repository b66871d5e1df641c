//! What the table of errors becomes: the type, its codes and its messages.

macro_rules! errors {
    ($( $(#[$doc:meta])* $variant:ident $({ $($field:ident : $type:ty),+ })? => $code:literal, $kind:ident, $text:literal; )+) => {
        /// Everything that can go wrong in the core.
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum Error {
            $( $(#[$doc])* $variant $({
                $( #[doc = "What the message names."] $field: $type ),+
            })?, )+
        }

        /// Every code, in the order of [`Error::ordinal`].
        pub const CODES: &[&str] = &[$($code),+];

        /// The message of every code, in the same order. Braces mark the values that one error fills in.
        pub const TEXTS: &[&str] = &[$($text),+];

        #[allow(clippy::enum_variant_names)]
        enum Ordinal { $($variant),+ }

        impl Error {
            /// The stable code, `ERR_<AREA>_<REASON>`.
            #[must_use]
            pub const fn code(&self) -> &'static str {
                match self { $( Self::$variant $({ $($field: _),+ })? => $code, )+ }
            }

            /// The place of this error's code in [`CODES`].
            #[must_use]
            pub const fn ordinal(&self) -> u32 {
                match self { $( Self::$variant $({ $($field: _),+ })? => Ordinal::$variant as u32, )+ }
            }

            /// Tells `visit` each field and its text: what the message names, such as the claim or the option.
            #[allow(unused_variables)]
            pub fn fields(&self, mut visit: impl FnMut(&'static str, &str)) {
                match self { $( Self::$variant $({ $($field),+ })? => {
                    $($( if let Some(text) = $field.named() { visit(stringify!($field), text); } )+)?
                } )+ }
            }

            /// The family of this error.
            #[must_use]
            pub const fn kind(&self) -> Kind {
                match self { $( Self::$variant $({ $($field: _),+ })? => Kind::$kind, )+ }
            }
        }

        impl fmt::Display for Error {
            #[allow(unused_variables)]
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self { $( Self::$variant $({ $($field),+ })? => write!(f, $text), )+ }
            }
        }
    };
}

pub(crate) use errors;
