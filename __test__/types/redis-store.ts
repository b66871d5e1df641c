// Redis as a program in TypeScript sees it, with the clients' own types.
import { Redis } from 'ioredis';
import { RedisStore } from 'portcullis';
import { createClient } from 'redis';

const stores: RedisStore[] = [
  new RedisStore({ client: new Redis() }),
  new RedisStore({ client: createClient(), prefix: 'shop:', deadlineMs: 250, onFailure: 'closed' }),
];

// @ts-expect-error A store without a client stores nothing.
new RedisStore({ prefix: 'shop:' });
// @ts-expect-error An address is no client.
new RedisStore({ client: 'redis://127.0.0.1' });
// @ts-expect-error A span of time is a number of milliseconds.
new RedisStore({ client: new Redis(), deadlineMs: '1s' });
// @ts-expect-error There is no fourth choice.
new RedisStore({ client: new Redis(), onFailure: 'ajar' });
// @ts-expect-error Nothing else passes for a store.
const forged: RedisStore = { onFailure: undefined };

export { forged, stores };
