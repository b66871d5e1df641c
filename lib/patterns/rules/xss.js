// @ts-check
'use strict';

// Scripts in markup and in addresses. Markup, scripts and handlers are ordinary in articles and code, so that a rule needs what
// a probe runs to show that it ran: a dialog with a number, the cookie, an evaluated text.

const DIALOG = String.raw`(?:alert|confirm|prompt|print)\s*(?:\(|\x60|&lpar;)\s*(?:['"\x60]?(?:\d|xss|x\b|hacked)|\)|document\b|window\b|origin\b|self\b|String\b|localStorage\b|\/)`;
const PROBE = String.raw`(?:${DIALOG}|\b(?:eval|atob)\s*\(|String\.fromCharCode|document\s*\.\s*(?:cookie|domain)\b|(?:window|self|top|parent|this|globalThis)\s*\[\s*['"\x60]\w+['"\x60]\s*\+|\.constructor\s*\(|(?:throw|=)\s*(?:alert|eval|confirm|prompt)\b)`;
// These run without a click, so that a page rarely asks them to load something.
const LOADS = String.raw`(?:\bfetch\s*\(|\bimport\s*\(|\blocation\s*=\s*['"]?(?:\/\/|https?:|javascript:))`;
const AUTOMATIC = String.raw`on(?:error|load\w*|begin|end|start|focus\w*|blur|toggle|pageshow|page\w*|animation\w*|transition\w*|mouse\w+|pointer\w+|wheel|scroll\w*|canplay\w*|play\w*|hashchange|popstate|message)`;
const SPACED = [...'javascript'].join(String.raw`[\t\n\r\0]*`);
const VBSCRIPT = [...'vbscript'].join(String.raw`[\t\n\r\0]*`);
const ADDRESS = '(?:href|src|srcdoc|action|formaction|data|xlink:href|background|poster|content|to|values|code)';
const TAG = String.raw`<[a-z!?/][^<>]*[\s/"'\0\x0b\x0c]`;

/** @param {string} source */
const rule = (source) => new RegExp(source, 'i');

module.exports = {
  rules: {
    'xss-script': rule(String.raw`<[\s\0/]*script\b[^>]*>[^<]*${PROBE}`),
    'xss-script-source': rule(
      String.raw`<script[\s/][^>]*\bsrc\s*=\s*(?:["']?\s*(?:data|javascript):|//|\\\\)|(?:^|["']>)\s*<script\s+src\s*=\s*https?:`,
    ),
    'xss-handler': rule(String.raw`${TAG}on[a-z]{3,30}[\s\0]*=[^<>]*${PROBE}|${TAG}${AUTOMATIC}[\s\0]*=[^<>]*${LOADS}`),
    'xss-handler-breakout': rule(String.raw`^[^<>]*["'][\s/]*on[a-z]{3,30}\s*=[^<>]*${PROBE}`),
    'xss-javascript-url': rule(
      String.raw`${ADDRESS}\s*=[\s"'\x60]*[^\s"'<>]{0,3}${SPACED}[\s\0]*:[^<>]*${PROBE}|^[\s\0]*${SPACED}[\s\0]*:[\s\S]*(?:${PROBE}|//)|\burl\s*\(\s*["']?\s*${SPACED}\s*:|\]\(\s*${SPACED}\s*:[\s\S]*${PROBE}`,
    ),
    'xss-vbscript-url': rule(String.raw`${ADDRESS}\s*=[\s"'\x60]*${VBSCRIPT}\s*:|^\s*${VBSCRIPT}\s*:\s*\w+\s*\(`),
    'xss-data-url': rule(
      String.raw`\b(?:href|src|data|action|content|code)\s*=[^<>]*data:\s*text/(?:html|xml|javascript)\b[^<>]*(?:base64|script|\bon\w+=)|^\s*data:\s*text/html[^,]*,[\s\S]*(?:<|%3c|PHNjcmlwd|PHN2Zy)`,
    ),
    'xss-srcdoc': rule(String.raw`<iframe\b[^>]*\bsrcdoc\s*=[\s\S]*${PROBE}`),
    'xss-style': rule(
      String.raw`\bstyle\s*=[^<>]*(?:expression\s*\(|-moz-binding\s*:|behavior\s*:\s*url)|<style[^>]*>[^<]*@import\s*["']?(?:javascript|data):`,
    ),
    'xss-svg-set': rule(
      String.raw`<(?:set|animate\w*)\b[^>]*\b(?:attributename\s*=\s*["']?(?:on\w+)|to\s*=\s*["']?${SPACED}:|values\s*=\s*["']?${SPACED}:)`,
    ),
    'xss-breakout': rule(
      String.raw`^[^<]*["'][\s)\];]*>+\s*<[\s/]*(?:script\b[^>]*>|(?:svg|img|iframe|body|details|video|audio|object|embed|input|math)\b[^>]*\bon\w+\s*=)`,
    ),
    'xss-string-breakout': rule(
      String.raw`^[^\s<>]{0,40}["'\x60]\s*\)*\s*[;,+*/-]\s*(?:alert|confirm|prompt|eval)\s*[(\x60][\s\S]*(?://|["'\x60]|;|-)`,
    ),
    'xss-template':
      /\{\{[^}]*(?:constructor\s*\.\s*constructor|constructor\s*\(|constructor\s*\[|\$eval\s*\()[^}]*\}\}/i,
    'xss-meta-refresh': rule(
      String.raw`<meta\b[^>]*\brefresh\b[^>]*\burl\s*=\s*["']?\s*(?:javascript|data):|<base\b[^>]*\bhref\s*=\s*["']?\s*(?:javascript:|//)`,
    ),
  },
};
