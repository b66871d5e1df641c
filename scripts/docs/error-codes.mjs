// The type ErrorCode in types/errors.d.ts: a member for every row of the table that the code itself uses.
import { createRequire } from 'node:module';

const { DESCRIPTIONS, MISUSES, REJECTIONS } = createRequire(import.meta.url)('../../lib/support/errors/table.js');

const UNION = /export type ErrorCode =\n[\s\S]*?;\n/;
const LINE_WIDTH = 120;

/** @param {string} types the file as it is @returns {string} with the union of today */
export function errorTypes(types) {
  const union = `export type ErrorCode =\n${Object.keys(DESCRIPTIONS).map(member).join('\n')};\n`;
  // A function, because a description may contain "$".
  return types.replace(UNION, () => union);
}

/** @param {string} code */
function member(code) {
  return `${comment(`${DESCRIPTIONS[code]} ${kindOf(code)}.`)}\n  | '${code}'`;
}

/** @param {string} code */
function kindOf(code) {
  const rejection = REJECTIONS[code];
  if (rejection) return `Rejection, status ${rejection.status}`;
  return MISUSES.has(code) ? `Misuse, \`${MISUSES.get(code).name}\`` : 'Thrown by `require`';
}

/** On one line where it fits, else filled to the width of a line. @param {string} text */
function comment(text) {
  const single = `  /** ${text} */`;
  if (single.length <= LINE_WIDTH) return single;
  const lines = [''];
  for (const word of text.split(' ')) {
    if (`   *${lines.at(-1)} ${word}`.length > LINE_WIDTH) lines.push('');
    lines[lines.length - 1] += ` ${word}`;
  }
  return ['  /**', ...lines.map((line) => `   *${line}`), '   */'].join('\n');
}
