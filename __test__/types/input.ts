// Bodies and escaping as a program in TypeScript sees them.
import { escapeHtml, type JsonError, json, type RequestHandler } from 'portcullis';

const handlers: RequestHandler[] = [
  json(),
  json({ limit: '1mb', inflate: false, strict: true, type: ['application/json', '+json'], rawBody: true }),
  json({
    limit: 4096,
    maxDepth: 8,
    maxKeys: 50,
    maxKeyLength: 64,
    mode: 'reject',
    type: (req) => req.method === 'PUT',
  }),
  json({ rules: { operators: 'reject', dots: false, prototypes: 'reject', duplicates: false } }),
];

handlers.push(
  json({ reviver: (key, value) => (key === 'at' ? new Date(value) : value) }),
  json({ verify: (req, res, body, encoding) => [req.headers, res.statusCode, body.byteLength, encoding.length] }),
  json({ verify: false }),
);
const tooLarge = (error: JsonError): boolean =>
  error.type === 'entity.too.large' && (error.received ?? 0) > (error.limit ?? 0);

// @ts-expect-error No reader that takes any body.
json({ limit: null });
// @ts-expect-error A rule refuses or is off.
json({ rules: { dots: true } });
// @ts-expect-error No rule of this name.
json({ rules: { dollars: 'reject' } });
// @ts-expect-error Only refusal exists.
json({ mode: 'strip' });

const escaped: string = escapeHtml('<b>');

// @ts-expect-error A number is not text; say how it is to be written.
escapeHtml(5);
// @ts-expect-error Text that may be missing.
escapeHtml(undefined);

export { escaped, handlers, tooLarge };
