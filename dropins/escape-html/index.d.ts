/**
 * `portcullis/escape-html`: takes the place of escape-html 1. It escapes `"`, `&`, `'`, `<` and `>` for HTML text and quoted
 * attributes. Values that are not strings are converted first, as there.
 */
declare function escapeHtml(text: string): string;

export = escapeHtml;
