// @ts-check
'use strict';

// docs/security.md promises at most n log n time for bytes from outside. Each row is hostile input for one entry point. With
// eight times the input, n log n work takes some 10 times as long, and quadratic work 64 times.

const assert = require('node:assert/strict');
const { createHmac, generateKeyPairSync } = require('node:crypto');
const { Readable } = require('node:stream');
const { describe, it } = require('node:test');

const mongoSanitize = /** @type {any} */ (require('portcullis/express-mongo-sanitize'));
const hpp = /** @type {any} */ (require('portcullis/hpp'));
const xss = /** @type {any} */ (require('portcullis/xss-clean'));
const portcullis = require('../..');
const { createFormParser } = require('../../lib/input/form-parser');

/** Some 10,000 units, so that a quadratic step would take most of the time of a call. */
const SIZE = 10_000;
const GROWTH = 8;
// Between both. The rows measured 0.7 to 10.2 on Node.js 20.
const BOUND = 24;
const SAMPLE_MS = 2;
const SAMPLES = 3;
const ATTEMPTS = 8;

/** Windows counts CPU time in steps of 16 ms. */
const cpuMs = process.platform === 'win32' ? () => performance.now() : () => sumMs(process.cpuUsage());

/** @param {NodeJS.CpuUsage} usage */
const sumMs = ({ user, system }) => (user + system) / 1000;

/** @typedef {() => unknown} Work may return a promise; it may reject the input, which takes time too */

/** @param {Work} work @param {number} calls @returns {Promise<number>} */
async function timeMs(work, calls) {
  const start = cpuMs();
  for (let call = 0; call < calls; call += 1) {
    try {
      await work();
    } catch (error) {
      assert.match(/** @type {any} */ (error).code, /^ERR_/);
    }
  }
  return cpuMs() - start;
}

/** How many calls fill a sample. @param {Work} work */
async function callsOf(work) {
  let calls = 1;
  while (calls < 4_096 && (await timeMs(work, calls)) < SAMPLE_MS) calls *= 2;
  return calls;
}

/**
 * How many times as long the work takes with input of eight times the size, by the shortest of several samples each. While the
 * ratio is above the bound it tries again: other processes can lengthen a sample, and nothing can shorten one.
 * @param {(size: number) => Work} make @param {number} [size] @param {number} [attempts]
 */
async function growthOf(make, size = SIZE, attempts = ATTEMPTS) {
  const [small, large] = [make(size), make(size * GROWTH)];
  const calls = await callsOf(small);
  const times = { small: Infinity, large: Infinity };
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    for (let sample = 0; sample < SAMPLES; sample += 1) {
      times.small = Math.min(times.small, await timeMs(small, calls));
      times.large = Math.min(times.large, await timeMs(large, calls));
    }
    if (times.large <= BOUND * times.small) break;
  }
  return times.large / times.small;
}

/** Flat, as text from the network is: `repeat` makes a tree. @param {string} unit @param {number} count */
const flat = (unit, count) => Buffer.from(unit.repeat(count)).toString();

/** @param {number} count @param {(at: number) => string} make */
const list = (count, make) => Array.from({ length: count }, (_, at) => make(at)).join();

/** @param {(req: any, res: any, next: (error?: unknown) => void) => unknown} middleware @param {any} req */
function pass(middleware, req) {
  const res = { setHeader() {}, getHeader() {}, hasHeader() {}, removeHeader() {}, end() {} };
  return new Promise((resolve, reject) => {
    middleware(req, { ...res, end: resolve }, (error) => (error ? reject(error) : resolve(undefined)));
  });
}

/** @param {Record<string, string>} headers @param {string} [method] */
function requestOf(headers, method = 'POST') {
  return { method, url: '/', headers: { host: 'a.example', ...headers }, rawHeaders: Object.entries(headers).flat() };
}

