// Remote key sets as a program in TypeScript sees them.
import type { JwksError, JwksEvents, JwksOptions } from 'portcullis';

const options: JwksOptions[] = [
  { url: 'https://issuer.example/keys' },
  { url: new URL('https://issuer.example/keys'), prefetch: false, headers: { 'x-key': 'abc' } },
  { url: 'https://issuer.example/keys', freshForMs: 60_000, staleForMs: 0, cooldownMs: 10_000, unknownKidForMs: 0 },
  { url: 'https://issuer.example/keys', timeoutMs: 2_000, maxBytes: 65_536, maxKeys: 10 },
  { url: 'https://issuer.example/keys', fetch, monotonic: () => performance.now() },
  { url: 'https://issuer.example/keys', fetch: (url, init) => fetch(url, { ...init, keepalive: true }) },
];

// @ts-expect-error A set without an address.
const nowhere: JwksOptions = { prefetch: true };
// @ts-expect-error A number carries its unit in its name.
const misspelt: JwksOptions = { url: 'https://issuer.example/keys', timeout: 5 };
// @ts-expect-error A span of time is a number of milliseconds.
const text: JwksOptions = { url: 'https://issuer.example/keys', freshForMs: '10m' };

const onRefresh = ({ keyIds, added, removed, durationMs }: JwksEvents['refresh'][0]): string =>
  `${keyIds.join()} +${added.length} -${removed.length} in ${durationMs} ms`;
const onFailure = ({ error, isStale }: JwksEvents['refresh-failed'][0]): JwksError | undefined =>
  isStale && error.reason === 'timeout' ? error : undefined;
// @ts-expect-error There is no event of this name: without a listener it would end the process.
type Fatal = JwksEvents['error'];

export { type Fatal, misspelt, nowhere, onFailure, onRefresh, options, text };
