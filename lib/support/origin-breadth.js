// @ts-check
'use strict';

// Finds patterns that match origins of other owners. If pages of a matched origin may act as the user (credentials, trusted
// origins), such a pattern is a vulnerability. Each pattern is tested on random origins, and on random names beneath public
// suffixes, where anyone can register one.
//
// Bounds: the list of public suffixes below is short on purpose (a complete one is 10,000 lines that change every week, and a
// dependency). A pattern that hides its breadth in an alternative, such as ^https://(a\.com|.*b\.com)$, is not found.

const { randomBytes } = require('node:crypto');

// The labels under which country registries sell names, as in example.co.uk or example.com.au.
const COUNTRY_LABELS = new Set(
  'ac co com edu gen gob gouv gov go info ltd me mil ne net nom or org plc sch web'.split(' '),
);
// Hosting and development services that give each customer a name directly beneath these (Public Suffix List, private part).
const SHARED_DOMAINS = new Set([
  ...['amplifyapp.com', 'azurestaticapps.net', 'azurewebsites.net', 'blogspot.com', 'cloudfront.net', 'deno.dev'],
  ...['elasticbeanstalk.com', 'firebaseapp.com', 'fly.dev', 'github.dev', 'github.io', 'gitlab.io', 'glitch.me'],
  ...[
    'herokuapp.com',
    'loca.lt',
    'lovable.app',
    'myshopify.com',
    'netlify.app',
    'ngrok-free.app',
    'ngrok.app',
    'ngrok.io',
  ],
  ...['onrender.com', 'pages.dev', 'railway.app', 'render.com', 'repl.co', 'replit.app', 'replit.dev', 'run.app'],
  ...['s3.amazonaws.com', 'stackblitz.io', 'surge.sh', 'trycloudflare.com', 'vercel.app', 'web.app', 'webcontainer.io'],
  ...['webflow.io', 'wixsite.com', 'wordpress.com', 'workers.dev'],
]);
const TRIED_SUFFIXES = ['com', 'net', 'org', 'io', 'dev', 'app', 'example', 'co.uk', 'com.au', ...SHARED_DOMAINS];
const TRIED_SCHEMES = ['https://', 'http://'];

/**
 * Returns what is wrong with a RegExp, as text that follows "must not" in an error message, or undefined.
 * @param {RegExp} expression anchored as a whole @returns {string | undefined}
 */
function breadthOf(expression) {
  const { head, tail, hasBareDot } = literalEnds(expression.source);
  if (hasBareDot) return 'contain an unescaped ".", which matches any character; write "\\." for a dot';
  const names = randomNames();
  const matches = (/** @type {string} */ origin) => expression.test(origin);
  for (const suffix of TRIED_SUFFIXES) {
    if (TRIED_SCHEMES.some((scheme) => names.some((name) => matches(`${scheme}${name}.${suffix}`)))) {
      return 'match origins of other owners: list your own domains';
    }
  }
  if (isOwnedDomain(tail)) return undefined;
  const isOpen = [head, ...TRIED_SCHEMES].some((start) => names.some((name) => matches(start + name + tail)));
  return isOpen ? 'match origins of other owners: end it with "\\." and a domain of yours' : undefined;
}

/** Whether anyone can register a name directly beneath this domain. @param {string} domain */
function isPublicSuffix(domain) {
  const labels = domain.split('.');
  if (labels.length < 2) return domain !== 'localhost';
  if (SHARED_DOMAINS.has(domain)) return true;
  const [label = '', country = ''] = labels;
  return labels.length === 2 && country.length === 2 && COUNTRY_LABELS.has(label);
}

/** Whether a pattern's literal end is "." and a domain that has an owner. @param {string} tail */
function isOwnedDomain(tail) {
  const domain = tail.replace(/:\d+$/, '');
  return domain.startsWith('.') && !isPublicSuffix(domain.slice(1));
}

/**
 * Random names; patterns such as \d+, [a-z]{4,8} or [0-9a-f]{7} match only some of them. None is longer than 17 characters:
 * a pattern that backtracks, such as (?:[a-z]+-?)+, takes twice the time for each further character.
 */
function randomNames() {
  const hex = randomBytes(8).toString('hex');
  const letters = `q${hex.replace(/\d/g, (digit) => String.fromCharCode(103 + Number(digit)))}`;
  const digits = `1${hex.replace(/\D/g, (letter) => String(letter.charCodeAt(0) - 97))}`;
  const starts = (/** @type {string} */ text) => Array.from({ length: text.length }, (_, at) => text.slice(0, at + 1));
  return [...starts(letters), ...starts(digits), ...starts(hex), `${letters}-${digits}`, `${letters}.${letters}`];
}

/**
 * The literal text at the start and at the end of an anchored expression, and whether an unescaped "." outside of a class
 * has no quantifier.
 * @param {string} source
 */
function literalEnds(source) {
  const parts = source.slice(1, -1).match(/\\.|\[(?:\\.|[^\]\\])*\]|[\s\S]/gu) ?? [];
  const literals = parts.map((part, at) => (isRepeated(parts[at + 1]) ? undefined : literalOf(part)));
  const first = literals.indexOf(undefined);
  const last = literals.lastIndexOf(undefined);
  return {
    head: first < 0 ? literals.join('') : literals.slice(0, first).join(''),
    tail: literals.slice(last + 1).join(''),
    hasBareDot: parts.some((part, at) => part === '.' && !/^[*+{]/.test(parts[at + 1] ?? '')),
  };
}

/** @param {string | undefined} following */
function isRepeated(following) {
  return following !== undefined && /^[*+?{]/.test(following);
}

/** The character that a part of an expression stands for; undefined for anything that may match several. @param {string} part */
function literalOf(part) {
  if (part.startsWith('\\')) return /^\\[^\w]$/.test(part) ? part.slice(1) : undefined;
  return /^[\w:/@%~!&'"=,;<>#-]$/.test(part) ? part : undefined;
}

module.exports = { breadthOf, isPublicSuffix };
