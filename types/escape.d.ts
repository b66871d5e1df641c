/**
 * Markup that may be sent as it is: the result of {@link html} or of the HTML sanitizer, or the app's own markup. It cannot be
 * made from JSON, a query or a form. `String(page)` returns the text, for `res.type('html').send(String(page))`.
 */
export interface SafeHtml {
  /** Keeps other objects from having this type. */
  readonly '~trusted': true;
  /** The markup. */
  toString(): string;
  /** The markup, so that JSON holds it as a string. */
  toJSON(): string;
}

/**
 * What a placeholder of {@link html} accepts. In text, `null`, `undefined` and booleans are written as nothing, and lists one
 * entry after the other. In attributes `null` and `undefined` are written as nothing, booleans as `true` and `false`; lists
 * and markup are refused there.
 */
export type HtmlValue = string | number | bigint | boolean | null | undefined | SafeHtml | readonly HtmlValue[];

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

/**
 * Escapes text for an attribute value in double or single quotes. Beside the characters of {@link escapeHtml} it escapes the
 * backtick and the carriage return, which parsers would change, and replaces NUL by U+FFFD, as they do.
 *
 * Security: not for attributes that hold code (`onclick`), styles, or a whole URL: see {@link safeUrl}.
 *
 * @example
 * import { escapeAttribute } from 'portcullis';
 *
 * const input: string = `<input value="${escapeAttribute('Tom & "Jerry"')}">`;
 *
 * @throws {TypeError} ERR_ESCAPE_INPUT if `text` is not a string, or is longer than 89,478,481 UTF-16 units
 */
export function escapeAttribute(text: string): string;

/**
 * Escapes text for an attribute value without quotes: of ASCII only letters, digits, `-`, `.` and `_` stay as they are. An
 * empty text throws, because without quotes nothing can stand for it. Prefer quotes and {@link escapeAttribute}.
 *
 * @example
 * import { escapeUnquotedAttribute } from 'portcullis';
 *
 * const input: string = `<input value=${escapeUnquotedAttribute('two words')}>`; // <input value=two&#32;words>
 *
 * @throws {TypeError} ERR_ESCAPE_INPUT if `text` is empty, not a string, or longer than 89,478,481 UTF-16 units
 */
export function escapeUnquotedAttribute(text: string): string;

/**
 * Escapes text for the inside of a JavaScript string: `'...'`, `"..."` or a template literal, in a script element, in an event
 * handler attribute, or in a file. Every special character becomes `\uXXXX`; `<`, `>`, `&`, `/` and quotes are among them, so
 * the result needs no second escaping for HTML. It is valid in a JSON string as well.
 *
 * Security: only inside quotes. Not for regular expressions, `String.raw`, `javascript:` URLs, or code.
 *
 * @example
 * import { escapeJsString } from 'portcullis';
 *
 * const script: string = `<script>greet('${escapeJsString("O'Brien")}')</script>`; // greet('O\u0027Brien')
 *
 * @throws {TypeError} ERR_ESCAPE_INPUT if `text` is not a string, or is longer than 89,478,481 UTF-16 units
 */
export function escapeJsString(text: string): string;

/**
 * Escapes text for one part of a URL: a path segment, or a name or a value of a query. As `encodeURIComponent`, but `!`, `'`,
 * `(`, `)` and `*` are escaped too, and a lone surrogate becomes U+FFFD instead of throwing.
 *
 * Security: `.` and `..` stay as they are; a browser resolves them, escaped or not. Reject them where a path segment comes
 * from outside.
 *
 * @example
 * import { escapeUrlComponent } from 'portcullis';
 *
 * const url: string = `/search?q=${escapeUrlComponent("O'Brien & sons")}`; // /search?q=O%27Brien%20%26%20sons
 *
 * @throws {TypeError} ERR_ESCAPE_INPUT if `text` is not a string, or is longer than 89,478,481 UTF-16 units
 */
export function escapeUrlComponent(text: string): string;

/**
 * Escapes text for the inside of a CSS string in quotes, or for an identifier, in a style sheet, a style element or a quoted
 * style attribute. All but letters, digits, `-`, `_` and the other code points of CSS identifiers become hexadecimal escapes; NUL
 * and lone surrogates become U+FFFD, as CSS reads them.
 *
 * Security: not for whole values such as colours: allow a list of them instead. A URL goes through {@link safeUrl} first.
 *
 * @example
 * import { escapeCssString } from 'portcullis';
 *
 * const rule: string = `a::after { content: "${escapeCssString('"; }')}"; }`; // "\22 \3b \20 \7d "
 *
 * @throws {TypeError} ERR_ESCAPE_INPUT if `text` is not a string, or is longer than 89,478,481 UTF-16 units
 */
export function escapeCssString(text: string): string;

/**
 * `JSON.stringify` for a script element: `<`, `>`, `&`, U+2028 and U+2029 are written as `\uXXXX`. `JSON.parse` returns what it
 * returns for the plain JSON. Members of objects that have no JSON are left out, as `JSON.stringify` does it. Read as an expression, an
 * own key `__proto__` sets a prototype.
 *
 * @example
 * import { jsonForScript } from 'portcullis';
 *
 * const script: string = `<script type="application/json" id="state">${jsonForScript({ name: '</script>' })}</script>`;
 *
 * @throws {TypeError} ERR_ESCAPE_INPUT if `value` is undefined, a function or a symbol, or has a BigInt or a cycle
 */
