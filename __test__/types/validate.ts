// validate() as a program in TypeScript sees it: handlers behind it have the parsed types.
import express from 'express';
import Joi from 'joi';
import { standardSchema, type Validated, validate } from 'portcullis';
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
