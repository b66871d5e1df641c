//! Recognises RSA keys of a smart-card library whose primes are so regular that they can be factored (CVE-2017-15361): their
//! modulus is a power of 65537 modulo each of many small primes, which chance gives one key of 2^27 (Nemec et al., "The
//! Return of Coppersmith's Attack", section 2.2).

const GENERATOR: u32 = 65537;

/// The primes whose product divides the primorial that such keys of 512 bits and more are made with.
const PRIMES: [u32; 38] = [
    3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97,
    101, 103, 107, 109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167,
];

/// Whether an RSA modulus, in big-endian bytes, has the regularity.
pub(super) fn is_marked(modulus: &[u8]) -> bool {
    PRIMES.iter().all(|prime| is_power(remainder(modulus, *prime), *prime))
}

fn remainder(number: &[u8], prime: u32) -> u32 {
    number.iter().fold(0, |rest, byte| (rest << 8 | u32::from(*byte)) % prime)
}

fn is_power(residue: u32, prime: u32) -> bool {
    let step = GENERATOR % prime;
    let mut power = 1;
    for _ in 1..prime {
        if power == residue {
            return true;
        }
        power = power * step % prime;
    }
    false
}
