// @ts-check
'use strict';

// Elements whose content a browser reads by other rules than markup.

const { misuse } = require('../../support/errors');

/** @typedef {import('./scanner').Handler} Handler */

/** Elements whose content is text with character references. */
const TEXT_ONLY = new Set(['title', 'textarea']);
/** Elements whose content a browser never, or not always, reads as HTML. */
const RAW = new Set(['script', 'style', 'xmp', 'iframe', 'noembed', 'noframes', 'noscript']);
// What could start a tag, with NUL for a placeholder. Around this template may be <svg>, <math> or <select>, in which the content of
// these elements is markup as well: a value behind `<` would name a tag there.
const MARKUP = /<[a-z!?/\0]/i;
const DATA = 'pass data by a data- attribute, and read it in the script';

/** @param {string} name of an element */
const hasOwnContent = (name) => TEXT_ONLY.has(name) || RAW.has(name);

/** Returns where the content ends. @param {string} markup @param {number} at @param {string} name @param {Handler} handler */
function scanContent(markup, at, name, handler) {
  const end = new RegExp(`</${name}[\\t\\n\\f\\r />]`, 'ig');
  end.lastIndex = at;
  const close = end.exec(markup)?.index;
  if (close === undefined) throw unfinished(`<${name}>`);
  if (RAW.has(name)) scanRaw(markup, at, close, name, handler);
  else scanTextOnly(markup, at, close, name, handler);
  return close;
}

/** @param {string} markup @param {number} at @param {number} close @param {string} name @param {Handler} handler */
function scanRaw(markup, at, close, name, handler) {
  const isScript = name === 'script';
  // A browser then passes over the next end tag.
  if (isScript && markup.slice(at, close).includes('<!--')) {
    throw misuse('ERR_ESCAPE_TEMPLATE', 'html: remove the "<!--" from the script: its end tag might not end it');
  }
  handler.other(at, close, `inside <${name}>`, isScript ? DATA : `move it out of <${name}>`);
}

/** @param {string} markup @param {number} at @param {number} close @param {string} name @param {Handler} handler */
function scanTextOnly(markup, at, close, name, handler) {
  if (MARKUP.test(markup.slice(at, close))) {
    throw misuse(
      'ERR_ESCAPE_TEMPLATE',
      `html: write "&lt;" in place of "<" in <${name}>: inside of <svg> it starts a tag`,
    );
  }
  handler.text(at, close, name);
}

/** @param {string} what */
function unfinished(what) {
  return misuse('ERR_ESCAPE_TEMPLATE', `html: the template ends inside ${what}; close it in the same template`);
}

module.exports = { hasOwnContent, scanContent, unfinished };
