// The middleware beside the schema alone: its overhead over safeParse of zod.
import { z } from 'zod';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { validate } = require('../lib/validate/index.js');

const SCHEMA = z.object({ name: z.string(), age: z.number().int(), tags: z.array(z.string()) });
const BODIES = {
  'a valid body': { name: 'Ada', age: 36, tags: ['a', 'b'] },
  'a body with two wrong fields': { name: 1, age: '36', tags: [] },
};

export function cases() {
  const ours = validate({ body: SCHEMA });
  return Object.entries(BODIES).map(([name, body]) => ({
    name,
    subjects: {
      portcullis: () => {
        let outcome;
        ours({ body }, {}, (error) => {
          outcome = error;
        });
        return outcome === undefined;
      },
      'safeParse of zod alone': () => SCHEMA.safeParse(body).success,
    },
  }));
}
