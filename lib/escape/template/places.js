// @ts-check
'use strict';

// What an attribute may hold. Escaping keeps a value inside its attribute; this table says where that is not enough.

/** @typedef {import('./scanner').Tag} Tag */
/** @typedef {import('./scanner').Attribute} Attribute */
/** @typedef {'text' | 'url' | 'urls' | 'srcset' | 'markup' | 'number'} Kind */

const HOLE = '\0';

/** Attributes that hold one URL, on any element. Names with `:href`, such as `xlink:href`, belong to them. */
const URLS = new Set(
  `action archive background cite classid codebase data dynsrc formaction href icon longdesc lowsrc manifest poster profile src
  usemap xml:base`.split(/\s+/),
);

/** @type {ReadonlyMap<string, Kind>} */
const KINDS = new Map([
  ['ping', 'urls'],
  ['srcset', 'srcset'],
  ['imagesrcset', 'srcset'],
  ['srcdoc', 'markup'],
  ['style', 'number'],
]);

// Handlers of events, and what Vue, Alpine, Angular and htmx evaluate.
const CODE = /^(?:on|data-on|@|:|v-|x-|ng-|data-ng-|hx-on|data-hx-on|hx-vals|hx-vars|\(|\[|\*)/;
const ANIMATIONS = new Set(['animate', 'animatecolor', 'animatemotion', 'animatetransform', 'set']);
const ANIMATED = new Set(['attributename', 'by', 'from', 'to', 'values']);
/** Relations of a link that load nothing which runs or styles the page. */
const PLAIN_RELATIONS = new Set(
  `alternate apple-touch-icon author bookmark canonical dns-prefetch help icon license me next pingback preconnect prev
  privacy-policy search shortcut terms-of-service`.split(/\s+/),
);
/** Attributes that are on whatever their value is, "false" and the empty text included. */
const BOOLEAN = new Set(
  `allowfullscreen async autofocus autoplay checked compact controls default defer disabled formnovalidate hidden inert ismap
  itemscope loop multiple muted nomodule noresize noshade novalidate nowrap open playsinline readonly required reversed
  selected`.split(/\s+/),
);
const WHOLE = 'write the whole element with dangerouslyTrustHtml(), from values of the app only';

/**
 * How a hole in an attribute is written; throws where it may not be.
 * @param {Tag} tag @param {Attribute} attribute with a hole in its value @param {(reason: string) => Error} refuse
 * @returns {Kind}
 */
function kindOf(tag, attribute, refuse) {
  const { name } = attribute;
  const label = `${shown(name)} of <${shown(tag.name)}>`;
  if (CODE.test(name)) {
    throw refuse(`stands in ${label}, which runs as code; pass data by a data- attribute, and read it in the script`);
  }
  if (BOOLEAN.has(name)) {
    throw refuse(
      `stands in ${label}, which is on whatever its value is; choose between an element with ${name} and one without`,
    );
  }
  const reason = reasonAgainst(tag, name);
  if (reason !== undefined) throw refuse(`stands in ${label}, ${reason}; ${WHOLE}`);
  return KINDS.get(name) ?? (URLS.has(name) || name.endsWith(':href') ? 'url' : 'text');
}

/** Why an element must not have a hole in this attribute. @param {Tag} tag @param {string} name */
function reasonAgainst(tag, name) {
  const isHref = name === 'href' || name.endsWith(':href');
  if (tag.name === 'script' && (name === 'src' || isHref)) return 'which loads code';
  if (tag.name === 'base' && isHref) return 'which changes where all other URLs lead';
  if (tag.name === 'link' && name === 'rel') return 'which decides whether the link loads code';
  if (tag.name === 'link' && isHref && !isPlainLink(tag)) return 'which may load code or styles for such a `rel`';
  if (tag.name === 'meta' && name === 'http-equiv') return 'which controls the browser';
  if (tag.name === 'meta' && name === 'content' && valueIn(tag, 'http-equiv') !== undefined) {
    return 'which controls the browser';
  }
  if (ANIMATIONS.has(tag.name) && ANIMATED.has(name)) return 'which can set an attribute that runs code';
}

/** @param {Tag} tag */
function isPlainLink(tag) {
  const relations =
    valueIn(tag, 'rel')
      ?.toLowerCase()
      .split(/[\t\n\f\r ]+/) ?? [];
  return relations.length > 0 && relations.every((one) => PLAIN_RELATIONS.has(one));
}

/** The first of the attributes with this name counts. @param {Tag} tag @param {string} name */
function valueIn(tag, name) {
  return tag.attributes.find((one) => one.name === name)?.value;
}

/** A name in a message. @param {string} name */
function shown(name) {
  return name.replaceAll(HOLE, '').slice(0, 64);
}

module.exports = { kindOf };
