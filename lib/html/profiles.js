// @ts-check
'use strict';

// The profiles of createHtmlSanitizer(): tags and attributes to begin with.

/** @typedef {{ tags: readonly string[], attributes: Readonly<Record<string, readonly string[]>> }} Profile */

const words = (/** @type {string} */ text) => text.split(' ');

const BASIC_TAGS = words('a abbr b blockquote br code del em i ins kbd li ol p pre s small span strong sub sup u ul');
const ARTICLE_TAGS = words(
  'bdi bdo caption cite col colgroup data dd details dfn div dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr img mark q rp rt ruby ' +
    'samp section summary table tbody td tfoot th thead time tr var wbr',
);
// The HTML tags of the default of the Sanitizer API (WHATWG HTML, "built-in safe default configuration"), without html, head,
// body and title, which a fragment does not have, and without SVG and MathML: see sanitizeSvg.
const BROWSER_TAGS = words(
  'a abbr address article aside b bdi bdo blockquote br caption cite code col colgroup data dd del dfn div dl dt em ' +
    'figcaption figure footer h1 h2 h3 h4 h5 h6 header hgroup hr i ins kbd li main mark menu nav ol p pre q rp rt ruby s ' +
    'samp search section small span strong sub sup table tbody td tfoot th thead time tr u ul var wbr',
);
const BROWSER_GLOBAL = words(
  'alignment-baseline baseline-shift clip-path clip-rule color color-interpolation cursor dir direction display ' +
    'displaystyle dominant-baseline fill fill-opacity fill-rule font-family font-size font-size-adjust font-stretch ' +
    'font-style font-variant font-weight lang letter-spacing marker-end marker-mid marker-start mathbackground mathcolor ' +
    'mathsize opacity paint-order pointer-events scriptlevel shape-rendering stop-color stop-opacity stroke ' +
    'stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width ' +
    'text-anchor text-decoration text-overflow text-rendering title transform transform-origin unicode-bidi ' +
    'vector-effect visibility white-space word-spacing writing-mode',
);

const GLOBAL = ['dir', 'lang', 'title'];
const BASIC_ATTRIBUTES = { '*': GLOBAL, a: ['href'], ol: ['reversed', 'start', 'type'], li: ['value'] };
const TABLE_ATTRIBUTES = {
  col: ['span'],
  colgroup: ['span'],
  td: ['colspan', 'headers', 'rowspan'],
  th: ['abbr', 'colspan', 'headers', 'rowspan', 'scope'],
};
const EDIT = ['cite', 'datetime'];

/** @type {Readonly<Record<'text' | 'basic' | 'article' | 'browser', Profile>>} */
const PROFILES = Object.freeze({
  text: { tags: [], attributes: {} },
  basic: { tags: BASIC_TAGS, attributes: BASIC_ATTRIBUTES },
  article: {
    tags: [...BASIC_TAGS, ...ARTICLE_TAGS],
    attributes: {
      ...BASIC_ATTRIBUTES,
      ...TABLE_ATTRIBUTES,
      blockquote: ['cite'],
      data: ['value'],
      del: EDIT,
      details: ['open'],
      img: ['alt', 'height', 'loading', 'src', 'srcset', 'sizes', 'width'],
      ins: EDIT,
      q: ['cite'],
      time: ['datetime'],
    },
  },
  browser: {
    tags: BROWSER_TAGS,
    attributes: {
      '*': BROWSER_GLOBAL,
      ...TABLE_ATTRIBUTES,
      a: ['href', 'hreflang', 'type'],
      blockquote: ['cite'],
      data: ['value'],
      del: EDIT,
      ins: EDIT,
      li: ['value'],
      ol: ['reversed', 'start', 'type'],
      q: ['cite'],
      time: ['datetime'],
    },
  },
});

module.exports = { PROFILES };
