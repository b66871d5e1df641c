// @ts-check
'use strict';

// What an issue says in place of a message that quotes the input.

const TYPE = 'has the wrong type';
const SMALL = 'is too small or too short';
const LARGE = 'is too large or too long';
const SIZE = 'has the wrong size';
const FORMAT = 'has the wrong format';
const CHOICE = 'is not one of the allowed values';
const REQUIRED = 'is required';
const UNKNOWN_KEY = 'has a key that is not allowed';
const INVALID = 'is not valid';

/** Codes of issues, by library. A code of two libraries means the same in both. */
const CODES = [
  // zod: `code`
  [TYPE, 'invalid_type'],
  [SMALL, 'too_small'],
  [LARGE, 'too_big'],
  [FORMAT, 'invalid_format'],
  [CHOICE, 'invalid_value'],
  [UNKNOWN_KEY, 'unrecognized_keys'],
  // arktype: `code`
  [TYPE, 'domain proto'],
  [SMALL, 'min minLength after'],
  [LARGE, 'max maxLength before'],
  [SIZE, 'exactLength'],
  [FORMAT, 'pattern'],
  [CHOICE, 'unit'],
  [REQUIRED, 'required'],
  // valibot: `type` of validations; those of schemas have a kind of their own
  [SMALL, 'min_length min_value min_size min_bytes min_entries min_graphemes min_words gt_value non_empty'],
  [LARGE, 'max_length max_value max_size max_bytes max_entries max_graphemes max_words lt_value'],
  [SIZE, 'length size bytes entries graphemes words'],
  [CHOICE, 'literal picklist enum value values'],
  [
    FORMAT,
    'base64 bic credit_card cuid2 decimal digits email emoji empty ends_with hash hex_color hexadecimal imei includes ip ipv4 ipv6 ' +
      'iso_date iso_date_time iso_time iso_time_second iso_timestamp iso_week jws_compact mac mac48 mac64 nanoid octal regex ' +
      'rfc_email slug starts_with ulid url uuid',
  ],
  // joi: `type`
  [TYPE, 'any.type array.base boolean.base date.base function.base number.base object.base string.base'],
  [
    SMALL,
    'array.min date.greater date.min number.greater number.min number.positive object.min string.empty string.min',
  ],
  [LARGE, 'array.max date.less date.max number.less number.max number.negative object.max string.max'],
  [SIZE, 'array.length object.length string.length'],
  [
    FORMAT,
    'date.format string.alphanum string.base64 string.creditCard string.dataUri string.domain string.email string.guid string.hex ' +
      'string.hostname string.ip string.isoDate string.isoDuration string.pattern.base string.pattern.name string.token string.uri',
  ],
  [CHOICE, 'any.only'],
  [REQUIRED, 'any.required'],
];
const TEXTS = new Map(CODES.flatMap(([text = '', codes = '']) => codes.split(' ').map((code) => [code, text])));
/** Schemas of valibot that say nothing of a type. */
const UNTYPED = new Set(['custom', 'intersect', 'lazy', 'never', 'union', 'variant']);

/** @param {any} issue @param {unknown} value where the issue is */
function neutralOf(issue, value) {
  if (value === undefined) return REQUIRED;
  const text = TEXTS.get(issue?.code) ?? TEXTS.get(issue?.type);
  if (text !== undefined) return text;
  return issue?.kind === 'schema' && !UNTYPED.has(issue.type) ? TYPE : INVALID;
}

module.exports = { REQUIRED, UNKNOWN_KEY, neutralOf };
