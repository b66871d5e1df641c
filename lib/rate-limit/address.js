// @ts-check
'use strict';

const { BOUNDS } = require('../support/bounds');
const native = require('../support/native');
const { PortcullisError, misuse } = require('../support/errors');
const { show } = require('../support/options/given');

/** @type {(ip: string, bits: number) => string} */
const keyOfAddress = native.rateLimitAddressKeyFunction();

const { ipv6Subnet: SUBNET } = BOUNDS.RATE_LIMIT;
/** `false` means the whole address. */
const WHOLE_IPV6_ADDRESS = SUBNET.max;

/**
 * The number of bits of an IPv6 address that identify one client.
 * @param {InstanceType<typeof import('../support/options').Options>} options
 * @returns {number}
 */
function readSubnet(options) {
  if (options.raw('ipv6Subnet') === false) return WHOLE_IPV6_ADDRESS;
  return options.integer('ipv6Subnet', SUBNET.fallback, SUBNET);
}

/**
 * The canonical text of a client's address, for key generators that combine it with something else.
 * @param {string} ip
 * @param {number | false} [ipv6Subnet]
 * @returns {string}
 */
function addressKey(ip, ipv6Subnet = SUBNET.fallback) {
  const bits = ipv6Subnet === false ? WHOLE_IPV6_ADDRESS : ipv6Subnet;
  if (!Number.isInteger(bits) || bits < SUBNET.min || bits > SUBNET.max) {
    throw misuse(
      'ERR_RATE_LIMIT_OPTION_RANGE',
      `addressKey: ipv6Subnet must be a whole number from ${SUBNET.min} to ${SUBNET.max}, or false`,
    );
  }
  if (typeof ip !== 'string') {
    throw misuse('ERR_RATE_LIMIT_KEY', `addressKey: the address must be a string, as in req.ip, not ${show(ip)}`);
  }
  try {
    return keyOfAddress(ip, bits);
  } catch (error) {
    throw coded(error);
  }
}

/** The native side throws a plain error if the client's text is not an address. @param {unknown} error @returns {unknown} */
function coded(error) {
  const { code, message } = /** @type {{ code?: unknown, message: string }} */ (error);
  return code === 'ERR_RATE_LIMIT_ADDRESS' ? new PortcullisError(code, message) : error;
}

module.exports = { addressKey, coded, readSubnet };
