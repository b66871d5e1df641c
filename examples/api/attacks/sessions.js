'use strict';

// Tokens that were valid once: after a log-out, and refresh tokens that are used twice.

const { randomUUID } = require('node:crypto');

const { refused } = require('./verdict');

const logIn = async (ctx, { email, password } = ctx.people.user) =>
  (await ctx.send({ path: '/login', body: { email, password } })).json;
const bearer = (token) => ({ authorization: `Bearer ${token}` });
const show = (ctx, token) => ctx.send({ path: '/me', headers: bearer(token) });
const end = (ctx, token, path = '/logout') => ctx.send({ method: 'POST', path, headers: bearer(token) });
const refresh = (ctx, refreshToken) => ctx.send({ path: '/refresh', body: { refreshToken } });

const control = async (ctx) => show(ctx, (await logIn(ctx)).token);

const attacks = [
  {
    name: 'access and refresh token after log-out',
    control,
    run: async (ctx) => {
      const { token, refreshToken } = await logIn(ctx);
      await end(ctx, token);
      return refused([await show(ctx, token), await refresh(ctx, refreshToken)], [401]);
    },
  },
  {
    name: 'tokens of another device after "log out everywhere"',
    control,
    run: async (ctx) => {
      // A separate user: the log-out would end the tokens of the other attacks.
      const victim = { email: `${randomUUID()}@example.com`, password: 'correct horse battery' };
      await ctx.send({ path: '/signup', body: victim });
      const [first, second] = [await logIn(ctx, victim), await logIn(ctx, victim)];
      await end(ctx, first.token, '/logout/everywhere');
      return refused([await show(ctx, second.token), await refresh(ctx, second.refreshToken)], [401]);
    },
  },
  {
    name: 'access token that a thief got for a stolen refresh token',
    control,
    run: async (ctx) => {
      const victim = await logIn(ctx);
      const thief = (await refresh(ctx, victim.refreshToken)).json;
      const next = (await refresh(ctx, thief.refreshToken)).json;
      // The victim's token was replaced twice: that is how the theft is noticed.
      const noticed = await refresh(ctx, victim.refreshToken);
      const tokens = [victim.token, thief.token, next.token];
      return refused([noticed, ...(await Promise.all(tokens.map((token) => show(ctx, token))))], [401]);
    },
  },
  {
    name: 'refresh in flight during "log out everywhere"',
    control,
    run: async (ctx) => {
      const victim = { email: `${randomUUID()}@example.com`, password: 'correct horse battery' };
      await ctx.send({ path: '/signup', body: victim });
      const [first, second] = [await logIn(ctx, victim), await logIn(ctx, victim)];
      // Holds the refresh after the rotation, past the second in which everything is revoked.
      const release = ctx.holdQueries('SELECT id, roles FROM accounts');
      const late = refresh(ctx, second.refreshToken);
      await release.held;
      await end(ctx, first.token, '/logout/everywhere');
      await new Promise((resolve) => setTimeout(resolve, 2_000));
      release();
      const { status, json } = await late;
      if (status !== 200) return { got: `the refresh: ${status}`, held: false };
      return refused([await show(ctx, json.token), await refresh(ctx, json.refreshToken)], [401]);
    },
  },
  {
    name: 'refresh token altered, cut, of another kind',
    control: async (ctx) => refresh(ctx, (await logIn(ctx)).refreshToken),
    run: async (ctx) => {
      const { token, refreshToken } = await logIn(ctx);
      const altered = `${refreshToken.slice(0, -1)}${refreshToken.endsWith('A') ? 'B' : 'A'}`;
      const tries = [altered, refreshToken.slice(0, -1), 'A'.repeat(88), token.slice(0, 88)];
      return refused(await Promise.all(tries.map((one) => refresh(ctx, one))), [401]);
    },
  },
];

module.exports = { attacks };
