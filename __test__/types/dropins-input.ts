// The drop-ins whose originals bring no types of their own, as programs that were written for those see them.
import express = require('express');
import type { RequestHandler } from 'express';
import hpp from 'portcullis/hpp';
import requiredHpp = require('portcullis/hpp');
import xss from 'portcullis/xss-clean';
import requiredXss = require('portcullis/xss-clean');

const app = express();
const options: hpp.Options = { checkBody: true, checkBodyOnlyForContentType: 'urlencoded', checkQuery: undefined };
app.use(hpp());
app.use(hpp({ ...options, whitelist: ['a', 'b'] }));
app.use('/search', requiredHpp({ whitelist: 'filter' }));
const handler: RequestHandler = hpp({});
// @ts-expect-error There is no such option.
hpp({ allow: 'a' });
// @ts-expect-error It is a name or a list of names.
hpp({ whitelist: 1 });

app.use(xss());
app.get('/:id', requiredXss(), (_req, res) => void res.end());
const text: string = xss.clean('<b>');
const empty: string = xss.clean();
const copy: { a: string[] } = xss.clean({ a: ['<'] });
// @ts-expect-error It has no options.
xss({ allowed: [] });

export { copy, empty, handler, text };
