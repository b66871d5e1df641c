'use strict';

// Texts for properties of escaping: every unit that means something somewhere, and whatever else there is.

const fc = require('fast-check');

const SIGNIFICANT = [
  ...'"\'`<>&=/\\$({[;:,.!?#%@+-|*~^_ ',
  ...'\0\t\n\v\f\r\x1b\x7f\x80\x85\x9b\xa0\xad\u061c\u200b\u200d\u2028\u2029\u202e\u2066\ufeff\ud800\udc00\uff1c\uff1d\uffff',
  ...[
    '</script>',
    '<!--',
    '-->',
    '</style>',
    '</title>',
    '${',
    '&lt;',
    '&#39',
    'javascript:',
    '//',
    '😀',
    'é',
    '日',
    '1',
    'a',
  ],
];

/** @param {number} [maxLength] of parts */
function texts(maxLength = 12) {
  const part = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...SIGNIFICANT) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)) },
  );
  return fc.array(part, { maxLength }).map((parts) => parts.join(''));
}

module.exports = { SIGNIFICANT, texts };
