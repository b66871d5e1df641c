'use strict';

// What the server says: stored text, headers, errors.

const { comment, controlComment: control } = require('./bodies');
const { refused, summary } = require('./verdict');

const SCRIPTS = ['<script>alert(1)</script>', '<img src=x onerror=alert(1)>', '"><svg/onload=alert(1)>', '</li><!--'];
const SQL = "'; DROP TABLE comments; --";
const INJECTED = '%0d%0aSet-Cookie:%20stolen=1';
const SECRET = 'hunter2-never-echo-me';

/** What no answer may hold: the input, a stack, a path of the server. */
const leaks = ({ text }) => [SECRET, 'node_modules', '    at ', '.js:', __dirname].some((sign) => text.includes(sign));

const NEEDED = ['x-content-type-options', 'content-security-policy', 'x-frame-options', 'referrer-policy'];

const provoke = (ctx) =>
  Promise.all([
    ctx.send({ path: '/nowhere' }),
    ctx.send({ path: '/me' }),
    ctx.send({ path: '/login', body: '{' }),
    ctx.send({ path: '/admin/users', headers: { authorization: ctx.people.user.authorization } }),
    ctx.send({ path: '/comments/not-a-uuid' }),
    ctx.send({ path: '/%' }),
  ]);

const attacks = [
  {
    name: 'stored <script>',
    control,
    run: async (ctx) => {
      const stored = await Promise.all(SCRIPTS.map((text) => comment(ctx, { text })));
      const page = await ctx.send({ path: '/comments.html' });
      const isEscaped = page.text.includes('&lt;script&gt;') && !/<(?:script|img|svg|!--)/i.test(page.text);
      return { got: `${summary([...stored, page])}, ${isEscaped ? 'escaped' : 'raw'}`, held: isEscaped };
    },
  },
  {
    name: 'JSON read as a page',
    control,
    run: async (ctx) => {
      const { headers, ...answer } = await ctx.send({ path: '/comments', headers: { accept: 'text/html' } });
      const isJson =
        /^application\/json/.test(headers['content-type']) && headers['x-content-type-options'] === 'nosniff';
      return { got: `${summary([answer])}, ${headers['content-type']}`, held: isJson };
    },
  },
  {
    name: 'SQL in e-mail and path',
    control,
    run: async (ctx) => {
      const email = `' OR 1=1; --@example.com`;
      const answers = [
        await ctx.send({ path: '/login', body: { email, password: `' OR '1'='1' OR 'x` } }),
        await ctx.send({ path: '/login', body: { email: `'or'1'='1@example.com`, password: `' OR '1'='1' OR 'x` } }),
        await ctx.send({ path: `/comments/${encodeURIComponent(SQL)}` }),
        await ctx.send({ path: `/comments?limit=${encodeURIComponent('1; DROP TABLE comments')}` }),
      ];
      return refused(answers, [400, 401]);
    },
  },
  {
    name: 'SQL in a comment',
    control,
    run: async (ctx) => {
      const answer = await comment(ctx, { text: SQL });
      const list = await ctx.send({ path: '/comments?limit=1' });
      const isText = answer.status === 201 && list.json?.[0]?.text === SQL;
      return { got: `${summary([answer, list])}, ${isText ? 'stored as text' : 'not as text'}`, held: isText };
    },
  },
  {
    name: 'header injection by CR LF',
    control,
    run: async (ctx) => {
      const headers = {
        'x-request-id': INJECTED,
        origin: `https://a${INJECTED}`,
        'access-control-request-headers': INJECTED,
      };
      const answers = [
        await ctx.send({ path: `/comments/${INJECTED}`, headers }),
        await ctx.send({ path: `/comments?limit=${INJECTED}` }),
        await ctx.send({ method: 'OPTIONS', path: '/comments', headers: { ...headers, origin: ctx.origin } }),
        await ctx.sendRaw('GET /health HTTP/1.1\r\nHost: api\r\nX-Request-Id: a\rSet-Cookie: stolen=1\r\n\r\n'),
      ];
      const isInjected = answers.some((answer) => answer.headers['set-cookie'] !== undefined || answer.status >= 500);
      return { got: summary(answers), held: !isInjected };
    },
  },
  {
    name: 'request-id injection',
    control,
    run: async (ctx) => {
      const hostile = ['<script>alert(1)</script>', 'A'.repeat(5_000), 'a b\tc', '%0d%0aforged log line'];
      const answers = await Promise.all(
        hostile.map((id) => ctx.send({ path: '/health', headers: { 'x-request-id': id } })),
      );
      const isEchoed = answers.some((answer, i) => answer.headers['x-request-id'] === hostile[i]);
      return { got: `${summary(answers)}, ${isEchoed ? 'echoed' : 'not echoed'}`, held: !isEchoed };
    },
  },
  {
    name: 'error that leaks input or stack',
    control,
    run: async (ctx) => {
      const answers = [
        await ctx.send({ path: '/login', body: `{"password":"${SECRET}` }),
        await ctx.send({ path: '/login', body: `{"email":"${SECRET}","password":"${SECRET}"}` }),
        await ctx.send({ path: '/login', body: `{"$gt":"${SECRET}"}` }),
        await ctx.send({ path: `/${SECRET}<script>` }),
        await ctx.send({ path: `/%${SECRET}` }),
        await ctx.send({ path: '/me', headers: { authorization: `Bearer ${SECRET}` } }),
      ];
      const verdict = refused(answers);
      return { ...verdict, held: verdict.held && !answers.some(leaks) };
    },
  },
  {
    name: 'X-Powered-By and Server',
    control,
    run: async (ctx) => {
      const answers = [await ctx.send({ path: '/health' }), ...(await provoke(ctx))];
      const isTold = answers.some(({ headers }) => 'x-powered-by' in headers || 'server' in headers);
      return { got: isTold ? 'told' : 'absent', held: !isTold };
    },
  },
  {
    name: 'errors without security headers',
    control,
    run: async (ctx) => {
      const answers = await provoke(ctx);
      const missing = NEEDED.filter((name) => answers.some(({ headers }) => !(name in headers)));
      return {
        got: `${summary(answers)}, ${missing.length === 0 ? 'all headers' : `no ${missing}`}`,
        held: missing.length === 0,
      };
    },
  },
];

module.exports = { attacks };
