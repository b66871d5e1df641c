// docs/errors.md: every error code with its status or class and its description, from the table that the code itself uses.
import { createRequire } from 'node:module';

const { DESCRIPTIONS, MISUSES, REJECTIONS } = createRequire(import.meta.url)('../../lib/support/errors/table.js');

/** In the order of the page: what the codes of a section start with. The first match counts. */
const SECTIONS = [
  { heading: 'Tokens', guide: 'jwt', prefix: 'ERR_JWT_' },
  { heading: 'Authentication and authorization', guide: 'auth', prefix: 'ERR_AUTH_' },
  { heading: 'Validation', guide: 'validate', prefix: 'ERR_VALIDATE_' },
  { heading: 'Cross-site requests', guide: 'csrf', prefix: 'ERR_CSRF_' },
  { heading: 'Revocations', guide: 'revocations', prefix: 'ERR_REVOCATIONS_' },
  { heading: 'Refresh tokens', guide: 'refresh-tokens', prefix: 'ERR_REFRESH_TOKENS_' },
  { heading: 'Passwords', guide: 'password', prefix: 'ERR_PASSWORD_' },
  { heading: 'Rate limits', guide: 'rate-limit', prefix: 'ERR_RATE_LIMIT_' },
  { heading: 'Input', guide: 'input', prefix: 'ERR_INPUT_' },
  { heading: 'HTML', guide: 'html', prefix: 'ERR_HTML_' },
  { heading: 'SVG', guide: 'svg', prefix: 'ERR_SVG_' },
  { heading: 'Escaping', guide: 'escape', prefix: 'ERR_ESCAPE_' },
  { heading: 'Patterns and threats', guide: 'patterns', prefix: 'ERR_PATTERNS_' },
  { heading: 'Security headers', guide: 'headers', prefix: 'ERR_HEADERS_' },
  { heading: 'CORS', guide: 'cors', prefix: 'ERR_CORS_' },
  { heading: 'HTTPS', guide: 'https', prefix: 'ERR_HTTPS_' },
  { heading: 'Error handler', guide: 'error-handler', prefix: 'ERR_ERROR_HANDLER_' },
  { heading: 'Redis', guide: 'redis', prefix: 'ERR_REDIS_' },
  { heading: 'harden', guide: 'harden', prefix: 'ERR_HARDEN_' },
  { heading: 'The package itself', guide: 'security', prefix: 'ERR_' },
];

const INTRODUCTION = `# Errors

Every error that Portcullis creates has a \`code\`. Codes are part of the API: new ones are added, none is renamed.

- A **rejection** is a request that was refused. It is a \`PortcullisError\` with a \`status\`, it goes to \`next(err)\`, and
  [\`errorHandler()\`](error-handler.md) turns it into a response. The client reads the status and a title, never the code.
- A **misuse** is a mistake in the program. It is a \`TypeError\` or a \`RangeError\`, and in most cases it is thrown while your app
  starts. The message says what is wrong and what to write instead.

A wrong password is \`false\` and an exhausted limit is a decision: neither is an exception. How to log codes is in
[Observability](observability.md).

This page is generated from the table in the code by \`npm run docs\`.
`;

export function errorsPage() {
  const rest = new Set(Object.keys(DESCRIPTIONS));
  const sections = SECTIONS.map(({ heading, guide, prefix }) => {
    const codes = [...rest].filter((code) => code.startsWith(prefix));
    for (const code of codes) rest.delete(code);
    return section(heading, guide, codes);
  });
  return [INTRODUCTION, ...sections].join('\n');
}

function section(heading, guide, codes) {
  const rows = codes.map((code) => `| \`${code}\` | ${kindOf(code)} | ${DESCRIPTIONS[code]} |`);
  return [
    `## ${heading}`,
    '',
    `Guide: [${guide}.md](${guide}.md)`,
    '',
    '| Code | Status or class | Meaning |',
    '|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

/** The status of a rejection, or the class of a misuse; the loader throws plain errors. */
function kindOf(code) {
  return REJECTIONS[code]?.status ?? MISUSES.get(code)?.name ?? 'Error';
}
