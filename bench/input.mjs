// The guard with JSON.parse, beside JSON.parse alone and packages that search the parsed body for the same keys.
import { createRequire } from 'node:module';
import mongoSanitize from 'express-mongo-sanitize';
import secureJson from 'secure-json-parse';

const { createParser } = createRequire(import.meta.url)('../lib/input/parse.js');

const SIZES = [
  { name: '75 B', items: 0, target: undefined },
  { name: '785 B', items: 5, target: undefined },
  { name: '9.3 KB', items: 66, target: '<= 1.3x of JSON.parse' },
];

export function cases() {
  const parse = createParser({
    limit: 100 * 1024,
    maxDepth: 32,
    maxKeys: 1_000,
    maxKeyLength: 256,
    strict: true,
    operators: true,
    dots: true,
    prototypes: true,
    duplicates: true,
  });
  return SIZES.map(({ name, items, target }) => {
    const body = Buffer.from(JSON.stringify(document(items)));
    return {
      name: `clean body of ${body.length} B (${name})`,
      target,
      subjects: {
        'portcullis guard + JSON.parse': () => parse(body),
        'JSON.parse': () => JSON.parse(body.toString()),
        'secure-json-parse': () => secureJson.parse(body),
        'JSON.parse + express-mongo-sanitize': () => mongoSanitize.sanitize(JSON.parse(body.toString())),
      },
    };
  });
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
