'use strict';

// Turns answers into one row of the table.

const REFUSALS = [400, 401, 403, 404, 405, 409, 413, 415, 429, 431];

/** What came back, each kind once: `401 Unauthorized x4`. @param {readonly import('./client').Answer[]} answers */
function summary(answers) {
  const counts = new Map();
  for (const { status, title } of answers) {
    const kind = status === 0 ? title : `${status} ${title}`;
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return [...counts].map(([kind, count]) => (count === 1 ? kind : `${kind} x${count}`)).join(', ');
}

/**
 * Held when every answer is a refusal of the kind that is expected: a 500 is a breach, and so is any success.
 * @param {import('./client').Answer | readonly import('./client').Answer[]} given
 * @param {readonly number[]} [statuses]
 */
function refused(given, statuses = REFUSALS) {
  const answers = [given].flat();
  return {
    got: summary(answers),
    held: answers.length > 0 && answers.every(({ status }) => statuses.includes(status)),
  };
}

/**
 * Refused by the body guard, before a route could read it. The routes would refuse these too, and would hide a guard
 * that sleeps; theirs is the answer with a detail.
 * @param {readonly import('./client').Answer[]} answers
 */
function refusedUnread(answers) {
  const { got, held } = refused(answers, [400]);
  const isUnread = answers.every(({ json }) => json !== undefined && json.detail === undefined);
  return { got: `${got}, ${isUnread ? 'unread' : 'read'}`, held: held && isUnread };
}

module.exports = { refused, refusedUnread, summary };
