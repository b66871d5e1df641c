// @ts-check
'use strict';

// An app whose queries are matched by mingo, MongoDB's operators in JavaScript, as an app that passes input to a driver does.
// Without a guard it can be entered in every way that input comes in.

const { gzipSync } = require('node:zlib');

const { Query } = require('mingo');
const cookieParser = require('cookie-parser');
const multer = require('multer');

const ADA = { email: 'ada@example.com', password: 'correct horse battery' };
const USERS = [ADA, { email: 'root@example.com', password: 'a password for the admin' }];
const SESSIONS = [{ id: '3f2c9a', email: ADA.email }];

/** @param {object[]} documents @param {Record<string, any>} filter */
const find = (documents, filter) => documents.filter((one) => new Query(filter).test(/** @type {any} */ (one)));

/**
 * @typedef {object} Parts what stands before the routes, in this order
 * @property {any[]} readers of bodies and cookies
 * @property {any[]} [afterFiles] on the route whose fields multer reads
 * @property {'simple' | 'extended'} [parser] of the query
 */

/** @param {any} express @param {Parts} parts */
function logInApp(express, { readers, afterFiles = [], parser = 'extended' }) {
  const app = express();
  app.set('query parser', parser);
  app.use(...readers);
  const logIn = (/** @type {any} */ req, /** @type {any} */ res) => {
    const { email, password } = req.body ?? {};
    answer(res, find(USERS, { email, password }));
  };
  app.post('/log-in', logIn);
  app.post('/log-in/form-data', multer().none(), ...afterFiles, logIn);
  app.get('/users', (/** @type {any} */ req, /** @type {any} */ res) => {
    answer(res, find(USERS, { email: req.query.email }));
  });
  app.get('/search', (/** @type {any} */ req, /** @type {any} */ res) => {
    answer(res, Object.keys(req.query).length === 0 ? [] : find(USERS, { ...req.query }));
  });
  app.get('/me', (/** @type {any} */ req, /** @type {any} */ res) => {
    answer(res, find(SESSIONS, { id: req.cookies?.session }));
  });
  app.use((/** @type {any} */ error, /** @type {any} */ _req, /** @type {any} */ res, /** @type {any} */ _next) => {
    res.status(error.status ?? 500).json({ code: error.code });
  });
  return app;
}

/** @param {any} res @param {any[]} found */
function answer(res, found) {
  res.status(found.length > 0 ? 200 : 401).json(found.map(({ email }) => email));
}

/** @param {{ status: number, json: () => any }} response */
function isRefused({ status, json: body }) {
  // A body that Express parsed shows no duplicate but the operator that won, and body-parser refuses charsets without a code.
  return /^400 ERR_INPUT_(OPERATOR|DUPLICATE)_KEY$|^415 (ERR_INPUT_CHARSET|undefined)$/.test(
    `${status} ${body().code}`,
  );
}

/** The parsers that apps use, without a guard. @param {any} express */
const unguarded = (express) => [express.json(), express.urlencoded({ extended: true }), cookieParser()];