/** Sends a body to json(). @param {(size: number) => string} make */
function body(make) {
  const limits = { limit: '16mb', maxKeys: 1_000_000, maxKeyLength: 65_536, maxDepth: 1_000 };
  const middleware = portcullis.json(limits);
  return (/** @type {number} */ size) => {
    const bytes = Buffer.from(make(size));
    const headers = { 'content-type': 'application/json', 'content-length': String(bytes.length) };
    return () => pass(middleware, Object.assign(Readable.from([bytes]), requestOf(headers)));
  };
}

/** @type {Record<string, (size: number) => string>} */
const BODIES = {
  'many keys': (size) => `{${list(size, (at) => `"k${at}":1`)}}`,
  'a duplicate of the first key at the end': (size) => `{${list(size, (at) => `"k${at}":1`)},"k0":1}`,
  'many objects with the same keys': (size) => `[${list(size, () => '{"a":1,"b":2}')}]`,
  'keys that differ at their end': (size) => `{${list(size, (at) => `"${'k'.repeat(60)}${at}":1`)}}`,
  'many escaped keys': (size) => `{${list(size, (at) => `"\\u006b${at}":1`)}}`,
  'a long key of escapes': (size) => `{"${'\\u0061'.repeat(size)}":1}`,
  'a long text of escapes': (size) => `["${'\\u00e9\\n'.repeat(size)}"]`,
  'a long text of surrogate pairs': (size) => `["${'\\ud83d\\ude00'.repeat(size)}"]`,
  'a text that does not end': (size) => `["${'\\"'.repeat(size)}`,
  // It ends with a mistake: of so many arrays, JSON.parse spends most of its time on collecting garbage.
  'nesting within the bound and a mistake': (size) => `[${list(size / 100, () => '['.repeat(900) + ']'.repeat(900))}]!`,
  'nesting beyond the bound': (size) => '['.repeat(size) + ']'.repeat(size),
  'nesting that does not end': (size) => '{"a":'.repeat(size),
  'a long number': (size) => `[${'9'.repeat(size)}]`,
  'a long fraction': (size) => `[0.${'1'.repeat(size)}e-5]`,
  'many numbers': (size) => `[${list(size, (at) => `${at}.5`)}]`,
  'white space': (size) => `${' \n'.repeat(size)}[]${'\t '.repeat(size)}`,
};

/** Reads a form. @param {(size: number) => string} make @param {object} [options] */
function form(make, options) {
  const bounds = { limit: 2 ** 24, parameterLimit: 1_000_000, maxDepth: 1_000, maxKeyLength: 65_536 };
  const rules = { operators: true, dots: true, prototypes: true, repeats: 'allow', arrays: [] };
  const read = createFormParser({ ...bounds, ...rules, extended: true, ...options });
  return (/** @type {number} */ size) => {
    const bytes = Buffer.from(make(size));
    return () => read(bytes);
  };
}

/** @param {number} count @param {(at: number) => string} make */
const parameters = (count, make) => Array.from({ length: count }, (_, at) => make(at)).join('&');

/** @type {Record<string, (size: number) => Work>} */
const FORMS = {
  'many names': form((size) => parameters(size, (at) => `k${at}=1`)),
  'one name again and again': form((size) => parameters(size, () => 'a=1')),
  'one name again and again, the last of which counts': form((size) => parameters(size, () => 'a=1'), {
    repeats: 'last',
  }),
  'many names below one': form((size) => parameters(size, (at) => `a[k${at}]=1`)),
  'many indexes, the highest first': form((size) => parameters(size, (at) => `a[${size - at}]=1`)),
  'many indexes beyond the limit of an array': form((size) => parameters(size, (at) => `a[${at * 1_000}]=1`)),
  'deep names': form((size) => parameters(size / 100, (at) => `a${at}${'[b]'.repeat(900)}=1`)),
  'nesting beyond the bound': form((size) => `a${'[b]'.repeat(size)}=1`),
  'brackets that do not close': form((size) => 'a['.repeat(size)),
  'empty parameters': form((size) => '&'.repeat(size)),
  'a long value of escapes': form((size) => `a=${'%22%C3%A9+'.repeat(size)}`),
  'a value of equals signs': form((size) => `a=${'='.repeat(size)}]`),
  'percent signs': form((size) => `a=${'%25'.repeat(size)}%`),
};

