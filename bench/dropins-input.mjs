// The drop-ins for input beside their originals, on requests that a parser has read. Each call parses its own, because
// all of them change what they get.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

const LOG_IN = {
  email: 'ada@example.com',
  password: 'correct horse battery',
  profile: { name: 'Ada', tags: ['a', 'b'], address: { city: 'London', zip: 'N1' } },
  items: [{ id: 1, quantity: 2, price: 9.5 }],
  remember: true,
};
const ROWS = {
  rows: Array.from({ length: 60 }, (_, id) => ({
    id,
    name: `row ${id}`,
    tags: ['x', 'y'],
    price: id * 1.5,
    nested: { a: 1, b: 'the text of a row, somewhat longer' },
  })),
};
const DIRTY = { ...ROWS, $where: '1', filter: { $gt: '', 'a.b': '<b>' } };
const BODIES = { '230 B': LOG_IN, '8 KB': ROWS, '8 KB, dirty': DIRTY };

const HEADERS = {
  'content-type': 'application/x-www-form-urlencoded',
  'content-length': '1',
  host: 'api',
  accept: '*/*',
};
const TARGETS = {
  'express-mongo-sanitize': '<= 1.1 of the original',
  hpp: '<= 1.1 of the original',
  'xss-clean': '<= 1.1 of the original',
};

export function cases() {
  return Object.entries(TARGETS).flatMap(([name, target]) =>
    Object.entries(BODIES).map(([label, body]) => compared(name, target, label, JSON.stringify(body))),
  );
}

function compared(name, target, label, text) {
  const request = () => ({
    headers: HEADERS,
    params: { id: '1' },
    query: { a: '1', b: ['x', 'y'] },
    body: JSON.parse(text),
  });
  const after = (middleware) => () => {
    const req = request();
    middleware(req, {}, () => {});
    return req;
  };
  return {
    name: `${name}, ${label}`,
    target,
    subjects: { portcullis: after(require(`portcullis/${name}`)()), [name]: after(require(name)()) },
  };
}