const JSON_TYPE = { 'content-type': 'application/json' };
const FORM_TYPE = { 'content-type': 'application/x-www-form-urlencoded' };
const BOUNDARY = 'x-boundary';
const FILES_TYPE = { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` };

const json = (/** @type {unknown} */ value) => ({
  method: 'POST',
  path: '/log-in',
  headers: JSON_TYPE,
  body: typeof value === 'string' ? value : JSON.stringify(value),
});
const form = (/** @type {string} */ body) => ({ method: 'POST', path: '/log-in', headers: FORM_TYPE, body });
const get = (/** @type {string} */ path, headers = {}) => ({ method: 'GET', path, headers });
const cookie = (/** @type {string} */ value) =>
  get('/me', { cookie: `theme=dark; session=${encodeURIComponent(value)}` });
const files = (/** @type {Record<string, string>} */ fields) => ({
  method: 'POST',
  path: '/log-in/form-data',
  headers: FILES_TYPE,
  body: `${Object.entries(fields)
    .map(([name, value]) => `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`)
    .join('')}--${BOUNDARY}--\r\n`,
});

const ANY_USER = '{"email":{"$gt":""},"password":{"$gt":""}}';
/** Bytes without the text `"$gt"`. @param {string} charset @param {string | Buffer} body */
const inCharset = (charset, body) => ({
  ...json(''),
  headers: { 'content-type': `application/json; charset=${charset}` },
  body,
});

/** Requests of a person who knows the password or holds the session. */
const HONEST = {
  'a JSON body': json(ADA),
  'a form': form(new URLSearchParams(ADA).toString()),
  'a multipart form': files(ADA),
  'a query': get(`/users?email=${encodeURIComponent(ADA.email)}`),
  'a search': get(`/search?email=${encodeURIComponent(ADA.email)}&password=correct%20horse%20battery`),
  'a cookie': cookie(SESSIONS[0].id),
};

/**
 * Requests of a person who knows neither. Where there is no guard, the request works on these query
 * parsers and versions of Express; the others read it as text or refuse it. Default: all.
 * @type {Record<string, { source: 'json' | 'form' | 'query' | 'cookie' | 'files', init: any, parsers?: string[], versions?: string[] }>}
 */
const ATTACKS = {
  'JSON, a known address and $ne': { source: 'json', init: json({ email: ADA.email, password: { $ne: '' } }) },
  'JSON, any user': { source: 'json', init: json({ email: { $gt: '' }, password: { $gt: '' } }) },
  'JSON, an escaped operator': {
    source: 'json',
    init: json('{"email":{"\\u0024gt":""},"password":{"\\u0024\\u0067t":""}}'),
  },
  'JSON, $in with a list': { source: 'json', init: json({ email: { $in: [ADA.email] }, password: { $nin: [] } }) },
  'JSON, $regex': { source: 'json', init: json({ email: { $regex: '^root' }, password: { $regex: '.' } }) },
  'JSON, $not below $not': { source: 'json', init: json({ email: ADA.email, password: { $not: { $eq: 'x' } } }) },
  'JSON, a duplicate key': {
    source: 'json',
    init: json(`{"email":"${ADA.email}","password":"x","password":{"$ne":"x"}}`),
  },
  'JSON, compressed': {
    source: 'json',
    init: { ...json(''), headers: { ...JSON_TYPE, 'content-encoding': 'gzip' }, body: gzipSync(ANY_USER) },
  },
  'JSON, in UTF-16': { source: 'json', init: inCharset('utf-16le', Buffer.from(ANY_USER, 'utf16le')) },
  'JSON, in UTF-7': { source: 'json', init: inCharset('utf-7', ANY_USER.replaceAll('$', '+ACQ-')) },
  'form, in ISO 8859-1': {
    source: 'form',
    versions: ['Express 5'],
    init: {
      ...form('email[%24gt]=&password[%24gt]='),
      headers: { 'content-type': `${FORM_TYPE['content-type']}; charset=iso-8859-1` },
    },
  },
  'form, $ne': { source: 'form', init: form(`email=${ADA.email}&password[$ne]=`) },
  'form, both fields': { source: 'form', init: form('email[$gt]=&password[$gt]=') },
  'form, percent-encoded': { source: 'form', init: form('email%5B%24gt%5D=&password%5B%24gt%5D=') },
  'form, a list below the operator': { source: 'form', init: form(`email[$in][]=${ADA.email}&password[$nin][]=x`) },
  'form, $regex': { source: 'form', init: form('email[$regex]=^root&password[$regex]=.') },
  'query, $ne': { source: 'query', init: get('/users?email[$ne]=x'), parsers: ['extended'] },
  'query, percent-encoded': { source: 'query', init: get('/users?email%5B%24ne%5D=x'), parsers: ['extended'] },
  'query, $regex': { source: 'query', init: get('/users?email[$regex]=.*'), parsers: ['extended'] },
  'query, an operator as the name': { source: 'query', init: get('/search?$expr=1'), parsers: ['simple', 'extended'] },
  'query, $or of a list': { source: 'query', init: get('/search?$or[0][email][$ne]=x'), parsers: ['extended'] },
  'cookie, j: JSON': { source: 'cookie', init: cookie('j:{"$ne":""}') },
  'cookie, j: with an escape': { source: 'cookie', init: cookie('j:{"\\u0024ne":""}') },
  'multipart, $ne': { source: 'files', init: files({ email: ADA.email, 'password[$ne]': '' }) },
  'multipart, both fields': { source: 'files', init: files({ 'email[$gt]': '', 'password[$gt]': '' }) },
  'multipart, a list below the operator': {
    source: 'files',
    init: files({ 'email[$in][]': ADA.email, 'password[$nin][]': 'x' }),
  },
};

module.exports = { ATTACKS, HONEST, cookieParser, isRefused, logInApp, unguarded };
