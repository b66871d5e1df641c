//! Reads the few DER structures that a key is wrapped in, to learn what it is before an engine takes it. Strict: definite
//! lengths in their shortest form, nothing left over.

/// An object identifier's content bytes.
pub(super) type Oid<'d> = &'d [u8];

pub(super) const SEQUENCE: u8 = 0x30;
pub(super) const INTEGER: u8 = 0x02;
const BIT_STRING: u8 = 0x03;
const OCTET_STRING: u8 = 0x04;
pub(super) const OBJECT_IDENTIFIER: u8 = 0x06;

/// What SubjectPublicKeyInfo (RFC 5280 section 4.1) or PrivateKeyInfo (RFC 5208 section 5) say about a key.
pub(super) struct KeyInfo<'d> {
    pub(super) algorithm: Oid<'d>,
    /// What the algorithm is bound to, in the form of the algorithm; empty where there is nothing.
    pub(super) parameters: &'d [u8],
    /// The key itself, in the form of its algorithm.
    pub(super) key: &'d [u8],
}

/// A public key.
pub(super) fn spki(der: &[u8]) -> Option<KeyInfo<'_>> {
    let body = whole(SEQUENCE, der)?;
    let (identifier, rest) = element(SEQUENCE, body)?;
    let (algorithm, parameters) = element(OBJECT_IDENTIFIER, identifier)?;
    // The first byte of a BIT STRING counts unused bits; a key has none.
    let (0, key) = whole(BIT_STRING, rest)?.split_first()? else { return None };
    Some(KeyInfo { algorithm, parameters, key })
}

/// A private key.
pub(super) fn pkcs8(der: &[u8]) -> Option<KeyInfo<'_>> {
    let body = whole(SEQUENCE, der)?;
    let (_version, rest) = element(INTEGER, body)?;
    let (identifier, rest) = element(SEQUENCE, rest)?;
    let (algorithm, parameters) = element(OBJECT_IDENTIFIER, identifier)?;
    let (key, _attributes) = element(OCTET_STRING, rest)?;
    Some(KeyInfo { algorithm, parameters, key })
}

/// Modulus and public exponent of an RSAPublicKey or RSAPrivateKey (RFC 8017 appendix A.1), as unsigned big-endian bytes.
pub(super) fn rsa(der: &[u8], is_private: bool) -> Option<(&[u8], &[u8])> {
    let mut rest = whole(SEQUENCE, der)?;
    if is_private {
        rest = element(INTEGER, rest)?.1;
    }
    let (modulus, rest) = element(INTEGER, rest)?;
    let (exponent, _) = element(INTEGER, rest)?;
    Some((unsigned(modulus), unsigned(exponent)))
}

/// The object identifier that parameters are; `None` where they are anything else.
pub(super) fn identifier(parameters: &[u8]) -> Option<Oid<'_>> {
    whole(OBJECT_IDENTIFIER, parameters)
}

pub(super) fn unsigned(integer: &[u8]) -> &[u8] {
    let zeros = integer.iter().take_while(|byte| **byte == 0).count();
    integer.get(zeros..).unwrap_or_default()
}

/// The content of the one element that `der` is.
pub(super) fn whole(tag: u8, der: &[u8]) -> Option<&[u8]> {
    element(tag, der).filter(|(_, rest)| rest.is_empty()).map(|(content, _)| content)
}

/// The content of the first element, and what follows it.
pub(super) fn element(tag: u8, der: &[u8]) -> Option<(&[u8], &[u8])> {
    let (found, rest) = der.split_first()?;
    let (length, rest) = length(rest)?;
    (*found == tag).then(|| rest.split_at_checked(length)).flatten()
}

fn length(der: &[u8]) -> Option<(usize, &[u8])> {
    const SHORT: u8 = 0x80;
    let (first, rest) = der.split_first()?;
    match *first {
        0x81 => {
            let (low, rest) = rest.split_first()?;
            (*low >= SHORT).then_some(((*low).into(), rest))
        }
        0x82 => {
            let (bytes, rest) = rest.split_first_chunk()?;
            let length = usize::from(u16::from_be_bytes(*bytes));
            (length > usize::from(u8::MAX)).then_some((length, rest))
        }
        short => (short < SHORT).then_some((short.into(), rest)),
    }
}