/** @param {string} text */
const encode = (text) => Buffer.from(text).toString('base64url');

const { publicKey } = generateKeyPairSync('ed25519');
const key = Buffer.alloc(32, 7);

/**
 * Verifies a token with a good signature, so that its claims are read. It is signed by hand: a signer refuses such claims.
 * @param {(size: number) => string} payloadOf @param {object} [options]
 */
function claims(payloadOf, options) {
  const limits = { maxTokenBytes: 2 ** 20, maxHeaderBytes: 2 ** 20, cache: /** @type {false} */ (false) };
  const verifier = portcullis.createVerifier({ key, ...limits, ...options });
  return (/** @type {number} */ size) => {
    const message = `${encode('{"alg":"HS256"}')}.${encode(payloadOf(size))}`;
    const signed = `${message}.${createHmac('sha256', key).update(message).digest('base64url')}`;
    return () => verifier.verify(signed);
  };
}

/** Verifies a text as it is. @param {(size: number) => string} make */
function token(make) {
  const limits = { maxTokenBytes: 2 ** 20, maxHeaderBytes: 2 ** 20 };
  const verifier = portcullis.createVerifier({ key: publicKey, ...limits });
  return (/** @type {number} */ size) => {
    const text = Buffer.from(make(size)).toString();
    return () => verifier.verify(text);
  };
}

const HEADER = encode('{"alg":"EdDSA"}');

