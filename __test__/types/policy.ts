// The policy middlewares as a program in TypeScript and Express sees them.
import express from 'express';
import {
  cors,
  csrf,
  type ErrorRequestHandler,
  errorHandler,
  harden,
  httpsOnly,
  json,
  type RequestHandler,
  rateLimit,
  securityHeaders,
} from 'portcullis';

const handlers: RequestHandler[] = [
  securityHeaders(),
  securityHeaders({ preset: 'api', hsts: { maxAge: 63_072_000, preload: true }, permissionsPolicy: 'camera=()' }),
  securityHeaders({
    contentSecurityPolicy: { directives: { 'script-src': ["'self'", (_req, res) => res.locals.nonce] } },
  }),
  securityHeaders({
    contentSecurityPolicy: { directives: { 'default-src': securityHeaders.dangerouslyDisableDefaultSrc } },
  }),
  cors(),
  cors({ origin: ['https://app.example.com', /^https:\/\/pr-\d+\.example\.com$/], credentials: true, enforce: true }),
  cors({ origin: (origin, callback) => callback(null, origin === 'https://app.example.com') }),
  csrf(),
  csrf({
    trustedOrigins: ['https://app.example.com', /^https:\/\/pr-\d+\.example\.com$/],
    except: ['/callback', '/hooks/'],
  }),
  httpsOnly(),
  httpsOnly({ allowedHosts: ['example.com'], except: ['/health'] }),
  harden(),
  harden({ preset: 'web', https: true, headers: { frameguard: false }, cors: { origin: 'https://a.example' } }),
  harden({ requestId: { trustIncoming: true }, rateLimit: rateLimit({ limit: 9 }), input: json({ limit: '1mb' }) }),
  harden({ headers: false, cors: false, csrf: false, rateLimit: false, input: false }),
  harden({ trustedOrigins: 'https://app.example.com', cors: { credentials: true }, csrf: { except: ['/callback'] } }),
  harden({ csrf: true, cors: true }),
];
const last: ErrorRequestHandler = errorHandler({ onError: async (error, req) => console.error(req.id, error) });

const mapping: ErrorRequestHandler = errorHandler({
  mapError: (error) => (error instanceof RangeError ? { status: 422, errors: [{ path: 'a' }] } : undefined),
  format: ({ status, title }) => ({ error: { status, title } }),
  trustStatus: true,
});

const app = express();
app.use(...handlers);
app.use(harden(), rateLimit(), json());
app.use(last, mapping);

// @ts-expect-error No preset of this name.
securityHeaders({ preset: 'strict' });
// @ts-expect-error A setting that helmet does not know.
securityHeaders({ hsts: { maxage: 1 } });
// @ts-expect-error A frame policy that browsers do not know.
securityHeaders({ frameguard: { action: 'allow-from' } });
// @ts-expect-error An option's name that is misspelt.
cors({ origins: ['https://app.example.com'] });
// @ts-expect-error An origin is text, a RegExp, a list or a function.
cors({ origin: 5 });
// @ts-expect-error No mode of this name.
httpsOnly({ mode: 'upgrade' });
// @ts-expect-error A list, even of one.
httpsOnly({ allowedHosts: 'example.com' });
// @ts-expect-error The stack never goes to a client.
errorHandler({ showStack: true });
// @ts-expect-error A list of paths.
csrf({ except: '/callback' });
// @ts-expect-error An option's name that is misspelt.
harden({ csrf: { trusted: [] } });
// @ts-expect-error mapError returns a document with a status, an error or nothing.
errorHandler({ mapError: () => ({ title: 'x' }) });
// @ts-expect-error No preset of this name.
harden({ preset: 'strict' });
// @ts-expect-error A member's options are checked here too.
harden({ input: { limits: '1mb' } });
// @ts-expect-error An id is trusted or not.
harden({ requestId: { trustIncoming: 'x-request-id' } });

export { app };
