// @ts-check
'use strict';

// Many tokens at once: one crossing of the border for those of one judge, and the pool does them in parallel.

/** @typedef {InstanceType<typeof import('./judge').Judge>} Judge */
/** @typedef {{ ok: true, claims: Record<string, any> } | { ok: false, error: any }} Result */

/** @param {string[]} tokens @param {(token: string) => Judge} of @returns {Promise<Result[]>} */
async function verifyMany(tokens, of) {
  /** @type {Result[]} */
  const results = new Array(tokens.length);
  /** @type {Map<Judge, number[]>} */
  const places = new Map();
  for (const [place, token] of tokens.entries()) {
    try {
      const judge = of(token);
      const own = places.get(judge);
      if (own === undefined) places.set(judge, [place]);
      else own.push(place);
    } catch (error) {
      results[place] = { ok: false, error };
    }
  }
  const groups = [...places].map(async ([judge, own]) => {
    const answers = await verifyGroup(
      judge,
      own.map((place) => tokens[place]),
    );
    for (const [at, place] of own.entries()) results[place] = answers[at];
  });
  await Promise.all(groups);
  return results;
}

/** @param {Judge} judge @param {string[]} tokens @returns {Promise<Result[]>} */
async function verifyGroup(judge, tokens) {
  const results = await verifyOnce(judge, tokens);
  const waits = results.map((result) => (result.ok ? undefined : judge.wait(result.error)));
  if (waits.every((wait) => wait === undefined)) return results;
  await Promise.allSettled(waits);
  return results.map((result, at) => (waits[at] === undefined ? result : settled(() => judge.verify(tokens[at]))));
}

/** @param {Judge} judge @param {string[]} tokens @returns {Promise<Result[]>} */
async function verifyOnce(judge, tokens) {
  let epoch = 0;
  try {
    epoch = judge.begin();
  } catch (error) {
    return tokens.map(() => ({ ok: false, error }));
  }
  const now = judge.now();
  const known = tokens.map((token) => settled(() => judge.cached(token, now, epoch)));
  const isOpen = (/** @type {number} */ at) => known[at].ok && known[at].claims === undefined;
  const prepared = /** @type {import('./prepared').Prepared} */ (judge.prepared);
  const open = tokens.filter((_, at) => isOpen(at));
  const verdicts = await prepared.verifier.verifyMany(open, now);
  let next = 0;
  return tokens.map((token, at) => {
    if (!isOpen(at)) return known[at];
    // The pool takes all of them or none.
    const verdict = Array.isArray(verdicts) ? verdicts[next++] : verdicts;
    return settled(() => judge.settle(token, prepared, epoch, verdict));
  });
}

/** @param {() => any} work @returns {Result} */
function settled(work) {
  try {
    return { ok: true, claims: work() };
  } catch (error) {
    return { ok: false, error };
  }
}

module.exports = { verifyMany };
