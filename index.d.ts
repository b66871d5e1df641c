/** Portcullis: hardens an Express app. Every option states its unit, bounds, default, error codes and source. */

export * from './types/errors';
export * from './types/middleware';
export * from './types/jwt';
export * from './types/revocations';
export * from './types/auth';
export * from './types/refresh-tokens';
export * from './types/redis';
export * from './types/password';
export * from './types/rate-limit';
export * from './types/input';
export * from './types/html';
export * from './types/svg';
export * from './types/validate';
export * from './types/escape';
export * from './types/patterns';
export * from './types/headers';
export * from './types/cors';
export * from './types/csrf';
export * from './types/https';
export * from './types/error-handler';
export * from './types/harden';
