use std::fmt;

/// A JWS algorithm that this crate knows (RFC 7518 section 3, RFC 8037 section 3.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    /// HMAC with SHA-256.
    Hs256,
    /// HMAC with SHA-384.
    Hs384,
    /// HMAC with SHA-512.
    Hs512,
    /// RSASSA-PKCS1-v1_5 with SHA-256.
    Rs256,
    /// RSASSA-PKCS1-v1_5 with SHA-384.
    Rs384,
    /// RSASSA-PKCS1-v1_5 with SHA-512.
    Rs512,
    /// RSASSA-PSS with SHA-256 and a salt of its size.
    Ps256,
    /// RSASSA-PSS with SHA-384 and a salt of its size.
    Ps384,
    /// RSASSA-PSS with SHA-512 and a salt of its size.
    Ps512,
    /// ECDSA on P-256 with SHA-256.
    Es256,
    /// ECDSA on P-384 with SHA-384.
    Es384,
    /// ECDSA on P-521 with SHA-512.
    Es512,
    /// Ed25519.
    EdDsa,
}

/// What a key must be for an algorithm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyKind {
    /// A shared secret.
    Secret,
    /// An RSA key.
    Rsa,
    /// An RSA key that is bound to PSS by its own object identifier (RFC 4055 section 1.2).
    RsaPss,
    /// A key on the curve P-256.
    P256,
    /// A key on the curve P-384.
    P384,
    /// A key on the curve P-521.
    P521,
    /// An Ed25519 key.
    Ed25519,
}

impl Algorithm {
    /// Every algorithm.
    pub const ALL: [Self; 13] = [
        Self::Hs256,
        Self::Hs384,
        Self::Hs512,
        Self::Rs256,
        Self::Rs384,
        Self::Rs512,
        Self::Ps256,
        Self::Ps384,
        Self::Ps512,
        Self::Es256,
        Self::Es384,
        Self::Es512,
        Self::EdDsa,
    ];

    /// The algorithm of a header's `alg`, which is case-sensitive (RFC 7515 section 4.1.1).
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|algorithm| algorithm.name() == name)
    }

    /// The name in a header.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Hs256 => "HS256",
            Self::Hs384 => "HS384",
            Self::Hs512 => "HS512",
            Self::Rs256 => "RS256",
            Self::Rs384 => "RS384",
            Self::Rs512 => "RS512",
            Self::Ps256 => "PS256",
            Self::Ps384 => "PS384",
            Self::Ps512 => "PS512",
            Self::Es256 => "ES256",
            Self::Es384 => "ES384",
            Self::Es512 => "ES512",
            Self::EdDsa => "EdDSA",
        }
    }

    /// Whether a key of this kind does this algorithm's work.
    #[must_use]
    pub const fn takes(self, kind: KeyKind) -> bool {
        match self {
            Self::Hs256 | Self::Hs384 | Self::Hs512 => matches!(kind, KeyKind::Secret),
            Self::Rs256 | Self::Rs384 | Self::Rs512 => matches!(kind, KeyKind::Rsa),
            Self::Ps256 | Self::Ps384 | Self::Ps512 => {
                matches!(kind, KeyKind::Rsa | KeyKind::RsaPss)
            }
            Self::Es256 => matches!(kind, KeyKind::P256),
            Self::Es384 => matches!(kind, KeyKind::P384),
            Self::Es512 => matches!(kind, KeyKind::P521),
            Self::EdDsa => matches!(kind, KeyKind::Ed25519),
        }
    }

    /// Those that a key of this kind can do, its default first.
    #[must_use]
    pub fn of_kind(kind: KeyKind) -> Vec<Self> {
        Self::ALL.into_iter().filter(|algorithm| algorithm.takes(kind)).collect()
    }

    /// Whether the key is a shared secret.
    #[must_use]
    pub const fn is_symmetric(self) -> bool {
        self.takes(KeyKind::Secret)
    }
}

impl fmt::Display for Algorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
