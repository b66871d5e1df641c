// RedisStore in a TypeScript program, with the clients' own types.
import { Cluster, Redis } from 'ioredis';
import { RedisStore } from 'portcullis';
import { createClient, createClientPool, createCluster, createSentinel } from 'redis';

const stores: RedisStore[] = [
  new RedisStore({ client: new Redis() }),
  new RedisStore({ client: new Cluster([{ host: '127.0.0.1', port: 7000 }]) }),
  new RedisStore({ client: createClientPool() }),
  new RedisStore({ client: createCluster({ rootNodes: [] }) }),
  new RedisStore({ client: createSentinel({ name: 'main', sentinelRootNodes: [] }) }),
  new RedisStore({ client: createClient(), prefix: 'shop:', deadlineMs: 250, onFailure: 'closed' }),
];

// @ts-expect-error The client is required.
new RedisStore({ prefix: 'shop:' });
// @ts-expect-error An address is not a client.
new RedisStore({ client: 'redis://127.0.0.1' });
// @ts-expect-error A duration is a number of milliseconds.
new RedisStore({ client: new Redis(), deadlineMs: '1s' });
// @ts-expect-error There is no fourth choice.
new RedisStore({ client: new Redis(), onFailure: 'ajar' });
// @ts-expect-error Only `new RedisStore` makes a store.
const forged: RedisStore = { onFailure: undefined };

export { forged, stores };
