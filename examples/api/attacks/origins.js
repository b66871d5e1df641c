'use strict';

// Pages of other sites. The honest call comes from the allowed origin, which must be allowed by name.

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

const change = (ctx, origin) => changeBy(ctx, { origin });

const changeBy = (ctx, headers) =>
  ctx.send({
    path: '/comments',
    body: { text: 'from a page' },
    headers: { authorization: ctx.people.user.authorization, ...headers },
  });

/** What browsers send for pages of other sites, with the header that CORS does not look at. */
const BY_FETCH_METADATA = [
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-site' },
  { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
  { 'sec-fetch-site': 'same-origin, cross-site' },
];

/** Origins that only resemble the API's own. */
const LOOKALIKES = [
  'ftp://api.example',
  'https://api.example:8443',
  'https://api.example.evil.example',
  'ws://api.example',
];

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
  {
    name: 'cross-site change: by Sec-Fetch-Site',
    control: (ctx) => changeBy(ctx, { 'sec-fetch-site': 'same-origin' }),
    run: async (ctx) => refused(await Promise.all(BY_FETCH_METADATA.map((headers) => changeBy(ctx, headers))), [403]),
  },
  {
    name: 'cross-site change: other scheme or port of the host',
    control: (ctx) => changeBy(ctx, { host: 'api.example', origin: 'https://api.example' }),
    run: async (ctx) => {
      const answers = LOOKALIKES.map((origin) => changeBy(ctx, { host: 'api.example', origin }));
      return refused(await Promise.all(answers), [403]);
    },
  },
  {
    name: 'cross-site change: cookies without a source',
    control: (ctx) => changeBy(ctx, {}),
    run: async (ctx) => refused(await changeBy(ctx, { cookie: 'theme=dark' }), [403]),
  },
];

module.exports = { attacks };
