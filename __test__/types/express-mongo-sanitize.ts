// The drop-in as a program that was written for express-mongo-sanitize sees it. A test compiles this file once more with the
// types of that package in place of ours.
import express = require('express');
import type { Handler, Request } from 'express';
import mongoSanitize from 'portcullis/express-mongo-sanitize';
import required = require('portcullis/express-mongo-sanitize');

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;

const app = express();
const options: mongoSanitize.Options = { replaceWith: '_', dryRun: true, allowDots: false };
const all: Same<keyof mongoSanitize.Options, 'replaceWith' | 'onSanitize' | 'dryRun' | 'allowDots'> = true;
app.use(mongoSanitize());
app.use(mongoSanitize(options));
app.use(mongoSanitize({ onSanitize: ({ req, key }) => console.log(req.ip, key.toUpperCase()) }));
app.use(required({ allowDots: true }));
app.get('/:id', mongoSanitize(), (_req, res) => void res.end());
const handler: Same<ReturnType<typeof mongoSanitize>, Handler> = true;
const found: Same<Parameters<NonNullable<mongoSanitize.Options['onSanitize']>>, [{ key: string; req: Request }]> = true;

const list = [{ $prohibited: 'key' }];
const object = { nested: { 'prohibited.key': 'value' } };
const sameList: Same<ReturnType<typeof mongoSanitize.sanitize<typeof list>>, typeof list> = true;
const text: string = mongoSanitize.sanitize(object, options).nested['prohibited.key'];
const has: boolean[] = [mongoSanitize.has(list), mongoSanitize.has(object, true), required.has({})];
const byDefault: Handler = required.default({ dryRun: false });

// @ts-expect-error There is no such option.
mongoSanitize({ replace: '_' });
// @ts-expect-error A text has no keys.
mongoSanitize.sanitize('text');
// @ts-expect-error It is a flag.
mongoSanitize({ dryRun: 'yes' });

export { all, byDefault, found, handler, has, sameList, text };
