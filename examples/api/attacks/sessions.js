'use strict';

// Tokens that were good once: after a log-out, and refresh tokens that come twice.

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
      // Of their own: whoever is logged out everywhere stays so for the other attacks.
      const victim = { email: `${randomUUID()}@example.com`, password: 'correct horse battery' };
      await ctx.send({ path: '/signup', body: victim });
      const [first, second] = [await logIn(ctx, victim), await logIn(ctx, victim)];
      await end(ctx, first.token, '/logout/everywhere');
      return refused([await show(ctx, second.token), await refresh(ctx, second.refreshToken)], [401]);
    },
  },
  {
    name: 'refresh token altered, cut, of another kind',
    control: async (ctx) => refresh(ctx, (await logIn(ctx)).refreshToken),
    run: async (ctx) => {
      const { token, refreshToken } = await logIn(ctx);
      const altered = `${refreshToken.slice(0, -1)}${refreshToken.endsWith('A') ? 'B' : 'A'}`;
      const tries = [altered, refreshToken.slice(0, -1), 'A'.repeat(72), token.slice(0, 72)];
      return refused(await Promise.all(tries.map((one) => refresh(ctx, one))), [401]);
    },
  },
];

module.exports = { attacks };
