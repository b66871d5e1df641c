'use strict';

// Pages of other sites. The honest call comes from the allowed origin and must be let in by name.

const { refused, summary } = require('./verdict');

const STRANGERS = ['https://evil.example', 'null', 'https://app.example.com.evil.example', 'http://app.example.com'];

const ask = (ctx, origin) => ctx.send({ path: '/comments', headers: { origin } });

const preflight = (ctx, origin) =>
  ctx.send({
    method: 'OPTIONS',
    path: '/comments',
    headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' },
  });

const allowed = (answer) => answer.headers['access-control-allow-origin'];

const change = (ctx, origin) =>
  ctx.send({
    path: '/comments',
    body: { text: 'from a page' },
    headers: { origin, authorization: ctx.people.user.authorization },
  });

/** A control that also demands the permission itself; without it the call counts as refused. */
const permitted = (call) => async (ctx) => {
  const answer = await call(ctx, ctx.origin);
  return allowed(answer) === ctx.origin ? answer : { ...answer, status: 403 };
};

const stranger = (call) => async (ctx) => {
  const answers = await Promise.all(STRANGERS.map((origin) => call(ctx, origin)));
  const isSilent = answers.every((answer) => allowed(answer) === undefined && answer.status < 500);
  return { got: `${summary(answers)}, ${isSilent ? 'no permission' : 'permission'}`, held: isSilent };
};

const attacks = [
  { name: 'disallowed origin: preflight', control: permitted(preflight), run: stranger(preflight) },
  { name: 'disallowed origin: read', control: permitted(ask), run: stranger(ask) },
  {
    name: 'disallowed origin: change',
    control: permitted(change),
    run: async (ctx) => refused(await Promise.all(STRANGERS.map((origin) => change(ctx, origin))), [403]),
  },
];

module.exports = { attacks };
