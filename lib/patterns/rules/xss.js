// @ts-check
'use strict';

// Scripts in markup and in addresses. Markup alone is ordinary in articles and code, so that a rule needs what a probe runs:
// a dialog, the cookie, an evaluated text, or a script of a foreign host in a tag that nobody writes by hand.

// A fragment of a RegExp, put together once: V8 and the set read the same source.
const PROBE = String.raw`(?:(?:alert|confirm|prompt|print|eval|atob|setTimeout|setInterval|Function|import|fetch|String\.fromCharCode|document\.write(?:ln)?)\s*(?:\(|\x60|&lpar;)|document\s*\.\s*(?:cookie|domain)|(?:window|document|self|top|parent|globalThis|this)\s*\[|(?:document|window|top|self)\.location\s*=|(?:local|session)Storage\b|\.constructor\s*\(|(?:throw|=)\s*(?:alert|eval|confirm|prompt)\b|new\s+Image\b|XMLHttpRequest)`;
const SPACED = [...'javascript'].join(String.raw`[\t\n\r\0]*`);
const VBSCRIPT = [...'vbscript'].join(String.raw`[\t\n\r\0]*`);

/** @param {string} source */
const rule = (source) => new RegExp(source, 'i');

module.exports = {
  rules: {
    'xss-script': rule(
      String.raw`<[\s\0/]*script\b[^>]*>[^<]*${PROBE}|<script[^\w>][^>]*\bsrc\s*=\s*["']?\s*(?:data:|//|\\\\|javascript:)|<script/[^\s>]*\s*src`,
    ),
    'xss-script-foreign': rule(String.raw`(?:^|["'>])\s*<script[^>]*\bsrc\s*=\s*[^"'\s>]+[^>]*>\s*(?:</script|$)`),
    'xss-handler': rule(String.raw`<[a-z!?/][^<>]*[\s/"'\0\x0b\x0c]on[a-z]{3,30}[\s\0]*=[^<>]*${PROBE}`),
    'xss-handler-breakout': rule(
      String.raw`^[^<>]*["'][\s/]*on(?:error|load|click|focus|blur|mouse\w+|pointer\w+|key\w+|toggle|animation\w+|input|change)\s*=[^<>]*${PROBE}`,
    ),
    'xss-javascript-url': rule(
      String.raw`(?:href|src|srcdoc|action|formaction|data|xlink:href|background|poster|content|to|values|code|folder)\s*=[\s"'\x60]*[^\s"'<>]{0,3}${SPACED}[\s\0]*:|^[\s\0]*${SPACED}[\s\0]*:[\s\S]*(?:${PROBE}|//)|\burl\s*\(\s*["']?\s*${SPACED}\s*:|\]\(\s*${SPACED}\s*:[\s\S]*${PROBE}`,
    ),
    'xss-vbscript-url': rule(
      String.raw`(?:href|src|action|data)\s*=[\s"'\x60]*${VBSCRIPT}\s*:|^\s*${VBSCRIPT}\s*:\s*\w+\s*\(`,
    ),
    'xss-data-url': rule(
      String.raw`(?:href|src|data|action|content|code)\s*=[^<>]*data:\s*text/(?:html|xml|javascript)\b|^\s*data:\s*text/html[^,]*,[\s\S]*(?:<|%3c|PHNjcmlwd|PHN2Zy)`,
    ),
    'xss-srcdoc': rule(String.raw`<iframe\b[^>]*\bsrcdoc\s*=[\s\S]*(?:script|\son[a-z]+\s*=|${PROBE})`),
    'xss-style': rule(
      String.raw`\bstyle\s*=[^<>]*(?:expression\s*\(|-moz-binding\s*:|behavior\s*:\s*url)|<style[^>]*>[^<]*(?:@import\s*["']?(?:javascript|data):|expression\s*\()`,
    ),
    'xss-svg-set': rule(
      String.raw`<(?:set|animate\w*)\b[^>]*\b(?:attributename\s*=\s*["']?(?:on\w+|href|xlink:href)|onbegin\s*=|onend\s*=)`,
    ),
    'xss-breakout': rule(
      String.raw`^[^<]*["'][\s)\];]*>+\s*<[\s/]*(?:script|svg|img|iframe|body|details|video|audio|object|embed|input|marquee|math)\b[^>]*(?:>|\bon\w+\s*=)`,
    ),
    'xss-string-breakout': rule(
      String.raw`^[^\s<>]{0,40}["'\x60]\s*\)*\s*[;,+*/-]\s*(?:alert|confirm|prompt|eval)\s*[(\x60][\s\S]*(?://|["'\x60]|;|-)|^\s*</script\s*>\s*<`,
    ),
    'xss-template':
      /\{\{[^}]*(?:constructor\s*[.[]|constructor\.constructor|\$on\.constructor|\$eval\s*\(|__proto__)[^}]*\}\}/i,
    'xss-meta-refresh': rule(
      String.raw`<meta\b[^>]*\brefresh\b[^>]*\burl\s*=\s*["']?\s*(?:javascript|data):|<base\b[^>]*\bhref\s*=\s*["']?\s*(?:javascript:|//)`,
    ),
  },
};
