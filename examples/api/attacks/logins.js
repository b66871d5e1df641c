'use strict';

// Guessing. The honest call is a log-in with the right password.

const { refused, summary } = require('./verdict');

const WRONG = 'not the right password';

const logIn = (ctx, email, password = WRONG, headers = {}) =>
  ctx.send({ path: '/login', body: { email, password }, headers });

const control = (ctx) => logIn(ctx, ctx.people.user.email, ctx.people.user.password);

/** Tries one after the other, until the door shuts or `limit` tries are spent. */
async function guess(limit, attempt) {
  const answers = [];
  while (answers.length < limit && answers.at(-1)?.status !== 429) answers.push(await attempt(answers.length));
  return answers;
}

/** Held when wrong passwords were refused, and after at most `most` of them the door shut with a time to come back. */
function shutAfter(answers, most) {
  const last = answers.at(-1);
  const onlyRefusals = answers.every(({ status }) => status === 401 || status === 429);
  const says = last.status === 429 && Number(last.headers['retry-after']) > 0;
  return { got: summary(answers), held: onlyRefusals && says && answers.length <= most + 1 };
}

/** All that an answer says, but for the id that no two share. */
const tellTale = ({ json: { requestId, ...problem } }) => JSON.stringify(problem);

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

async function timeOf(promise) {
  const from = process.hrtime.bigint();
  await promise;
  return Number(process.hrtime.bigint() - from) / 1e6;
}

const attacks = [
  {
    name: 'brute force on one account',
    control,
    run: async (ctx) => shutAfter(await guess(60, () => logIn(ctx, ctx.people.user.email)), 10),
  },
  {
    name: 'brute force, e-mail in other letters',
    control,
    run: async (ctx) => {
      const spellings = ['ada@example.com', 'ADA@example.com', 'Ada@Example.com'];
      return shutAfter(await guess(60, (i) => logIn(ctx, spellings[i % spellings.length])), 10);
    },
  },
  {
    name: 'spraying accounts from one address',
    control,
    run: async (ctx) => shutAfter(await guess(60, (i) => logIn(ctx, `user${i}@example.com`)), 30),
  },
  {
    name: 'spraying with rotated X-Forwarded-For',
    control,
    run: async (ctx) => {
      const forwarded = (i) => ({ 'x-forwarded-for': `203.0.113.${i}`, 'x-real-ip': `203.0.113.${i}` });
      return shutAfter(await guess(60, (i) => logIn(ctx, `user${i}@example.com`, WRONG, forwarded(i))), 30);
    },
  },
  {
    name: 'one address in ::ffff: spellings',
    config: { trustProxy: 'loopback' },
    control,
    run: async (ctx) => {
      const spellings = ['203.0.113.9', '::ffff:203.0.113.9', '::FFFF:cb00:7109', '0:0:0:0:0:ffff:cb00:7109'];
      const forwarded = (i) => ({ 'x-forwarded-for': spellings[i % spellings.length] });
      return shutAfter(await guess(60, (i) => logIn(ctx, `user${i}@example.com`, WRONG, forwarded(i))), 30);
    },
  },
  {
    name: 'many addresses of one IPv6 customer',
    config: { trustProxy: 'loopback' },
    control,
    run: async (ctx) => {
      const forwarded = (i) => ({ 'x-forwarded-for': `2001:db8:0:${(i % 64).toString(16)}::${(i + 1).toString(16)}` });
      return shutAfter(await guess(60, (i) => logIn(ctx, `user${i}@example.com`, WRONG, forwarded(i))), 30);
    },
  },
  {
    name: 'user enumeration by answer',
    control,
    run: async (ctx) => {
      const known = await logIn(ctx, ctx.people.user.email);
      const unknown = await logIn(ctx, 'nobody@example.com');
      const isSame = known.status === 401 && unknown.status === 401 && tellTale(known) === tellTale(unknown);
      return { got: `${summary([known, unknown])}, ${isSame ? 'same text' : 'texts differ'}`, held: isSame };
    },
  },
  {
    name: 'user enumeration by time',
    control,
    run: async (ctx) => {
      const known = [];
      const unknown = [];
      for (let i = 0; i < 8; i++) {
        known.push(await timeOf(logIn(ctx, ctx.people.user.email)));
        unknown.push(await timeOf(logIn(ctx, `nobody${i}@example.com`)));
      }
      const ratio = median(unknown) / median(known);
      const got = `${median(known).toFixed(1)} ms known, ${median(unknown).toFixed(1)} ms unknown`;
      return { got, held: ratio > 0.5 && ratio < 2 };
    },
  },
  {
    name: 'passwords of the wrong size',
    control,
    run: async (ctx) => {
      const sizes = ['', 'short', 'x'.repeat(257), 'x'.repeat(30_000)];
      const answers = await Promise.all(sizes.map((password) => logIn(ctx, ctx.people.user.email, password)));
      return refused(answers, [400]);
    },
  },
];

module.exports = { attacks };
