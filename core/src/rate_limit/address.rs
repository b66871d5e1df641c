//! One key for one client address, however it is written.

use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};

use crate::Error;

/// A client's address, cut to the part that one customer holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Address {
    /// An IPv4 address, also when it was written as IPv6 (`::ffff:192.0.2.1`, `::192.0.2.1`) or comes through NAT64
    /// (`64:ff9b::192.0.2.1`).
    V4(Ipv4Addr),
    /// The network of an IPv6 address.
    V6 {
        /// Its first address: every bit after the prefix is zero.
        network: Ipv6Addr,
        /// The number of bits that were kept.
        prefix: Prefix,
    },
}

/// How many leading bits of an IPv6 address identify one client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Prefix(u8);

impl Prefix {
    /// The default, 56: the prefix that a provider assigns to one home (RIPE-690 section 4.2).
    pub const DEFAULT: Self = Self(56);
    /// The whole address.
    pub const WHOLE: Self = Self(128);
    /// Shorter prefixes would join unrelated providers.
    pub(crate) const SHORTEST: Self = Self(32);

    /// `bits`: 32..=128. Shorter prefixes would count the clients of unrelated providers as one.
    ///
    /// # Errors
    /// `ERR_RATE_LIMIT_OPTION_RANGE` outside of these bounds.
    pub fn new(bits: u32) -> Result<Self, Error> {
        match u8::try_from(bits) {
            Ok(bits) if (Self::SHORTEST.0..=Self::WHOLE.0).contains(&bits) => Ok(Self(bits)),
            _ => Err(Error::RateLimitOptionRange {
                option: "ipv6Subnet",
                reason: format!("must be from {} to {}, or false", Self::SHORTEST.0, Self::WHOLE.0)
                    .into(),
            }),
        }
    }

    pub(crate) const fn bits(self) -> u8 {
        self.0
    }

    const fn mask(self) -> u128 {
        u128::MAX << (128 - self.0 as u32)
    }
}

impl Address {
    /// Reads an address as `req.ip` holds it: with or without a zone, a port or brackets, in any case.
    ///
    /// # Errors
    /// `ERR_RATE_LIMIT_ADDRESS` when the text is not an address: a limiter must not put such clients in one bucket.
    pub fn parse(text: &[u8], prefix: Prefix) -> Result<Self, Error> {
        // A dual-stack socket (`app.listen(port)`) shows every IPv4 client in this notation.
        let dotted = text.strip_prefix(b"::ffff:").unwrap_or(text);
        if let Some(address) = plain_v4(dotted) {
            return Ok(Self::V4(address));
        }
        match plain_v6(text) {
            Some(address) => Ok(Self::of_v6(address, "", prefix)),
            None => Self::parse_decorated(text, prefix).ok_or(Error::RateLimitAddress),
        }
    }

    #[cold]
    fn parse_decorated(text: &[u8], prefix: Prefix) -> Option<Self> {
        let host = without_port(std::str::from_utf8(text).ok()?)?;
        if !host.contains(':') {
            return host.parse().map(Self::V4).ok();
        }
        let bare = without_zone(host)?;
        Some(Self::of_v6(bare.parse().ok()?, bare, prefix))
    }

    fn of_v6(address: Ipv6Addr, text: &str, prefix: Prefix) -> Self {
        let prefix = if is_local_nat64(address) { Prefix::WHOLE } else { prefix };
        let network = Ipv6Addr::from_bits(address.to_bits() & prefix.mask());
        embedded_v4(address, text).map_or(Self::V6 { network, prefix }, Self::V4)
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::V4(address) => address.fmt(f),
            Self::V6 { network, prefix: Prefix(128) } => network.fmt(f),
            Self::V6 { network, prefix } => write!(f, "{network}/{}", prefix.0),
        }
    }
}

/// Four decimal numbers without leading zeros, as the standard library has it.
fn plain_v4(text: &[u8]) -> Option<Ipv4Addr> {
    let (mut bits, mut dots, mut octet, mut digits) = (0_u32, 0, 0_u32, 0);
    for byte in text {
        match byte {
            b'0'..=b'9' if digits == 0 || octet > 0 => {
                octet = octet * 10 + u32::from(byte - b'0');
                digits += 1;
            }
            b'.' if digits > 0 && dots < 3 => {
                (bits, dots) = (bits << 8 | octet, dots + 1);
                (octet, digits) = (0, 0);
            }
            _ => return None,
        }
        if octet > 255 {
            return None;
        }
    }
    (dots == 3 && digits > 0).then(|| Ipv4Addr::from_bits(bits << 8 | octet))
}

