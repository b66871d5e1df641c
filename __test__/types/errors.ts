// The errors as a program in TypeScript sees them.
import { type ErrorCode, PortcullisError } from 'portcullis';

const error = new PortcullisError('ERR_JWT_EXPIRED', 'for the log', { cause: new Error('why') });
const status: number = error.status;
const code: ErrorCode = error.code;
const hidden: false = error.expose;
const base: Error = error;

// @ts-expect-error A code that does not exist is a mistake of writing.
new PortcullisError('ERR_JWT_EXPIRD', 'for the log');
// @ts-expect-error The message is never for clients.
error.expose = true;

export { base, code, hidden, status };
