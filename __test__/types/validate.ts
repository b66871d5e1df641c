// validate() as a program in TypeScript sees it: handlers behind it have the parsed types.
import express from 'express';
import Joi from 'joi';
import { standardSchema, type Validated, type ValidValues, validate } from 'portcullis';
import 'portcullis/express';
import * as v from 'valibot';
import { z } from 'zod';

const Body = z.object({ name: z.string(), at: z.string().transform((text) => new Date(text)) });
const app = express();

app.post('/zod', validate({ body: Body }), (req, res) => {
  const at: Date = req.body.at;
  // @ts-expect-error a name is a string
  const wrong: number = req.body.name;
  res.json({ at, wrong });
});
app.post(
  '/valibot',
  validate({ body: v.object({ n: v.number() }) }, { maxIssues: 5, messages: 'safe' }),
  (req, res) => {
    const n: number = req.body.n;
    // @ts-expect-error there is no such key
    res.json({ n, m: req.body.m });
  },
);
// arktype is an ES module.
import('arktype').then(({ type }) => {
  app.post('/arktype', validate({ body: type({ n: 'number' }) }), (req, res) => {
    const n: number = req.body.n;
    // @ts-expect-error a number
    const wrong: string = req.body.n;
    res.json({ n, wrong });
  });
});
app.post('/joi', validate({ body: Joi.object({ a: Joi.string() }) }), (req, res) => {
  res.json(req.body.a);
});
const isText = standardSchema<string>((value) =>
  typeof value === 'string' ? { value } : { issues: [{ message: 'no text' }] },
);
const text: Validated<typeof isText> = 'a';
validate({ body: isText });
// @ts-expect-error unknown source
validate({ bodies: isText }, {});
// @ts-expect-error not a schema
validate({ body: 1 });
console.log(text);
validate({ query: standardSchema((value) => ({ value })) });

const schemas = {
  params: z.object({ id: z.coerce.number() }),
  headers: z.object({ host: z.string() }),
  cookies: z.object({ sid: z.string() }),
  query: v.object({ page: v.pipe(v.string(), v.transform(Number)) }),
};
app.get('/sources/:id', validate(schemas), (req, res) => {
  const id: number = req.params.id;
  const page: number = req.query.page;
  // @ts-expect-error a number
  const wrong: string = req.params.id;
  const valid = req.valid as ValidValues<typeof schemas>;
  const host: string = valid.headers.host;
  // @ts-expect-error there is no schema of the body
  const body = valid.body;
  res.json({ id, page, wrong, host, body, untyped: req.valid?.headers });
});
