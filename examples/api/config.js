'use strict';

// Reads the environment once, at the start. What is missing gets a safe value for this run and a warning that says so;
// what is present and wrong stops the start with one clear line.

const { randomBytes } = require('node:crypto');
const { isIP } = require('node:net');

const { cors } = require('portcullis');

/** RFC 7518 section 3.2: an HS256 key has at least the size of the hash. */
const MIN_SECRET_BYTES = 32;
const MIN_PASSWORD_LENGTH = 12;
/** Short, because an access token is checked without the database. */
const TOKEN_SECONDS = 15 * 60;

class ConfigError extends Error {}

/** @param {Record<string, string | undefined>} [env] */
function readConfig(env = process.env) {
  const warnings = [];
  const databaseUrl = env.DATABASE_URL || null;
  const dataDir = env.DATA_DIR || null;
  return Object.freeze({
    host: env.HOST || '127.0.0.1',
    port: readPort(env.PORT),
    databaseUrl,
    dataDir,
    jwt: {
      key: readSecret(env.JWT_SECRET, warnings),
      issuer: 'portcullis-example',
      audience: 'portcullis-example-api',
      lifetimeSeconds: TOKEN_SECONDS,
    },
    origins: readOrigins(env.ALLOWED_ORIGINS || 'http://localhost:5173'),
    trustProxy: readTrustProxy(env.TRUST_PROXY || 'false'),
    admin: readAdmin(env, databaseUrl === null && dataDir === null),
    warnings,
  });
}

function readPort(text = '3000') {
  const port = Number(text);
  if (text.trim() === '' || !Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new ConfigError('PORT must be a whole number from 0 to 65535. Try: PORT=3001 npm start');
  }
  return port;
}

const readList = (text) => text.split(',').map((entry) => entry.trim());

/** The judge is the middleware that will use them. */
function readOrigins(text) {
  const origins = readList(text);
  try {
    cors({ origin: origins });
  } catch (error) {
    throw new ConfigError(`ALLOWED_ORIGINS must be origins with commas between them. ${error.message}`);
  }
  return origins;
}

/** Off, how many proxies stand in front, or who they are: Express would take any text, and fail at the first request. */
function readTrustProxy(text) {
  if (text === 'false') return false;
  if (/^\d+$/.test(text)) return Number(text);
  if (text === 'true') {
    throw new ConfigError('TRUST_PROXY=true lets every client choose its address. Say how many proxies: TRUST_PROXY=1');
  }
  const proxies = readList(text);
  if (proxies.every(isProxy)) return proxies;
  throw new ConfigError(
    'TRUST_PROXY must be a number of proxies, or addresses with commas between them, such as loopback,10.0.0.0/8',
  );
}

function isProxy(entry) {
  if (['loopback', 'linklocal', 'uniquelocal'].includes(entry)) return true;
  const [, address, bits] = /^([\da-f.:]+)(?:\/([1-9]\d{0,2}))?$/i.exec(entry) ?? [];
  const version = isIP(address ?? '');
  return version !== 0 && (bits === undefined || Number(bits) <= (version === 4 ? 32 : 128));
}

function readSecret(secret, warnings) {
  if (!secret) {
    warnings.push('JWT_SECRET is not set: a random secret was made for this run, and tokens end with it.');
    return randomBytes(MIN_SECRET_BYTES);
  }
  const key = Buffer.from(secret, 'utf8');
  if (key.length < MIN_SECRET_BYTES) {
    throw new ConfigError(
      `JWT_SECRET has ${key.length} bytes and needs at least ${MIN_SECRET_BYTES}. Make one with: openssl rand -hex 32`,
    );
  }
  return key;
}

/** A random password only where the database ends with this run: elsewhere nobody would know which run's it is. */
function readAdmin(env, isForThisRun) {
  const email = (env.ADMIN_EMAIL || 'admin@example.com').toLowerCase();
  const password = env.ADMIN_PASSWORD;
  if (!password)
    return isForThisRun ? { email, password: randomBytes(15).toString('base64url'), isInvented: true } : null;
  if (password.length < MIN_PASSWORD_LENGTH) {
    throw new ConfigError(`ADMIN_PASSWORD must have at least ${MIN_PASSWORD_LENGTH} characters.`);
  }
  return { email, password, isInvented: false };
}

module.exports = { ConfigError, readConfig };
