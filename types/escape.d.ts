/**
 * Escapes text for HTML text and for attribute values in quotes: `"` `&` `'` `<` `>` become `&quot;` `&amp;` `&#39;`
 * `&lt;` `&gt;`, as escape-html writes them. A clean text is handed back as the same string. Every other code unit, lone
 * surrogates included, passes unchanged. Not for attributes without quotes, scripts, styles or URLs.
 * @throws ERR_ESCAPE_INPUT for anything but a string, and for one of more than 89,478,481 UTF-16 units.
 */
export function escapeHtml(text: string): string;
