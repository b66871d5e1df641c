// Passwords as a program in TypeScript sees them.
import { createPasswords, type Passwords, type PasswordStats } from 'portcullis';

const passwords: Passwords = createPasswords();
createPasswords({ memoryKib: 65_536, passes: 3, lanes: 1, threads: 2, maxQueue: 64, maxPasswordBytes: 256 });

const stored: Promise<string> = passwords.hash('correct horse');
const known: Promise<boolean> = passwords.verify('$argon2id$...', new Uint8Array([1, 2, 3]));
const unknown: Promise<boolean> = passwords.verify(null, 'correct horse');
const stale: boolean = passwords.needsRehash('$argon2id$...');
const stats: PasswordStats = passwords.stats();
passwords.close();

// @ts-expect-error An option of another package.
createPasswords({ memoryCost: 65_536 });
// @ts-expect-error A number, not text.
createPasswords({ memoryKib: '64mb' });
// @ts-expect-error A password is text or bytes.
passwords.hash(12345678);
// @ts-expect-error The hash comes first, and both are needed.
passwords.verify('correct horse');
// @ts-expect-error A promise is not a hash: it must be awaited.
passwords.verify(passwords.hash('a'), 'a');
// @ts-expect-error Verification answers later; a promise is always truthy.
const wrong: boolean = passwords.verify(null, 'a');
// @ts-expect-error A snapshot cannot be made from outside.
const made: PasswordStats = { threads: 1 };

export { known, made, stale, stats, stored, unknown, wrong };
