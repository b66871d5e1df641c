'use strict';

// Ways around a guard. The honest call is the admin's, through the front door.

const { refused, summary } = require('./verdict');

const listUsers = (ctx, authorization) => ctx.send({ path: '/admin/users', headers: { authorization } });

const control = (ctx) => listUsers(ctx, ctx.people.admin.authorization);

/** Nothing of the list may come back, by whatever status. */
function keepsSecret(ctx, answers) {
  const leaks = answers.some(({ status, text }) => status >= 500 || text.includes(ctx.people.user.email));
  return { got: `${summary(answers)}, ${leaks ? 'the list' : 'no list'}`, held: !leaks };
}

const PATHS = [
  '//admin/users',
  '/ADMIN/users/',
  '/%61dmin/users',
  '/admin%2fusers',
  '/admin/%2e/users',
  '/me/../admin/users',
  '/me/%2e%2e/admin/users',
  '/admin/users;a=b',
  '/admin/users%00',
  '/admin/users?/health',
  '/%',
];

const attacks = [
  {
    name: 'no token on the admin route',
    control,
    run: async (ctx) => refused(await ctx.send({ path: '/admin/users' }), [401]),
  },
  {
    name: 'user token on the admin route',
    control,
    run: async (ctx) => refused(await listUsers(ctx, ctx.people.user.authorization), [403]),
  },
  {
    name: 'two Authorization headers',
    control,
    run: async (ctx) => {
      const { admin, user } = ctx.people;
      const both = [admin.authorization, user.authorization];
      return refused([await listUsers(ctx, both), await listUsers(ctx, both.reverse())], [400, 401]);
    },
  },
  {
    name: 'token in header and query',
    control,
    run: async (ctx) => {
      const { authorization, token } = ctx.people.admin;
      const paths = [`access_token=${token}`, 'access%5Ftoken=x'].map((query) => `/admin/users?${query}`);
      return refused(await Promise.all(paths.map((path) => ctx.send({ path, headers: { authorization } }))), [400]);
    },
  },
  {
    name: 'token in query, cookie, other scheme',
    control,
    run: async (ctx) => {
      const { token } = ctx.people.admin;
      const path = '/admin/users';
      const answers = [
        await ctx.send({ path: `${path}?access_token=${token}&authorization=Bearer%20${token}` }),
        await ctx.send({ path, headers: { cookie: `token=${token}; authorization=Bearer ${token}` } }),
        await listUsers(ctx, `Basic ${token}`),
        await listUsers(ctx, token),
      ];
      return refused(answers, [400, 401]);
    },
  },
  {
    name: 'path tricks without a token',
    control,
    run: async (ctx) => keepsSecret(ctx, await Promise.all(PATHS.map((path) => ctx.send({ path })))),
  },
  {
    name: 'path tricks with a user token',
    control,
    run: async (ctx) => {
      const headers = { authorization: ctx.people.user.authorization };
      return keepsSecret(ctx, await Promise.all(PATHS.map((path) => ctx.send({ path, headers }))));
    },
  },
  {
    name: 'method override',
    control,
    run: async (ctx) => {
      const headers = { 'x-http-method-override': 'GET', 'x-http-method': 'GET', 'x-method-override': 'GET' };
      const answers = ['/admin/users', '/admin/users?_method=GET'].map((path) => ctx.send({ path, headers, body: {} }));
      return keepsSecret(ctx, await Promise.all(answers));
    },
  },
  {
    name: 'HEAD and OPTIONS on the admin route',
    control,
    run: async (ctx) => {
      const answers = ['HEAD', 'OPTIONS'].map((method) => ctx.send({ method, path: '/admin/users' }));
      const [head, options] = await Promise.all(answers);
      const verdict = keepsSecret(ctx, [head, options]);
      return { ...verdict, held: verdict.held && head.status === 401 };
    },
  },
  {
    name: 'address forged by X-Original-URL',
    control,
    run: async (ctx) => {
      const headers = { 'x-original-url': '/admin/users', 'x-rewrite-url': '/admin/users' };
      return keepsSecret(ctx, [await ctx.send({ path: '/health', headers })]);
    },
  },
  {
    name: 'role taken at sign-up',
    control,
    run: async (ctx) => {
      const body = { email: 'eve@example.com', password: 'a long enough one', roles: ['admin'] };
      const answer = await ctx.send({ path: '/signup', body });
      const { text } = await control(ctx);
      return { got: summary([answer]), held: answer.status === 400 && !text.includes(body.email) };
    },
  },
];

module.exports = { attacks };
