'use strict';

// The naive twin of the SVG sanitizer: looks at its output through two other parsers, the XML and the HTML parser of jsdom, and
// throws for whatever should not be there. Its lists are written here again, by hand.

const assert = require('node:assert/strict');
const { JSDOM } = require('jsdom');

const SVG = 'http://www.w3.org/2000/svg';
const XLINK = 'http://www.w3.org/1999/xlink';
const XML = 'http://www.w3.org/XML/1998/namespace';
const XMLNS = 'http://www.w3.org/2000/xmlns/';

const ELEMENTS = new Set(
  (
    'a animate animateMotion animateTransform circle clipPath defs desc ellipse feBlend feColorMatrix feComponentTransfer ' +
    'feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB ' +
    'feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting ' +
    'feSpotLight feTile feTurbulence filter g image line linearGradient marker mask mpath path pattern polygon polyline ' +
    'radialGradient rect set stop svg switch symbol text textPath title tspan use view'
  ).split(' '),
);
// What must not be among the names, however they are spelt.
const BAD_ATTRIBUTE =
  /^(?:on|data-|xmlns:(?!xlink$)|class$|src|target$|ping$|action|form|base$|is$|slot$|part$|nonce$|tabindex$|auto|popover|command)/i;
const ANIMATES_DANGER = /^(?:.*:.*|href|on.*|style|class|id|src|target|attributeName)$/i;
const IMAGE = /^data:image\/(?:png|jpe?g|gif|webp);base64,[A-Za-z0-9+/]+={0,2}$/;
const FREE_TEXT = new Set(['aria-label', 'lang', 'xml:lang']);
const PROPERTY = /^[a-z-]+$/;

const { window } = new JSDOM('<!doctype html><body></body>');

/** The root of the output as XML; throws if it is not well-formed. @param {string} svg */
function parseXml(svg) {
  const document = new window.DOMParser().parseFromString(svg, 'image/svg+xml');
  assert.equal(document.getElementsByTagName('parsererror').length, 0, 'not well-formed');
  assert.equal(document.childNodes.length, 1, 'something beside the root');
  return document.documentElement;
}

/** The root as an HTML page reads it, with what stands around it. @param {string} html */
function parseHtml(html) {
  const document = new window.DOMParser().parseFromString(`<body><div>${html}</div><i></i>`, 'text/html');
  const [div, after] = document.body.children;
  assert.equal(document.body.children.length, 2, 'it left its container');
  assert.equal(after.localName, 'i');
  assert.equal(div.childNodes.length, 1, 'something beside the root');
  return div.firstChild;
}

/** Throws unless the output of the sanitizer is safe in both parsers, and the same in both. @param {string} svg */
function assertSafe(svg) {
  const xml = parseXml(svg);
  const html = parseHtml(svg);
  assertNode(xml);
  assertNode(html);
  assert.deepEqual(outline(html), outline(xml));
  // What a script reads from the page and writes back.
  assert.deepEqual(outline(parseHtml(html.outerHTML)), outline(xml));
}

/** @param {any} node */
function assertNode(node) {
  if (node.nodeType === window.Node.TEXT_NODE) return;
  assert.equal(node.nodeType, window.Node.ELEMENT_NODE, 'neither element nor text');
  assert.equal(node.namespaceURI, SVG);
  assert.ok(ELEMENTS.has(node.localName), `element ${node.localName}`);
  assert.equal(node.prefix, null);
  for (const attribute of node.attributes) assertAttribute(node, attribute);
  if (['title', 'desc'].includes(node.localName)) assert.equal(node.children.length, 0);
  for (const child of node.childNodes) assertNode(child);
}

/** @param {any} element @param {any} attribute */
function assertAttribute(element, { name, localName, namespaceURI, value }) {
  const label = `${element.localName} ${name}=${value.slice(0, 80)}`;
  assert.ok([null, XLINK, XML, XMLNS].includes(namespaceURI), label);
  assert.ok(!BAD_ATTRIBUTE.test(name) && name !== 'xml:base', label);
  if (localName === 'href') return assert.ok(isReference(element, value), label);
  if (name === 'attributeName') return assert.ok(!ANIMATES_DANGER.test(value), label);
  if (name === 'style') return assertStyle(value, label);
  if (namespaceURI !== XMLNS && !FREE_TEXT.has(name)) assertValue(value, label);
}

/** @param {any} element @param {string} value */
function isReference(element, value) {
  return /^#[^\s#"'()\\<>&]+$/.test(value) || (element.localName === 'image' && IMAGE.test(value));
}

/** @param {string} style @param {string} label */
function assertStyle(style, label) {
  for (const declaration of style.split(';')) {
    const at = declaration.indexOf(':');
    const [property, value] = [declaration.slice(0, at), declaration.slice(at + 1)];
    assert.ok(
      PROPERTY.test(property) && !/^(?:position|top|left|z-index|background|content|behavior)/.test(property),
      label,
    );
    assertValue(value, label);
  }
}

/** @param {string} value @param {string} label */
function assertValue(value, label) {
  assert.doesNotMatch(value, /[\\@{}<]|\/\*/, label);
  for (const [, target] of value.matchAll(/url\(([^)]*)\)?/gi)) assert.match(target, /^#[^\s"']+$/, label);
  assert.doesNotMatch(value, /(?:src|image|image-set|element|paint|attr|expression|var|env)\(/i, label);
}

/** A tree as plain data. @param {any} node @returns {unknown} */
function outline(node) {
  if (node.nodeType === window.Node.TEXT_NODE) return node.data;
  const attributes = [...node.attributes].map(({ localName, namespaceURI, value }) => [namespaceURI, localName, value]);
  return [node.localName, attributes.filter(([namespace]) => namespace !== XMLNS), [...node.childNodes].map(outline)];
}

module.exports = { assertSafe, outline, parseHtml, parseXml };
