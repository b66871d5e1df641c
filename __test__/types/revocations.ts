// Revocations in a TypeScript program.
import { Redis } from 'ioredis';
import { createRevocations, RedisStore, type Revocations } from 'portcullis';

const revocations: Revocations = createRevocations({
  name: 'api',
  maxEntries: 10_000,
  tokenLifetimeSeconds: 86_400,
  store: new RedisStore({ client: new Redis(), onFailure: 'closed' }),
  pollMs: 500,
  maxStaleMs: 3_000,
  clock: () => Date.now(),
});
createRevocations();

export async function logOut(): Promise<boolean> {
  await revocations.ready();
  await revocations.revoke({ jti: 'a', exp: 1 });
  await revocations.revokeId('a', { expiresAt: 1_793_000_000 });
  await revocations.revokeSubject('ada', { issuedBefore: 1_793_000_000 });
  await revocations.revokeSession('s');
  await revocations.revokeKey('k');
  revocations.on('outOfStep', (error: unknown) => error).once('inStep', () => {});
  const size: number = revocations.size;
  await revocations.close();
  return size > 0 && revocations.isRevoked({ sub: 'ada' }, 'k');
}

// @ts-expect-error A duration is a number of seconds.
createRevocations({ tokenLifetimeSeconds: '30d' });
// @ts-expect-error A client is not a store.
createRevocations({ store: new Redis() });
// @ts-expect-error A misspelt option.
createRevocations({ max: 10 });
// @ts-expect-error Times are seconds, not dates.
revocations.revokeId('a', { expiresAt: new Date() });
// @ts-expect-error A subject is a string.
revocations.revokeSubject(7);
// @ts-expect-error `size` is read-only.
revocations.size = 0;
