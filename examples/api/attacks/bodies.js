'use strict';

// JSON that means something else to the program than to its reader. The honest call is a comment or a log-in.

const { refused, refusedUnread } = require('./verdict');

const comment = (ctx, body, headers = {}) =>
  ctx.send({ path: '/comments', body, headers: { authorization: ctx.people.user.authorization, ...headers } });

const logIn = (ctx, body, headers = {}) => ctx.send({ path: '/login', body, headers });

const formLogIn = (ctx, body) => logIn(ctx, body, { 'content-type': 'application/x-www-form-urlencoded' });

const controlFormLogIn = ({ people: { user }, ...ctx }) =>
  formLogIn(ctx, String(new URLSearchParams({ email: user.email, password: user.password })));

const queryLogIn = ({ people: { user }, ...ctx }, query) =>
  ctx.send({ path: `/login?${query}`, body: { email: user.email, password: user.password } });

const cookieLogIn = ({ people: { user }, ...ctx }, cookie) =>
  logIn(ctx, { email: user.email, password: user.password }, { cookie, 'sec-fetch-site': 'same-origin' });

const controlComment = (ctx) => comment(ctx, { text: 'an honest comment' });

const controlLogIn = ({ people: { user }, ...ctx }) => logIn(ctx, { email: user.email, password: user.password });

/** For the log-in: what the guard must refuse, whatever the route thinks of it. */
const GUARDED_LOGINS = [
  ['NoSQL operator: {"$gt":""}', ['{"email":{"$gt":""},"password":{"$gt":""}}']],
  ['NoSQL operator written with \\u0024', ['{"email":{"\\u0024gt":""},"password":"correct horse battery"}']],
  ['operators in lists and under clean keys', ['[{"$gt":""}]', '{"email":{"a":[{"$ne":null}]},"password":"x"}']],
];

/** The same in other sources. */
const GUARDED_FORMS = [
  ['NoSQL operator in a form', ['email[$gt]=&password[$gt]=', 'email[%24ne]=x&password=x', '%24where=1']],
  ['prototype in a form', ['__proto__[polluted]=1', 'constructor[prototype][polluted]=1', 'a[__proto__][polluted]=1']],
];
const GUARDED_QUERIES = [['NoSQL operator in the query', ['email[$ne]=x', '%24where=1', 'a[b][%24in][]=1']]];
const GUARDED_COOKIES = [
  [
    'NoSQL operator in a JSON cookie',
    ['id=j:{"$ne":null}', 'id=j%3A%7B%22%24ne%22%3Anull%7D', 'a=1; id="j:[{"$gt":""}]"'],
  ],
];

/** For the comment, likewise. */
const GUARDED_COMMENTS = [
  [
    '__proto__ in the body',
    ['{"text":"x","__proto__":{"polluted":1}}', '{"text":"x","\\u005f_proto__":{"polluted":1}}'],
  ],
  ['constructor.prototype in the body', ['{"text":"x","constructor":{"prototype":{"polluted":1}}}']],
  ['10,000-deep JSON', [`{"text":${'['.repeat(10_000)}${']'.repeat(10_000)}}`, '{"a":'.repeat(5_000)]],
  ['duplicate keys', ['{"text":"a","text":"b"}', '{"text":"a","\\u0074ext":"b"}']],
  ['invalid UTF-8', [Buffer.from('7b2274657874223a22ff227d', 'hex'), Buffer.from('7b2274657874223a22c0a4227d', 'hex')]],
  ['two documents, trailing bytes', ['{"text":"a"}{"text":"b"}', '{"text":"a"}\u0000', '{"text":"a"},']],
  ['thousands of keys', [JSON.stringify(Object.fromEntries(Array.from({ length: 3_000 }, (_, i) => [i, 0])))]],
];

/** What only the route can know to be wrong. */
const ODD_COMMENTS = [
  ['body that is null, a list, a number', ['null', '[]', '1', '"x"']],
  ['NUL, control characters, lone surrogate', ['{"text":"a\\u0000b"}', '{"text":"a\\u001bb"}', '{"text":"a\\ud800b"}']],
  ['text that is not text', ['{"text":1e999}', '{"text":{}}', '{"text":["a"]}', '{"text":""}', '{}']],
];

/** An attack that left its mark on Object.prototype has not been held. */
const unpolluted = (verdict) => ({ ...verdict, held: verdict.held && !('polluted' in {}) });

const entries = (table, control, call, judge) =>
  table.map(([name, bodies]) => ({
    name,
    control,
    run: async (ctx) => unpolluted(judge(await Promise.all(bodies.map((body) => call(ctx, body))))),
  }));

const attacks = [
  ...entries(GUARDED_LOGINS, controlLogIn, logIn, refusedUnread),
  ...entries(GUARDED_FORMS, controlFormLogIn, formLogIn, refusedUnread),
  ...entries(GUARDED_QUERIES, controlLogIn, queryLogIn, refusedUnread),
  ...entries(GUARDED_COOKIES, controlLogIn, cookieLogIn, refusedUnread),
  ...entries(GUARDED_COMMENTS, controlComment, comment, refusedUnread),
  ...entries(ODD_COMMENTS, controlComment, comment, (answers) => refused(answers, [400])),
];

module.exports = { attacks, comment, controlComment };
