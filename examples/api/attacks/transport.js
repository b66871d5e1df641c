'use strict';

// Bytes that lie about what they are: charset, coding, length, type. The honest call is a comment.

const { gzipSync } = require('node:zlib');

const { comment, controlComment: control } = require('./bodies');
const { refused } = require('./verdict');

const UTF16 = Buffer.from('{"text":"x","$where":"1"}', 'utf16le');
const BOMB = gzipSync(`{"text":"${'0'.repeat(20 * 1024 * 1024)}"}`);
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

/** A comment written byte by byte, with the user's token. */
function post(ctx, headers, body) {
  const authorization = `Authorization: ${ctx.people.user.authorization}`;
  const head = ['POST /comments HTTP/1.1', 'Host: api', 'Content-Type: application/json', authorization, ...headers];
  return ctx.sendRaw(`${head.join('\r\n')}\r\n\r\n${body}`);
}

const attacks = [
  {
    name: 'charset utf-16, utf-7, iso-8859-1',
    control,
    run: async (ctx) => {
      const types = ['utf-16', 'utf-16le', 'utf-7', 'iso-8859-1'].map(
        (charset) => `application/json; charset=${charset}`,
      );
      return refused(await Promise.all(types.map((type) => comment(ctx, UTF16, { 'content-type': type }))), [415]);
    },
  },
  {
    name: 'gzip bomb: 20 MB in 20 KB',
    control: (ctx) => comment(ctx, gzipSync('{"text":"honest and small"}'), { 'content-encoding': 'gzip' }),
    run: async (ctx) => refused(await comment(ctx, BOMB, { 'content-encoding': 'gzip' }), [413, 415]),
  },
  {
    name: 'broken and unknown content codings',
    control,
    run: async (ctx) => {
      const codings = ['gzip', 'br', 'compress', 'gzip, gzip'].map((coding) => ({ 'content-encoding': coding }));
      return refused(await Promise.all(codings.map((headers) => comment(ctx, '{"text":"x"}', headers))), [400, 415]);
    },
  },
  {
    name: 'oversize body',
    control,
    run: async (ctx) => refused(await comment(ctx, { text: 'x'.repeat(40 * 1024) }), [413]),
  },
  {
    name: 'JSON under another content type',
    control,
    run: async (ctx) => {
      const types = ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'];
      const answers = types.map((type) => comment(ctx, '{"text":"x"}', { 'content-type': type }));
      return refused(await Promise.all(answers), [400, 415]);
    },
  },
  {
    name: 'operators in form and query',
    control,
    run: async (ctx) => {
      const form = { path: '/login', headers: FORM, body: 'email[$gt]=&password[$gt]=' };
      const queries = ['/comments?limit=1&limit=2', '/comments?limit=%7B%22$gt%22:1%7D'].map((path) => ({ path }));
      return refused(await Promise.all([form, ...queries].map(ctx.send)), [400, 415]);
    },
  },
  {
    name: 'truncated body',
    control,
    run: async (ctx) => refused(await post(ctx, ['Content-Length: 100'], '{"text":"x"}'), [0, 400]),
  },
  {
    name: 'content-length that is no length',
    control,
    run: async (ctx) => {
      const values = ['-1', '1e2', '12, 13', '99999999999999999999999'];
      const answers = values.map((value) => post(ctx, [`Content-Length: ${value}`], '{"text":"x"}'));
      return refused(await Promise.all(answers), [0, 400, 413]);
    },
  },
  {
    name: 'smuggling: length and chunked both',
    control,
    run: async (ctx) => {
      const headers = ['Content-Length: 4', 'Transfer-Encoding: chunked'];
      return refused(await post(ctx, headers, '0\r\n\r\nGET /admin/users HTTP/1.1\r\nHost: api\r\n\r\n'), [0, 400]);
    },
  },
  {
    name: 'token of 100,000 dots',
    control,
    run: async (ctx) => {
      const request = `GET /me HTTP/1.1\r\nHost: api\r\nAuthorization: Bearer ${'.'.repeat(100_000)}\r\n\r\n`;
      return refused(await ctx.sendRaw(request), [0, 400, 401, 431]);
    },
  },
];

module.exports = { attacks };
