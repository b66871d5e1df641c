// The pages of docs/ in reading order, and the exports that each guide explains. Tests check that both are complete.
import { readFileSync } from 'node:fs';

const ROOT = new URL('../../', import.meta.url);
export const SITE = 'https://github.com/portcullis/portcullis/blob/main/';

/** One guide per area. `nested`: options that are objects, by the name of their type. */
export const GUIDES = [
  { name: 'harden', exports: ['harden'] },
  {
    name: 'jwt',
    exports: ['createVerifier', 'createSigner', 'createKeyRing', 'decode'],
    nested: { jwks: 'JwksOptions' },
  },
  {
    name: 'auth',
    exports: ['authenticate', 'authorize', 'tokenCookie'],
    nested: { cookie: 'AuthenticateCookieOptions' },
  },
  { name: 'revocations', exports: ['createRevocations'] },
  { name: 'refresh-tokens', exports: ['createRefreshTokens'] },
  { name: 'password', exports: ['createPasswords'] },
  { name: 'rate-limit', exports: ['rateLimit', 'createLimiter', 'addressKey'] },
  { name: 'input', exports: ['json', 'urlencoded', 'guard', 'parseJson'] },
  {
    name: 'escape',
    exports: [
      'html',
      'dangerouslyTrustHtml',
      'escapeHtml',
      'escapeAttribute',
      'escapeUnquotedAttribute',
      'escapeJsString',
      'escapeUrlComponent',
      'escapeCssString',
      'jsonForScript',
      'safeUrl',
      'escapeCsv',
      'escapeLog',
    ],
  },
  { name: 'html', exports: ['createHtmlSanitizer', 'sanitizeHtml'] },
  { name: 'svg', exports: ['sanitizeSvg', 'createSvgSanitizer'] },
  { name: 'patterns', exports: ['createPatterns', 'threats', 'createThreatScanner'] },
  { name: 'validate', exports: ['validate', 'standardSchema'] },
  { name: 'headers', exports: ['securityHeaders'] },
  { name: 'cors', exports: ['cors'] },
  { name: 'csrf', exports: ['csrf'] },
  { name: 'https', exports: ['httpsOnly'] },
  { name: 'error-handler', exports: ['errorHandler', 'PortcullisError'] },
  { name: 'redis', exports: ['RedisStore'] },
];

/** Pages that belong to no single area. `agents` is for programs and is listed only in llms.txt. */
export const PAGES = [
  'migration',
  'migration-output',
  'jsonwebtoken',
  'escape-html',
  'dropins-input',
  'sql',
  'observability',
  'security',
  'errors',
  'figures',
];

/** @param {string} name the name of a page in docs/ */
export function readPage(name) {
  return readFileSync(new URL(`docs/${name}.md`, ROOT), 'utf8');
}

/** The title and the first paragraph of a page, on one line each. @param {string} page */
export function summaryOf(page) {
  const [title, paragraph] = page.split(/\n{2,}/, 2);
  return { title: title.replace(/^# /, ''), summary: paragraph.replaceAll('\n', ' ') };
}

/** The text below a heading of the second level, up to the next one. @param {string} page @param {string} heading */
export function sectionOf(page, heading) {
  const [, section] = page.split(`\n## ${heading}\n`, 2);
  return section?.split(/^## /m, 1)[0].trim();
}
