// Bodies and escaping as a program in TypeScript sees them.
import {
  escapeHtml,
  guard,
  harden,
  type InputError,
  type InputReport,
  json,
  parseJson,
  type RequestHandler,
  urlencoded,
} from 'portcullis';

const handlers: RequestHandler[] = [
  json(),
  json({ limit: '1mb', inflate: false, strict: true, type: ['application/json', '+json'], rawBody: true }),
  json({
    limit: 4096,
    maxDepth: 8,
    maxKeys: 50,
    maxKeyLength: 64,
    mode: 'strip',
    exempt: ['/bio'],
    type: (req) => req.method === 'PUT',
  }),
  json({ rules: { operators: 'replace', dots: 'report', prototypes: 'strip', duplicates: false }, replaceWith: '-' }),
];

handlers.push(
  json({ reviver: (key, value) => (key === 'at' ? new Date(value) : value) }),
  json({ verify: (req, res, body, encoding) => [req.headers, res.statusCode, body.byteLength, encoding.length] }),
  json({ verify: false }),
  urlencoded(),
  urlencoded({ extended: false, repeats: 'last', arrays: ['/tags'] }),
  guard({ sources: { body: false }, exempt: { query: ['/$filter'] }, mode: 'report' }),
  harden({ input: { limit: '32kb', routes: [{ path: '/graphql', rules: { operators: false } }] } }),
);
const tooLarge = (error: InputError): boolean =>
  error.type === 'entity.too.large' && (error.received ?? 0) > (error.limit ?? 0);
const log = ({ source, rule, action, pointer, req }: InputReport): string =>
  `${req?.url} ${source} ${rule} ${action} ${pointer?.length}`;
handlers.push(guard({ onReport: log }));
const { verify } = guard();
const body: unknown = parseJson('{}', { limit: 100, onReport: log });
parseJson(new Uint8Array(2));

// @ts-expect-error No reader that takes any body.
json({ limit: null });
// @ts-expect-error A rule has a mode or is off.
json({ rules: { dots: true } });
// @ts-expect-error No rule of this name.
json({ rules: { dollars: 'reject' } });
// @ts-expect-error No mode of this name.
json({ mode: 'sanitize' });
// @ts-expect-error A prototype key has no other name.
json({ rules: { prototypes: 'replace' } });
// @ts-expect-error json() reads one source.
json({ exempt: { body: ['/bio'] } });
// @ts-expect-error Routes have no routes.
harden({ input: { routes: [{ path: '/a', routes: [] }] } });

const escaped: string = escapeHtml('<b>');

// @ts-expect-error A number is not text; say how it is to be written.
escapeHtml(5);
// @ts-expect-error Text that may be missing.
escapeHtml(undefined);

export { body, escaped, handlers, tooLarge, verify };
