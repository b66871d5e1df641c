/**
 * Escapes text for HTML text and for quoted attribute values: `"`, `&`, `'`, `<` and `>` become `&quot;`, `&amp;`, `&#39;`,
 * `&lt;` and `&gt;`, as escape-html writes them. Text without these characters is returned as the same string. All other
 * code units, lone surrogates included, are unchanged. Not for unquoted attributes, scripts, styles or URLs.
 *
 * @example
 * import { escapeHtml } from 'portcullis';
 *
 * const html: string = `<p title="${escapeHtml('Tom & "Jerry"')}">`;
 *
 * @throws {TypeError} ERR_ESCAPE_INPUT if `text` is not a string, or is longer than 89,478,481 UTF-16 units
 */
export function escapeHtml(text: string): string;