export function jsonForScript(value: unknown): string;

/** Options of {@link safeUrl}. */
export interface SafeUrlOptions {
  /**
   * The schemes that a URL may have, in lower case and without the colon. `javascript`, `vbscript`, `livescript`, `mocha`,
   * `data`, `blob`, `filesystem`, `view-source` and `jar` throw. An empty list allows URLs without a scheme only.
   * Default: `['http', 'https', 'mailto', 'tel']`.
   */
  schemes?: readonly string[];
  /** Whether a URL without a scheme is allowed, such as `/path`, `?page=2` or an empty one. Default: true. */
  relative?: boolean;
  /** Whether a URL may start with two slashes, of either kind, and so name another host without a scheme. Default: false. */
  protocolRelative?: boolean;
  /** What is returned in place of a URL that is refused: a constant that these options allow. Default: `about:invalid`. */
  fallback?: string;
}

/**
 * Returns a URL that a browser cannot run as code, or the fallback. The URL is judged as the parser of browsers reads it: tabs
 * and line ends are removed, the scheme has no case, `\` is `/`. The result is the text as that parser sees it. URLs are refused
 * too if they contain another control character, start with an invisible character, or have `:` or `&` in the first segment of
 * a path without a scheme, which some readers take for a scheme.
 *
 * Security: it does not say where a URL leads: `https:` URLs of every host are allowed. It does not escape: in an attribute use
 * {@link escapeAttribute} on the result, or {@link html}, which does both.
 *
 * @example
 * import { escapeAttribute, safeUrl } from 'portcullis';
 *
 * const link: string = `<a href="${escapeAttribute(safeUrl('JaVa\tscript:alert(1)'))}">`; // about:invalid
 *
 * @throws {TypeError} ERR_ESCAPE_INPUT if `url` is not a string; ERR_ESCAPE_OPTION if an option is wrong
 */
export function safeUrl(url: string, options?: SafeUrlOptions): string;

/**
 * Writes one cell of a CSV file (RFC 4180) that no spreadsheet runs as a formula. It fits files separated by `,`, `;`, tab or `|`.
 * Text that starts with `=`, `+`, `-`, `@`, their full-width forms, a tab or a line end, also after white space, invisible
 * characters or quotes, gets `'` in front. Numbers, and text that is a negative number such as `-5.20`, stay as they are.
 * `null` and `undefined` are an empty cell.
 *
 * @example
 * import { escapeCsv } from 'portcullis';
 *
 * const row: string = ['=1+1', 'say "hi"', -5].map(escapeCsv).join(','); // '=1+1,"say ""hi""",-5
 *
 * @throws {TypeError} ERR_ESCAPE_INPUT if `cell` is anything else, or is longer than 89,478,481 UTF-16 units
 */
export function escapeCsv(cell: string | number | bigint | boolean | null | undefined): string;

/**
 * Escapes text for one line of a log that a person reads in a terminal: control characters, U+2028, U+2029, marks that reverse
 * the direction of text, and lone surrogates become `\n`, `\r`, `\t`, `\xNN` or `\uXXXX`. A backslash becomes two, so that the
 * text can be restored.
 *
 * @example
 * import { escapeLog } from 'portcullis';
 *
 * console.log(`log-in failed for ${escapeLog('ada\n2026-01-01 log-in of root')}`); // ada\n2026-01-01 log-in of root
 *
 * @throws {TypeError} ERR_ESCAPE_INPUT if `text` is not a string, or is longer than 89,478,481 UTF-16 units
 */
export function escapeLog(text: string): string;

/**
 * The template for HTML. Every value is escaped for the place where it stands; results of `html` and of the sanitizer are
 * inserted as they are, and attributes that hold a URL pass {@link safeUrl}. A placeholder where escaping is not enough throws
 * when the template is first used: in a script, a style, a comment, an event handler, a name, or a value without quotes.
 *
 * Security: the text between the placeholders must be written in the source. Express sends the result with
 * `res.type('html').send(String(page))`; without `String` it would send JSON.
 *
 * @example
 * import { html, type SafeHtml } from 'portcullis';
 *
 * const names = ['Ada', '<script>'];
 * const list: SafeHtml = html`<ul title="${names[0]}">${names.map((name) => html`<li>${name}</li>`)}</ul>`;
 *
 * @throws {TypeError} ERR_ESCAPE_TEMPLATE if a placeholder stands where escaping is not enough, or the template is incomplete;
 *   ERR_ESCAPE_INPUT if a value does not fit its place
 */
export function html(strings: TemplateStringsArray, ...values: HtmlValue[]): SafeHtml;

/**
 * Marks text as markup that {@link html} inserts as it is. Only for markup that the app itself wrote, never for text from
 * outside: clean that with the HTML sanitizer.
 *
 * @example
 * import { dangerouslyTrustHtml, html } from 'portcullis';
 *
 * const head = dangerouslyTrustHtml('<script src="/app.js"></script>');
 * const page: string = String(html`<!doctype html>${head}<p>Hello</p>`);
 *
 * @throws {TypeError} ERR_ESCAPE_INPUT if `text` is not a string, or is longer than 89,478,481 UTF-16 units
 */
export function dangerouslyTrustHtml(text: string): SafeHtml;
