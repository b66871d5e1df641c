// Argon2id by node:crypto (Node.js 24.7 and newer), with the PHC string that it leaves to its user.
import crypto from 'node:crypto';
import { promisify } from 'node:util';

const SALT_BYTES = 16;
const TAG_BYTES = 32;
const PHC = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([^$]+)\$([^$]+)$/;

/** @returns {{ hash(password: string): Promise<string>, verify(hash: string, password: string): Promise<boolean> } | undefined} */
export function nodeArgon2({ memoryCost: memory, timeCost: passes, parallelism }) {
  if (crypto.argon2 === undefined) return undefined;
  const derive = promisify(crypto.argon2);
  const base64 = (bytes) => bytes.toString('base64').replace(/=+$/, '');
  return {
    async hash(password) {
      const nonce = crypto.randomBytes(SALT_BYTES);
      const input = { message: password, nonce, parallelism, tagLength: TAG_BYTES, memory, passes };
      const tag = await derive('argon2id', input);
      return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${base64(nonce)}$${base64(tag)}`;
    },
    async verify(hash, password) {
      const [, memory, passes, parallelism, salt, stored] = PHC.exec(hash);
      const expected = Buffer.from(stored, 'base64');
      const cost = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) };
      const nonce = Buffer.from(salt, 'base64');
      const tag = await derive('argon2id', { message: password, nonce, tagLength: expected.length, ...cost });
      return crypto.timingSafeEqual(tag, expected);
    },
  };
}
