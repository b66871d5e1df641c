// The HTML sanitizer as a program in TypeScript sees it.
import { createHtmlSanitizer, type HtmlReport, html, sanitizeHtml } from 'portcullis';

const sanitize = createHtmlSanitizer({
  profile: 'article',
  addTags: ['iframe'],
  classes: { code: ['language-*'] },
  styles: { '*': { color: ['#[0-9a-f]{3}'] } },
  linkRel: false,
});
const text: string = sanitize('<b>x</b>');
const later: Promise<string> = sanitize.sanitizeAsync('<b>x</b>');
const report: HtmlReport = sanitize.report('<b>x</b>');
const page = html`<p>${sanitize.toSafeHtml('<b>x</b>')}</p>`;
const names: string[] = createHtmlSanitizer()
  .toBrowser()
  .elements.map(({ name }) => name);
const short: string = sanitizeHtml('<b>x</b>', 'text');

// @ts-expect-error No profile of this name.
createHtmlSanitizer({ profile: 'full' });
// @ts-expect-error Attributes are lists by tag.
createHtmlSanitizer({ attributes: ['href'] });
// @ts-expect-error Bytes are not text.
sanitizeHtml(new Uint8Array(1));

export { later, names, page, report, short, text };
