// @ts-check
'use strict';

// From the strings of a template to the pieces of its output: text of the author, and writers between them.

const { misuse } = require('../../support/errors');
const { HOLE, scan } = require('./scanner');
const { kindOf } = require('./places');
const { attributeWriters, rawTextWriter, textWriter } = require('./writers');

/** @typedef {(values: readonly unknown[]) => string} Writer writes one or more of the values of a use of the template */
/** @typedef {{ chunks: string[], writers: Writer[] }} Plan one chunk more than writers */
/** @typedef {import('./scanner').Tag} Tag */

/** @param {readonly string[]} strings @returns {Plan} */
function planOf(strings) {
  // A string with an escape that JavaScript cannot read is undefined, and no part of HTML contains NUL.
  if (strings.some((one) => typeof one !== 'string' || one.includes(HOLE))) {
    throw misuse('ERR_ESCAPE_TEMPLATE', 'html: a template must not contain NUL or a wrong escape such as \\u{}');
  }
  const builder = new Builder(strings.join(HOLE));
  scan(builder.markup, builder);
  return builder.finish();
}

class Builder {
  /** @param {string} markup the template, with HOLE for every placeholder */
  constructor(markup) {
    this.markup = markup;
    this.end = 0;
    this.holes = 0;
    /** @type {Plan} */
    this.plan = { chunks: [], writers: [] };
  }

  /** Text of an element. @param {number} from @param {number} to @param {string | undefined} element in which markup is shown as text */
  text(from, to, element) {
    for (let at = from; at < to; at++) {
      if (this.markup[at] !== HOLE) continue;
      const isFirst = at === from && element === 'textarea';
      this.add(
        at,
        at + 1,
        element === undefined ? textWriter(this.holes) : rawTextWriter(this.holes, element, isFirst),
      );
      this.holes += 1;
    }
  }

  /** A start tag. @param {Tag} tag */
  tag(tag) {
    for (const attribute of tag.attributes) {
      const { from, to } = attribute;
      if (!this.markup.slice(from, to).includes(HOLE)) continue;
      const refuse = (/** @type {string} */ reason) => refusal(this.holes + 1, reason);
      const kind = kindOf(tag, attribute, refuse);
      const parts = this.markup.slice(from, to).split(HOLE);
      for (const slot of attributeWriters(kind, attribute.name, parts, this.holes, refuse)) {
        this.add(from + slot.from, from + slot.to, slot.writer);
      }
      this.holes += parts.length - 1;
    }
  }

  /** Any other place. @param {number} from @param {number} to @param {string} place @param {string} cure */
  other(from, to, place, cure) {
    const at = this.markup.indexOf(HOLE, from);
    if (at < 0 || at >= to) return;
    // Attributes in front of it are handed over at the end of their tag, so `holes` may lag behind.
    throw refusal(this.markup.slice(0, at).split(HOLE).length, `stands ${place}; ${cure}`);
  }

  /** @param {number} from @param {number} to @param {Writer} writer */
  add(from, to, writer) {
    this.plan.chunks.push(this.markup.slice(this.end, from));
    this.plan.writers.push(writer);
    this.end = to;
  }

  finish() {
    this.plan.chunks.push(this.markup.slice(this.end));
    return this.plan;
  }
}

/** @param {number} number of the placeholder, from 1 @param {string} reason */
function refusal(number, reason) {
  return misuse('ERR_ESCAPE_TEMPLATE', `html: placeholder ${number} ${reason}`);
}

module.exports = { planOf };
