// A look-up in the table of revoked tokens, beside a look-up in a JavaScript Set.
import { createRevocations } from 'portcullis';

const REVOKED = 1_000_000;
const TOKENS = 4096;

export function cases() {
  const table = createRevocations({ name: 'bench', maxEntries: 2 * REVOKED });
  const set = new Set();
  for (let number = 0; number < REVOKED; number++) {
    table.revokeId(`revoked-${number}`);
    set.add(`revoked-${number}`);
  }
  return ['living', 'revoked'].map((kind) => {
    const claims = Array.from({ length: TOKENS }, (_, number) => ({ jti: `${kind}-${number}`, iat: 1_793_000_000 }));
    let [at, other] = [0, 0];
    return {
      name: `look up a ${kind} jti among 1,000,000 revoked`,
      target: '<= 100 ns in core',
      subjects: {
        'portcullis (isRevoked)': () => table.isRevoked(claims[at++ % TOKENS]),
        'a Set of strings': () => set.has(claims[other++ % TOKENS].jti),
      },
    };
  });
}
