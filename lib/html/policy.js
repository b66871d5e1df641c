// @ts-check
'use strict';

// Reads the policy of a sanitizer: a profile, and what the app changes of it. Core knows which tags, attributes and schemes can
// be kept safely, and refuses the others.

const { BOUNDS } = require('../support/bounds');
const { Options } = require('../support/options');
const { TEXTS } = require('../support/options/list');
const { PROFILES } = require('./profiles');

/** @typedef {InstanceType<typeof Options>} OptionReader */
/** @typedef {Record<string, string[]>} Lists */
/** @typedef {ReturnType<typeof readPolicy>} Policy */

const NAMES = /** @type {const} */ (['text', 'basic', 'article', 'browser']);
const SCHEMES = Object.freeze(['http', 'https', 'mailto', 'tel']);
const LINK_REL = 'noopener noreferrer';

/** @type {import('../support/options/list').Kind<string>} */
const TAGS = {
  one: 'a name in lower case',
  many: 'names in lower case',
  isText: true,
  read: (entry) => (typeof entry === 'string' && /^[a-z*][a-z0-9:_.*-]*$/.test(entry) ? entry : undefined),
};

/** @type {import('../support/options/list').Kind<string>} */
const HOSTS = {
  one: 'a host without scheme, port and path, such as "video.example"',
  many: 'hosts without scheme, port and path, such as "video.example"',
  isText: true,
  read: (entry) =>
    typeof entry === 'string' && /^[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*$/u.test(entry) ? entry : undefined,
};

/** @param {string} owner the function that messages name @param {unknown} given */
function readPolicy(owner, given) {
  const options = new Options('HTML', owner, given);
  const profile = PROFILES[options.oneOf('profile', 'basic', NAMES)];
  const { maxDepth, maxLength } = BOUNDS.HTML;
  const policy = {
    tags: unique([...(options.list('tags', { of: TAGS, min: 0 }) ?? profile.tags), ...names(options, 'addTags')]),
    attributes: readAttributes(options, profile.attributes),
    values: readNested(options, 'values'),
    classes: readLists(options, 'classes', TEXTS),
    styles: readNested(options, 'styles'),
    schemes: options.list('schemes', { of: TAGS, min: 0 }) ?? [...SCHEMES],
    schemesByAttribute: readLists(options, 'schemesByAttribute', TAGS),
    relativeUrls: options.boolean('relativeUrls', true),
    protocolRelativeUrls: options.boolean('protocolRelativeUrls', false),
    iframeHosts: options.list('iframeHosts', { of: HOSTS, min: 0 }) ?? [],
    ...readLinkRel(options),
    rename: readRename(options),
    idPrefix: readPrefix(options),
    disallowed: options.oneOf('disallowed', 'unwrap', /** @type {const} */ (['unwrap', 'drop', 'escape'])),
    dropContent: names(options, 'dropContent'),
    maxDepth: options.integer('maxDepth', maxDepth.fallback, maxDepth),
    maxLength: options.integer('maxLength', maxLength.fallback, maxLength),
  };
  options.done();
  return policy;
}

/** @param {OptionReader} options */
function readPrefix(options) {
  const prefix = options.string('idPrefix', '', { defined: true });
  if (!/^[\w-]*$/.test(prefix)) throw options.malformed('idPrefix', 'letters, digits, "-" and "_" alone');
  return prefix;
}

/** @param {OptionReader} options @param {string} name */
const names = (options, name) => options.list(name, { of: TAGS, min: 0 }) ?? [];

/** @param {readonly string[]} list */
const unique = (list) => [...new Set(list)];

/** `attributes` replaces the list of a tag, `addAttributes` adds to it. @param {OptionReader} options @param {Readonly<Record<string, readonly string[]>>} profile @returns {Lists} */
function readAttributes(options, profile) {
  const own = { ...profile, ...readLists(options, 'attributes', TAGS) };
  const added = readLists(options, 'addAttributes', TAGS);
  const tags = unique([...Object.keys(own), ...Object.keys(added)]);
  return Object.fromEntries(tags.map((tag) => [tag, unique([...(own[tag] ?? []), ...(added[tag] ?? [])])]));
}

/** An object of lists. @param {OptionReader} options @param {string} name @param {import('../support/options/list').Kind<string>} of @returns {Lists} */
function readLists(options, name, of) {
  const own = options.inside(name);
  const read = Object.keys(options.raw(name) ?? {}).map((key) => [key, own.list(key, { of, min: 0 }) ?? []]);
  own.done();
  return Object.fromEntries(read);
}

/** An object of objects of lists. @param {OptionReader} options @param {string} name @returns {Record<string, Lists>} */
function readNested(options, name) {
  const own = options.inside(name);
  const read = Object.keys(options.raw(name) ?? {}).map((key) => [key, readLists(own, key, TEXTS)]);
  own.done();
  return Object.fromEntries(read);
}

/** @param {OptionReader} options @returns {Record<string, string>} */
function readRename(options) {
  const own = options.inside('rename');
  const read = Object.keys(options.raw('rename') ?? {}).map((from) => [from, readName(own, from)]);
  own.done();
  return Object.fromEntries(read);
}

/** @param {OptionReader} own @param {string} from */
function readName(own, from) {
  const to = TAGS.read(own.string(from, '', { required: true }));
  if (to === undefined) throw own.malformed(from, TAGS.one);
  return to;
}

/** @param {OptionReader} options */
function readLinkRel(options) {
  const rel = options.raw('linkRel') === false ? undefined : options.string('linkRel', LINK_REL);
  const on = options.oneOf('linkRelOn', 'target', /** @type {const} */ (['target', 'all']));
  return { ...(rel !== undefined && { linkRel: rel }), linkRelAlways: on === 'all' };
}

module.exports = { readPolicy };