/// Parses addresses of groups and colons alone, the usual form, in a fraction of the standard library's time. The
/// standard library parses all other forms.
fn plain_v6(text: &[u8]) -> Option<Ipv6Addr> {
    let (mut groups, mut count, mut gap) = ([0_u16; 8], 0, None);
    let (mut group, mut digits) = (0_u16, 0);
    let mut rest = text;
    if let Some(tail) = text.strip_prefix(b"::") {
        (rest, gap) = (tail, Some(0));
    }
    for byte in rest {
        let digit = HEX_DIGITS.get(usize::from(*byte)).copied().unwrap_or(NO_DIGIT);
        if digit != NO_DIGIT && digits < 4 {
            (group, digits) = (group << 4 | u16::from(digit), digits + 1);
        } else if *byte == b':' && digits > 0 {
            *groups.get_mut(count)? = group;
            (group, digits, count) = (0, 0, count + 1);
        } else if *byte == b':' && count > 0 && gap.is_none() {
            gap = Some(count);
        } else {
            return None;
        }
    }
    if digits > 0 {
        *groups.get_mut(count)? = group;
        count += 1;
    } else if gap != Some(count) {
        return None;
    }
    match gap {
        None => (count == 8).then(|| groups.into()),
        // `::` replaces at least one group.
        Some(gap) if count < 8 => {
            groups.get_mut(gap..)?.rotate_right(8 - count);
            Some(groups.into())
        }
        Some(_) => None,
    }
}

const NO_DIGIT: u8 = u8::MAX;
/// The value of each byte as a hexadecimal digit.
const HEX_DIGITS: [u8; 256] = hex_digits();

// Evaluated by the compiler.
#[allow(clippy::indexing_slicing)]
const fn hex_digits() -> [u8; 256] {
    let mut values = [NO_DIGIT; 256];
    let mut digit = 0;
    while digit < 16 {
        values[b"0123456789abcdef"[digit] as usize] = digit as u8;
        values[b"0123456789ABCDEF"[digit] as usize] = digit as u8;
        digit += 1;
    }
    values
}

/// `192.0.2.1:443`, `[2001:db8::1]` and `[2001:db8::1]:443` occur where a proxy appends the port.
fn without_port(text: &str) -> Option<&str> {
    if let Some(bracketed) = text.strip_prefix('[') {
        let (host, rest) = bracketed.split_once(']')?;
        let port_fits = rest.is_empty() || rest.strip_prefix(':').is_some_and(is_port);
        return (host.contains(':') && port_fits).then_some(host);
    }
    match text.split_once(':') {
        Some((host, port)) if host.contains('.') => is_port(port).then_some(host),
        _ => Some(text),
    }
}

fn is_port(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit()) && text.parse::<u16>().is_ok()
}

/// A zone (`fe80::1%eth0`) names this host's interface, not the client (RFC 4007 section 11).
fn without_zone(host: &str) -> Option<&str> {
    match host.split_once('%') {
        Some((address, zone)) => (!zone.is_empty()).then_some(address),
        None => Some(host),
    }
}

/// IPv4-mapped addresses are recognised by their bits. The deprecated IPv4-compatible ones (RFC 4291 section 2.5.5.1)
/// are recognised by their notation, because `::` and `::1` are in the same range and contain no IPv4 address.
fn embedded_v4(address: Ipv6Addr, text: &str) -> Option<Ipv4Addr> {
    address.to_ipv4_mapped().or_else(|| behind_nat64(address)).or_else(|| {
        let low = u32::try_from(address.to_bits()).ok()?;
        text.contains('.').then(|| Ipv4Addr::from_bits(low))
    })
}

/// The well-known prefix of NAT64, `64:ff9b::/96`, is followed by the IPv4 address (RFC 6052 section 2.1). All IPv4
/// clients would otherwise share one /56.
fn behind_nat64(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let low = address.to_bits() as u32;
    (address.to_bits() >> 32 == NAT64_PREFIX).then(|| Ipv4Addr::from_bits(low))
}

/// `64:ff9b:1::/48` is for translators inside one network (RFC 8215). The position of the IPv4 address in it depends on
/// the length of their prefix, which we cannot know. Each IPv4 address has exactly one IPv6 address there, so the whole
/// IPv6 address is the key.
fn is_local_nat64(address: Ipv6Addr) -> bool {
    address.to_bits() >> 80 == LOCAL_NAT64_PREFIX
}

const NAT64_PREFIX: u128 = 0x0064_ff9b << 64;
const LOCAL_NAT64_PREFIX: u128 = 0x0064_ff9b_0001;
