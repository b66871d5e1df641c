// @ts-check
'use strict';

// One exchange with the endpoint of a key set, bounded in time, bytes and places.

// The global one is a browser's under jsdom, whose timers cannot be unreferenced.
const { clearTimeout, setTimeout } = require('node:timers');

const { PortcullisError } = require('../../support/errors');
const { readSet } = require('./body');
const { unavailable, unexpectedStatus } = require('./failure');
const { readMaxAgeMs } = require('./max-age');

/** @typedef {import('./options').Settings} Settings */
/** @typedef {{ jwks: { keys: object[] }, maxAgeMs: number }} Fetched */

const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const MOST_REDIRECTS = 2;

/**
 * Fetches the set. The controller's abort ends the exchange with its reason, even where `fetch` does not listen to it.
 * @param {Settings} settings @param {AbortController} controller @returns {Promise<Fetched>}
 */
function fetchSet(settings, controller) {
  const { signal } = controller;
  const { timeoutMs } = settings;
  const late = () => controller.abort(unavailable('timeout', `no complete response within ${timeoutMs} ms`));
  const timer = setTimeout(late, timeoutMs);
  timer.unref();
  const aborted = new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  return Promise.race([exchange(settings, signal), aborted]).finally(() => {
    clearTimeout(timer);
    // Lets go of what was not read: the rest of a body, the body of a redirect.
    controller.abort();
  });
}

/** @param {Settings} settings @param {AbortSignal} signal @returns {Promise<Fetched>} */
async function exchange(settings, signal) {
  const { fetch = globalThis.fetch, headers } = settings;
  try {
    let { url } = settings;
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
      const response = await fetch(url.href, { headers: { ...headers }, redirect: 'manual', signal });
      if (!REDIRECTS.has(response.status)) return await accept(response, settings);
      url = targetOf(response, url);
    }
  } catch (/** @type {any} */ error) {
    if (error instanceof PortcullisError) throw error;
    throw unavailable('network', `no response: ${error?.cause?.code ?? error?.code ?? 'the connection failed'}`, error);
  }
  throw unavailable('redirect', `more than ${MOST_REDIRECTS} redirects`);
}

/** @param {any} response @param {Settings} settings @returns {Promise<Fetched>} */
async function accept(response, settings) {
  if (response.status !== 200) throw unexpectedStatus(response.status);
  return { jwks: await readSet(response, settings), maxAgeMs: readMaxAgeMs(response.headers) };
}

/**
 * Another host is another owner of the keys, and would be sent the headers that were meant for this one.
 * @param {any} response @param {URL} url @returns {URL}
 */
function targetOf(response, url) {
  const location = response.headers.get('location');
  const target = location !== null && URL.canParse(location, url.href) ? new URL(location, url.href) : undefined;
  if (target?.origin === url.origin && target.username === '' && target.password === '') return target;
  throw unavailable('redirect', 'the redirect leads to another scheme, host or port, or has no valid Location');
}

module.exports = { fetchSet };
