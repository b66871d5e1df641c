// Escaping by place as a program in TypeScript sees it.
import {
  dangerouslyTrustHtml,
  escapeAttribute,
  escapeCssString,
  escapeCsv,
  escapeJsString,
  escapeLog,
  escapeUnquotedAttribute,
  escapeUrlComponent,
  type HtmlValue,
  html,
  jsonForScript,
  type SafeHtml,
  type SafeUrlOptions,
  safeUrl,
} from 'portcullis';
import escapeHtmlLikeTheirs = require('portcullis/escape-html');

const texts: string[] = [
  escapeAttribute('a'),
  escapeUnquotedAttribute('a'),
  escapeJsString('a'),
  escapeUrlComponent('a'),
  escapeCssString('a'),
  jsonForScript({ a: [1, null] }),
  escapeLog('a'),
  safeUrl('/a'),
  safeUrl('/a', { schemes: ['https'], relative: false, protocolRelative: true, fallback: 'https://a.example' }),
  ['a', 1, 2n, true, null, undefined].map(escapeCsv).join(),
  escapeHtmlLikeTheirs('a'),
];

const values: HtmlValue[] = ['a', 1, 2n, true, null, undefined, ['a', [html`<b>`]], dangerouslyTrustHtml('<br>')];
const page: SafeHtml = html`<p title="${'a'}">${values} ${1 > 2 && html`<b>no</b>`}</p>`;
const text: string = `${page}${page.toString()}${page.toJSON()}`;
const options: SafeUrlOptions = { schemes: [] };

// @ts-expect-error A template, not a call with text.
html('<b>');
// @ts-expect-error An object would be written as [object Object].
html`${{}}`;
// @ts-expect-error A promise must be awaited first.
html`${Promise.resolve('a')}`;
// @ts-expect-error Text alone is not trusted.
const forged: SafeHtml = '<b>';
// @ts-expect-error Neither is an object with the same methods.
const imitated: SafeHtml = { toString: () => '<b>', toJSON: () => '<b>' };
// @ts-expect-error A number is not text.
escapeAttribute(5);
// @ts-expect-error The index of map() would be taken as options.
['/a'].map(safeUrl);
// @ts-expect-error No option of this name.
safeUrl('/a', { protocols: ['https'] });
// @ts-expect-error An object is not a cell.
escapeCsv({});

export { forged, imitated, options, text, texts };