/** @type {Record<string, (size: number) => Work>} */
const TOKENS = {
  'many claims': claims((size) => `{${list(size / 2, (at) => `"c${at}":1`)}}`),
  'a duplicate claim at the end': claims((size) => `{${list(size / 2, (at) => `"c${at}":1`)},"c0":1}`),
  'a long audience list': claims((size) => `{"aud":[${list(size / 2, (at) => `"a${at}"`)}]}`, { audience: 'b' }),
  'a claim that a RegExp backtracks over': claims((size) => `{"iss":"${'a'.repeat(size)}!"}`, { issuer: /^(a+)+$/ }),
  'a long claim of escapes': claims((size) => `{"text":"${'\\u0001\\"'.repeat(size / 2)}"}`),
  'nested claims': claims((size) => `{"c":${'['.repeat(size)}`),
  'a header with many members': token(
    (size) => `${encode(`{"alg":"EdDSA",${list(size / 2, (at) => `"m${at}":1`)}}`)}.e30.${'A'.repeat(86)}`,
  ),
  'a header with a duplicate at its end': token(
    (size) => `${encode(`{"alg":"EdDSA",${list(size / 2, (at) => `"m${at}":1`)},"m0":1}`)}.e30.${'A'.repeat(86)}`,
  ),
  'a header of nested arrays': token((size) => `${encode(`{"alg":${'['.repeat(size)}`)}.e30.${'A'.repeat(86)}`),
  'a long payload': token((size) => `${HEADER}.${'A'.repeat(size * 8)}.${'A'.repeat(86)}`),
  'a long signature': token((size) => `${HEADER}.e30.${'A'.repeat(size * 8)}`),
  'many dots': token((size) => '.'.repeat(size * 8)),
  'a wrong character at the end': token((size) => `${'e'.repeat(size * 8)}!`),
};

/** @param {(req: any, res: any, next: any) => unknown} middleware @param {string} name @param {(size: number) => string} make */
function header(middleware, name, make) {
  return (/** @type {number} */ size) => {
    const req = requestOf({ [name]: Buffer.from(make(size)).toString() });
    return () => pass(middleware, req);
  };
}

const bearer = portcullis.authenticate({ key: publicKey });
const withCookie = portcullis.authenticate({ key: publicKey, cookie: true });
const origins = ['https://app.example.com', 'https://*.app.example.com'];
const cors = portcullis.cors({ origin: origins });
const csrf = portcullis.csrf({ trustedOrigins: origins });
const https = portcullis.httpsOnly({ allowedHosts: ['app.example.com'] });
const harden = portcullis.harden({ requestId: { trustIncoming: true }, rateLimit: false });

/** @type {Record<string, (size: number) => Work>} */
const HEADERS = {
  'a long bearer token': header(bearer, 'authorization', (size) => `Bearer ${'a'.repeat(size * 8)}`),
  'a bearer token with padding': header(bearer, 'authorization', (size) => `Bearer a${'='.repeat(size * 8)}!`),
  'spaces before a bearer token': header(bearer, 'authorization', (size) => `,${' '.repeat(size * 8)}bearer`),
  'many schemes': header(bearer, 'authorization', (size) => 'Bearer, '.repeat(size)),
  'many commas and spaces': header(bearer, 'authorization', (size) => ', \t'.repeat(size * 4)),
  'many cookies': header(withCookie, 'cookie', (size) => `${flat('a=b; ', size)}__Host-token=x`),
  'many cookies with the name of the token': header(withCookie, 'cookie', (size) => flat('__Host-token=b; ', size)),
  'a cookie of semicolons': header(withCookie, 'cookie', (size) => `${flat(';', size * 8)}__Host-token=x`),
  'a cookie of spaces': header(withCookie, 'cookie', (size) => `a${flat(' \t', size * 4)}b;__Host-token=x`),
  'a long cookie in quotes': header(withCookie, 'cookie', (size) => `__Host-token="${flat('\\"', size * 4)}`),
  'a long origin for cors': header(cors, 'origin', (size) => `https://${flat('a.', size * 4)}app.example.com`),
  'a long origin for csrf': header(csrf, 'origin', (size) => `https://${flat('a.', size * 4)}app.example.com`),
  'cookies of spaces for csrf': header(csrf, 'cookie', (size) => flat('; \t__Host', size)),
  'a long host': header(https, 'host', (size) => flat(':1', size * 4)),
  'a long request id': header(harden, 'x-request-id', (size) => flat('a-', size * 4)),
  'a long content type': header(harden, 'content-type', (size) => `application/json;${flat(' charset=utf-8 ;', size)}`),
};

/** @param {(text: string) => unknown} door @param {(size: number) => string} make */
function text(door, make) {
  return (/** @type {number} */ size) => {
    const given = Buffer.from(make(size)).toString();
    return () => door(given);
  };
}

const limiter = portcullis.createLimiter({ limit: 5, windowMs: 60_000 });
const passwords = portcullis.createPasswords({ threads: 1 });
const refreshTokens = portcullis.createRefreshTokens();
const { addressKey, decode, escapeCsv, escapeHtml, html, safeUrl, threats } = portcullis;
const patterns = portcullis.createPatterns([/(?:a+)+b/, /\s+$/, /(?:x+x+)+y/iu, '(?:[a-z]+,)+!']);
/** @param {string} hash */
const verifyHash = (hash) => passwords.verify(hash, 'x');
/** @param {string} password */
const verifyText = (password) => passwords.verify(null, password);

/** @type {Record<string, (size: number) => Work>} */
const TEXTS = {
  'an address of digits': text(addressKey, (size) => '1'.repeat(size * 8)),
  'an address of colons': text(addressKey, (size) => ':'.repeat(size * 8)),
  'an address of zeros': text(addressKey, (size) => '0:'.repeat(size * 4)),
  'a zone of an address': text(addressKey, (size) => `fe80::1%${'a'.repeat(size * 8)}`),
  'a long key of a limiter': text(
    (one) => limiter.consume(one),
    (size) => 'é'.repeat(size * 4),
  ),
  'a stored hash of dollars': text(passwords.needsRehash, (size) => '$'.repeat(size * 8)),
  'a stored hash with many parameters': text(passwords.needsRehash, (size) => `$argon2id$v=19$${'m=1,'.repeat(size)}`),
  'a stored hash with a long salt': text(
    verifyHash,
    (size) => `$argon2id$v=19$m=8,t=1,p=1$${'A'.repeat(size * 8)}$AAAA`,
  ),
  'a long password': text(verifyText, (size) => 'a'.repeat(size * 8)),
  'a password of combining marks': text(verifyText, (size) => 'a\u0301\u0323'.repeat(size)),
  'a long refresh token': text(refreshTokens.rotate, (size) => 'A'.repeat(size * 8)),
  'a token to decode': text(decode, (size) => `${HEADER}.${'A'.repeat(size * 8)}.AA`),
  'text to escape': text(escapeHtml, (size) => `<a>&"'`.repeat(size)),
  'clean text with one character to escape at its end': text(
    escapeHtml,
    (size) => `${'a'.repeat(size * 8)}<${'a'.repeat(30)}`,
  ),
  'two-byte text to escape': text(escapeHtml, (size) => 'ж<'.repeat(size * 4)),
  'an attribute to escape': text(portcullis.escapeAttribute, (size) => '`\r<'.repeat(size * 2)),
  'an attribute without quotes': text(portcullis.escapeUnquotedAttribute, (size) => ' ='.repeat(size)),
  'a string of JavaScript to escape': text(portcullis.escapeJsString, (size) => `'\ud800`.repeat(size)),
  'a part of a URL to escape': text(portcullis.escapeUrlComponent, (size) => `'\ud800`.repeat(size)),
  'a string of CSS to escape': text(portcullis.escapeCssString, (size) => '"\xa0'.repeat(size)),
  'a line of a log to escape': text(portcullis.escapeLog, (size) => '\n\u202e'.repeat(size)),
  'JSON for a script': text(portcullis.jsonForScript, (size) => '</'.repeat(size * 2)),
  'a cell of spaces': text(escapeCsv, (size) => `a${' '.repeat(size * 8)}b`),
  'a cell of quotes before a letter': text(escapeCsv, (size) => `${`"'`.repeat(size * 4)}b`),
  'a cell of digits': text(escapeCsv, (size) => `-${'1'.repeat(size * 8)}!`),
  'a URL of spaces': text(safeUrl, (size) => `a${' '.repeat(size * 8)}b`),
  'a URL of tabs and colons': text(safeUrl, (size) => '\t:'.repeat(size * 4)),
  'a URL with a long scheme': text(safeUrl, (size) => `${'a-'.repeat(size * 4)}!`),
  'values of a template': text(
    (one) => html`<a href="${one}" title="${one}">${one}</a><img srcset="/a, ${one}">`,
    (size) => `/ ,\t<"`.repeat(size),
  ),
  'a text of letters to search': text(patterns.test, (size) => 'ax'.repeat(size * 4)),
  'a text of white space to search': text(patterns.match, (size) => `${' '.repeat(size * 8)}!`),
  'a text of surrogates to search': text(patterns.match, (size) => '\u{1f600}\ud83d'.repeat(size)),
  'a text of open comments to scan': text(threats.scan, (size) => '/* a%25'.repeat(size)),
  'pieces to escape apart': text(escapeHtml, (size) => `${'a'.repeat(99)}<`.repeat(size / 10)),
};

/** Parses and cleans, because cleaning changes what was parsed. @param {(value: any) => unknown} clean @param {(size: number) => string} make */
function parsed(clean, make) {
  return (/** @type {number} */ size) => {
    const json = make(size);
    return () => clean(JSON.parse(json));
  };
}

const rename = (/** @type {any} */ value) => mongoSanitize.sanitize(value, { replaceWith: '_' });
const putAside = (/** @type {any} */ query) => hpp()({ headers: {}, query }, {}, () => {});

/** @type {Record<string, (size: number) => Work>} */
const DROP_INS = {
  'operators to remove': parsed(mongoSanitize.sanitize, (size) => `{${list(size, (at) => `"$k${at}":1`)}}`),
  'operators to rename': parsed(rename, (size) => `{${list(size, (at) => `"$k${at}":1`)}}`),
  'operators whose new names clash': parsed(
    rename,
    (size) => `{"_":1,${list(size, (at) => `"${'.'.repeat(at % 9)}":1`)}}`,
  ),
  'a key of dots': parsed(rename, (size) => `{"${'.'.repeat(size * 8)}":1}`),
  'operators below each other': parsed(rename, (size) => `${'{"$a":'.repeat(size / 4)}1${'}'.repeat(size / 4)}`),
  'many repeated parameters': parsed(putAside, (size) => `{${list(size, (at) => `"k${at}":["1","2"]`)}}`),
  'texts with markup': parsed(xss.clean, (size) => `[${list(size, () => '"<b><i>"')}]`),
  'keys with markup': parsed(xss.clean, (size) => `{${list(size, (at) => `"<b${at}":1`)}}`),
  'nested lists': parsed(xss.clean, (size) => '['.repeat(size * 2) + ']'.repeat(size * 2)),
};

const sanitizeSvg = portcullis.createSvgSanitizer({ maxBytes: 2 ** 24, maxElements: 200_000, maxDrawn: 2_000_000 });
/** @param {(size: number) => string} make */
const svg = (make) => text(sanitizeSvg, (size) => `<svg xmlns="http://www.w3.org/2000/svg">${make(size)}</svg>`);

/** @type {Record<string, (size: number) => Work>} */
const PICTURES = {
  'many elements': svg((size) => '<g/>'.repeat(size)),
  'elements with namespaces': svg((size) => '<g xmlns:a="b"/>'.repeat(size / 8)),
  'a ring of references': svg((size) =>
    Array.from({ length: size }, (_, i) => `<g id="i${i}"><use href="#i${(i + 1) % size}"/></g>`).join(''),
  ),
  'a chain of gradients': svg((size) =>
    Array.from({ length: size }, (_, i) => `<linearGradient id="i${i}" href="#i${i + 1}"/>`).join(''),
  ),
  'a value of many references': svg((size) => `<g id="a"/><g filter="${'url(#a) '.repeat(size)}"/>`),
  'a value of parentheses': svg((size) => `<g fill="${'('.repeat(size)}${')'.repeat(size)}"/>`),
  'a style of many declarations': svg((size) => `<g style="${'fill:red;'.repeat(size)}"/>`),
  'a stylesheet of many rules': svg((size) => `<style>${'.a{fill:red}'.repeat(size)}</style><g class="a"/>`),
  'a stylesheet of comments': svg((size) => `<style>${'/* */'.repeat(size)}</style>`),
  'text with references': svg((size) => `<text>${'&lt;'.repeat(size)}</text>`),
  'comments and CDATA': svg((size) => '<!-- --><![CDATA[x]]>'.repeat(size)),
  'tags that are not closed': svg((size) => '<a '.repeat(size)),
};

describe('the time of', () => {
  const bodies = Object.fromEntries(Object.entries(BODIES).map(([name, make]) => [`a body with ${name}`, body(make)]));
  const tokens = Object.fromEntries(Object.entries(TOKENS).map(([name, make]) => [`a token with ${name}`, make]));
  const pictures = Object.fromEntries(Object.entries(PICTURES).map(([name, make]) => [`an SVG with ${name}`, make]));
  const forms = Object.fromEntries(Object.entries(FORMS).map(([name, make]) => [`a form with ${name}`, make]));
  const all = { ...bodies, ...forms, ...tokens, ...HEADERS, ...TEXTS, ...DROP_INS, ...pictures };
  for (const [name, make] of Object.entries(all)) {
    it(`${name} grows at most as n log n`, async () => {
      const growth = await growthOf(make);
      assert.ok(growth <= BOUND, `${growth.toFixed(1)} times as long for ${GROWTH} times the input`);
    });
  }

  it('quadratic work is above the bound', async () => {
    const quadratic = (/** @type {number} */ size) => () => {
      let sum = 0;
      for (let at = 0; at < size; at += 1) for (let from = 0; from < at; from += 1) sum += from ^ at;
      return sum;
    };
    const growth = await growthOf(quadratic, 2_000, 1);
    assert.ok(growth > BOUND, `${growth.toFixed(1)} times as long`);
  });
});
