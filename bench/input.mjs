// The guard with JSON.parse, beside JSON.parse alone and packages that search the parsed body for the same keys; and the guard
// of forms, which parses them too, beside the parsers that body-parser uses.
import assert from 'node:assert';
import { createRequire } from 'node:module';
import querystring from 'node:querystring';
import mongoSanitize from 'express-mongo-sanitize';
import qs from 'qs';
import secureJson from 'secure-json-parse';

const require = createRequire(import.meta.url);
const express = require('express');
const pollution = require('hpp')();
const { guard } = require('../lib/input');
const { createFormParser } = require('../lib/input/form-parser.js');
const { createParser } = require('../lib/input/parse.js');
const { clean } = require('xss-clean/lib/xss');

const JSON_TARGET = '<= 1.25x of JSON.parse, <= 0.5 of it + express-mongo-sanitize + xss-clean';
const SIZES = [
  { name: 'a log-in', items: 0, target: undefined },
  { name: '241 B', items: 1, target: JSON_TARGET },
  { name: '1.2 KB', items: 8, target: JSON_TARGET },
  { name: '9.3 KB', items: 66, target: `${JSON_TARGET}, <= 1.15x of secure-json-parse` },
];
const QUERIES = {
  'five plain parameters': '/s?page=2&limit=50&sort=name&order=asc&q=shoes',
  'five parameters, one in brackets': '/s?page=2&filter%5Bname%5D=x&sort=name&order=asc&q=shoes',
};
const FORMS = [3, 10, 100];
const FORM_TARGET = '<= qs.parse';

export const cases = () => [
  ...SIZES.map(jsonCase),
  ...FORMS.flatMap(formCases),
  ...Object.entries(QUERIES).map(queryCase),
];

function jsonCase({ name, items, target }) {
  const parse = createParser({
    ...{ limit: 100 * 1024, maxDepth: 32, maxKeys: 1_000, maxKeyLength: 256, strict: true },
    ...{ operators: true, dots: false, prototypes: true, duplicates: true },
  });
  const body = Buffer.from(JSON.stringify(document(items)));
  return {
    name: `clean body of ${body.length} B (${name})`,
    target,
    subjects: {
      'portcullis guard + JSON.parse': () => parse(body),
      'JSON.parse': () => JSON.parse(body.toString()),
      'secure-json-parse': () => secureJson.parse(body),
      'JSON.parse + express-mongo-sanitize': () => mongoSanitize.sanitize(JSON.parse(body.toString())),
      '... + xss-clean': () => clean(mongoSanitize.sanitize(JSON.parse(body.toString()))),
    },
  };
}

/** @param {number} fields */
function formCases(fields) {
  const body = Buffer.from(new URLSearchParams(Array.from({ length: fields }, pair)).toString());
  const bounds = { limit: 100 * 1024, maxDepth: 32, maxKeyLength: 256 };
  const rules = { operators: true, dots: false, prototypes: true };
  const extended = createFormParser({ ...bounds, ...rules, extended: true });
  const simple = createFormParser({ ...bounds, ...rules, extended: false });
  const options = {
    ...{ allowPrototypes: true, arrayLimit: Math.max(100, fields), depth: 32 },
    ...{ strictDepth: true, parameterLimit: 1_000 },
  };
  const size = `${fields} fields, ${body.length} B`;
  return [
    {
      name: `form of ${size}`,
      target: FORM_TARGET,
      subjects: {
        'portcullis guard + parse': () => extended(body),
        'qs.parse': () => qs.parse(body.toString(), options),
        'qs.parse + express-mongo-sanitize': () => mongoSanitize.sanitize(qs.parse(body.toString(), options)),
      },
    },
    {
      name: `flat form of ${size}`,
      // Both objects have the same members, but that of node:querystring has no prototype.
      equal: assert.deepEqual,
      subjects: {
        'portcullis guard + parse': () => simple(body),
        'node:querystring': () => querystring.parse(body.toString()),
      },
    },
  ];
}

/** The guard on a request of Express 5 whose query was not read yet. @param {[string, string]} query */
function queryCase([name, url]) {
  const app = express();
  const layer = guard();
  const pass = () => {};
  const request = () => Object.assign(Object.create(app.request), { url, headers: {}, app });
  return {
    name: `query of ${name}`,
    target: '<= 1.5 us',
    subjects: {
      'portcullis guard()': () => {
        const req = request();
        layer(req, {}, pass);
        return { ...req.query };
      },
      'the query alone': () => ({ ...request().query }),
      'express-mongo-sanitize + hpp on a copy': () => {
        const req = { query: { ...request().query }, body: undefined, headers: {} };
        mongoSanitize.sanitize(req.query);
        pollution(req, {}, pass);
        return req.query;
      },
    },
  };
}

/** A field of an ordinary form. @param {unknown} _ @param {number} at */
function pair(_, at) {
  const row = Math.floor(at / 5);
  const fields = [
    [`name${row}`, 'Ada Lovelace'],
    [`contact${row}[email]`, 'ada@example.com'],
    [`items[${row}][sku]`, `PRT-${1000 + at}`],
    [`items[${row}][title]`, 'A gate of iron & brass'],
    ['tags[]', `tag ${at}`],
  ];
  return fields[at % fields.length];
}

/** An order as an API receives it; `items` sets its size. @param {number} items */
function document(items) {
  if (items === 0) return { email: 'ada@example.com', password: 'correct horse battery', remember: true };
  return {
    customer: { id: 48213, name: 'Ada Lovelace', email: 'ada@example.com', vip: true, notes: null },
    items: Array.from({ length: items }, (_, i) => ({
      sku: `PRT-${1000 + i}`,
      title: 'A gate of iron, made to measure and painted black',
      quantity: (i % 7) + 1,
      price: 12.5 * (i + 1),
      tags: ['gate', 'iron', i % 2 === 0 ? 'indoor' : 'outdoor'],
    })),
  };
}
