// Refresh tokens in a TypeScript program.
import { createRefreshTokens, type RefreshTokens, type RefreshTokensOptions, RedisStore } from 'portcullis';

const options: RefreshTokensOptions = {
  store: new RedisStore({ client: {}, onFailure: 'closed' }),
  lifetimeSeconds: 86_400,
  idleSeconds: 3_600,
  graceSeconds: 0,
  maxDataBytes: 256,
  maxFamiliesPerSubject: 5,
  subjectKey: new Uint8Array(32),
  clock: () => Date.now(),
};
const refreshTokens: RefreshTokens = createRefreshTokens(options);
refreshTokens.on('reuse', ({ familyId, subject }) => [familyId.length, subject.length]);

const issued: Promise<{ token: string; familyId: string; issuedAt: Date; expiresAt: Date }> = refreshTokens.issue({
  subject: 'ada',
  data: { device: 1 },
});
const subject: Promise<string> = refreshTokens.rotate('token').then((next) => next.subject);
const isRevoked: Promise<boolean> = refreshTokens.revokeFamily(undefined);
const withoutCookie: Promise<unknown> = refreshTokens.rotate(undefined);
const rotatedAt: Promise<Date> = refreshTokens.rotate('token').then((next) => next.issuedAt);
const count: Promise<number> = refreshTokens.revokeSubject('ada');
const others: Promise<number> = refreshTokens.revokeOthers('token');
const lastUses: Promise<Date[]> = refreshTokens.list('ada').then((list) => list.map((one) => one.lastUsedAt));

// @ts-expect-error A duration is a number of seconds.
createRefreshTokens({ lifetimeSeconds: '30d' });
// @ts-expect-error A client is not a store.
createRefreshTokens({ store: { call() {} } });
// @ts-expect-error The subject is required.
refreshTokens.issue({ data: {} });
// @ts-expect-error The event is called `reuse`.
refreshTokens.on('reused', () => {});
// @ts-expect-error The event contains no token.
refreshTokens.on('reuse', ({ token }) => token);

// @ts-expect-error There is always a token to keep.
refreshTokens.revokeOthers(undefined);

export { count, isRevoked, issued, lastUses, others, rotatedAt, subject, withoutCookie };
