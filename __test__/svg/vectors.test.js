'use strict';

// Ordinary and hostile pictures: exact results, and what two other parsers see in them.

const assert = require('node:assert/strict');
const { describe, it } = require('node:test');

const { createSvgSanitizer, sanitizeSvg } = require('portcullis');

const { random } = require('../support/random');
const { assertSafe } = require('../support/svg-twin');
const { hostile, ordinary } = require('../vectors/svg.json');

const MUTANTS = 4000;
const sanitize = createSvgSanitizer();
const namesOf = (/** @type {any[]} */ removed) =>
  removed.map(
    ({ kind, element, name, count }) =>
      [kind, element, name].filter(Boolean).join(' ') + (count > 1 ? ` x${count}` : ''),
  );

describe('svg: ordinary pictures', () => {
  for (const { name, svg, gives, removed } of ordinary) {
    it(`keeps ${name}`, () => {
      assert.equal(sanitize(svg), gives);
      assert.equal(sanitize(Buffer.from(svg)), gives);
      assert.equal(sanitize(gives), gives);
      assert.deepEqual(namesOf(sanitize.report(svg).removed), removed);
      assertSafe(gives);
    });
  }

  it('loses no element of any that draws, and no attribute but those of other uses', () => {
    const lost = new Set(
      ordinary.flatMap(({ removed }) => removed.map((/** @type {string} */ line) => line.replace(/ x\d+$/, ''))),
    );
    const drawing = [...lost].filter(
      (line) =>
        !/^(?:attribute \S+ (?:class|data-[\w-]+|id|docname|version|label|groupmode|nodetypes|connector-curvature|role|extraneous)|element (?:namedview|path-effect|metadata|style|foreignObject)|markup (?:doctype|at-rule|style rule)|property \S+ (?:-inkscape-[\w-]+|max-width))$/.test(
          line,
        ),
    );
    assert.deepEqual(drawing, []);
    assert.ok(ordinary.length >= 40);
  });
});

describe('svg: hostile pictures', () => {
  for (const { name, svg, gives, code, removed } of hostile) {
    it(`${code ? 'rejects' : 'disarms'} ${name}`, () => {
      if (code) return assert.throws(() => sanitizeSvg(svg), { name: 'PortcullisError', code, status: 400 });
      assert.equal(sanitizeSvg(svg), gives);
      assert.equal(sanitizeSvg(gives), gives);
      assert.deepEqual(namesOf(sanitize.report(svg).removed), removed);
      assertSafe(gives);
    });
  }

  it('are many, of every class', () => {
    assert.ok(hostile.length >= 150);
  });
});

describe('svg: mutants', () => {
  it(`returns safe pictures and fixpoints for ${MUTANTS} mutants of all of them`, () => {
    const rng = random(9);
    const sources = [...ordinary, ...hostile].map(({ svg }) => svg);
    let accepted = 0;
    for (let i = 0; i < MUTANTS; i++) {
      const mutant = mutate(sources, rng);
      const safe = attempt(mutant);
      if (safe === undefined) continue;
      accepted += 1;
      assert.equal(sanitize(safe), safe, mutant);
      assertSafe(safe);
    }
    assert.ok(accepted > MUTANTS / 10, `only ${accepted} were well-formed`);
  });
});

/** @param {string} svg */
function attempt(svg) {
  try {
    return sanitize(svg);
  } catch (/** @type {any} */ error) {
    assert.match(error.code, /^ERR_SVG_/);
    return undefined;
  }
}

/**
 * Puts a piece of one picture into another, at a place where markup often stays well-formed.
 * @param {string[]} sources @param {ReturnType<typeof random>} rng
 */
function mutate(sources, rng) {
  const target = rng.of(sources);
  const piece = rng.of(rng.of(sources).match(/<[a-z][^<>]*\/>|[\w:-]+="[^"<]*"|&#?\w+;|[^<>]{1,9}/gi) ?? ['']);
  const isAttribute = piece.endsWith('"');
  const wanted = piece.startsWith('<') ? /(?<=>)(?=<)/g : isAttribute ? /(?<=<[a-z]+)(?=[ />])/gi : /(?=\w)/g;
  const places = [...target.matchAll(wanted)].map(({ index }) => index);
  const at = places.length > 0 ? rng.of(places) : 0;
  return `${target.slice(0, at)}${isAttribute ? ` ${piece}` : piece}${target.slice(at)}`;
}
