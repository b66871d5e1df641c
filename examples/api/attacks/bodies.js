'use strict';

// JSON that means something else to the program than to its reader. The honest call is a comment or a log-in.

const { refused } = require('./verdict');

const comment = (ctx, body, headers = {}) =>
  ctx.send({ path: '/comments', body, headers: { authorization: ctx.people.user.authorization, ...headers } });

const logIn = (ctx, body) => ctx.send({ path: '/login', body });

const controlComment = (ctx) => comment(ctx, { text: 'an honest comment' });

const controlLogIn = ({ people: { user }, ...ctx }) => logIn(ctx, { email: user.email, password: user.password });

/** Attacks on the log-in body, as text. */
const LOGINS = [
  ['NoSQL operator: {"$gt":""}', ['{"email":{"$gt":""},"password":{"$gt":""}}']],
  ['NoSQL operator written with \\u0024', ['{"email":{"\\u0024gt":""},"password":"correct horse battery"}']],
  ['operators in lists and under clean keys', ['[{"$gt":""}]', '{"email":{"a":[{"$ne":null}]},"password":"x"}']],
  ['body that is null, a list, a number', ['null', '[]', '1', '"x"']],
  ['dotted key', ['{"email":"a@example.com","password":"correct horse battery","a.b":1}']],
];

/** Attacks on the comment body. */
const COMMENTS = [
  [
    '__proto__ in the body',
    ['{"text":"x","__proto__":{"polluted":true}}', '{"text":"x","\\u005f_proto__":{"polluted":true}}'],
  ],
  ['constructor.prototype in the body', ['{"text":"x","constructor":{"prototype":{"polluted":true}}}']],
  ['10,000-deep JSON', [`{"text":${'['.repeat(10_000)}${']'.repeat(10_000)}}`, '{"a":'.repeat(5_000)]],
  ['duplicate keys', ['{"text":"a","text":"b"}', '{"text":"a","\\u0074ext":"b"}']],
  ['invalid UTF-8', [Buffer.from('7b2274657874223a22ff227d', 'hex'), Buffer.from('7b2274657874223a22c0a4227d', 'hex')]],
  ['NUL, control characters, lone surrogate', ['{"text":"a\\u0000b"}', '{"text":"a\\u001bb"}', '{"text":"a\\ud800b"}']],
  ['two documents, trailing bytes', ['{"text":"a"}{"text":"b"}', '{"text":"a"}\u0000', '{"text":"a"},']],
  ['text that is not text', ['{"text":1e999}', '{"text":{}}', '{"text":["a"]}', '{"text":""}', '{}']],
  ['5,000 keys', [JSON.stringify(Object.fromEntries(Array.from({ length: 5_000 }, (_, i) => [i, 0])))]],
];

const pollutedBy = (verdict) => ({ ...verdict, held: verdict.held && !('polluted' in {}) });

const logIns = LOGINS.map(([name, bodies]) => ({
  name,
  control: controlLogIn,
  run: async (ctx) => refused(await Promise.all(bodies.map((body) => logIn(ctx, body))), [400]),
}));

const comments = COMMENTS.map(([name, bodies]) => ({
  name,
  control: controlComment,
  run: async (ctx) => pollutedBy(refused(await Promise.all(bodies.map((body) => comment(ctx, body))), [400, 413])),
}));

module.exports = { attacks: [...logIns, ...comments], comment, controlComment };
