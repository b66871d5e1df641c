// Refresh tokens as a program in TypeScript sees them.
import { createRefreshTokens, type RefreshTokens, type RefreshTokensOptions, RedisStore } from 'portcullis';

const options: RefreshTokensOptions = {
  store: new RedisStore({ client: {}, onFailure: 'closed' }),
  lifetimeSeconds: 86_400,
  idleSeconds: 3_600,
  graceSeconds: 0,
  maxDataBytes: 256,
  clock: () => Date.now(),
};
const refreshTokens: RefreshTokens = createRefreshTokens(options);
refreshTokens.on('reuse', ({ familyId, subject }) => [familyId.length, subject.length]);

const issued: Promise<{ token: string; familyId: string; expiresAt: Date }> = refreshTokens.issue({
  subject: 'ada',
  data: { device: 1 },
});
const subject: Promise<string> = refreshTokens.rotate('token').then((next) => next.subject);
const isRevoked: Promise<boolean> = refreshTokens.revokeFamily(undefined);
const count: Promise<number> = refreshTokens.revokeSubject('ada');

// @ts-expect-error A span of time is a number of seconds.
createRefreshTokens({ lifetimeSeconds: '30d' });
// @ts-expect-error A client is not yet a store.
createRefreshTokens({ store: { call() {} } });
// @ts-expect-error A token belongs to somebody.
refreshTokens.issue({ data: {} });
// @ts-expect-error The event that there is.
refreshTokens.on('reused', () => {});
// @ts-expect-error The event tells no token.
refreshTokens.on('reuse', ({ token }) => token);

export { count, isRevoked, issued, subject };
