'use strict';

// What a real browser does with the pictures: inline, opened as a file, and in <img>. The same harness lets the originals run, which
// proves that it would see an attack.

const assert = require('node:assert/strict');
const { after, before, it } = require('node:test');

const { sanitizeSvg } = require('portcullis');

const { Browser, describeChromium } = require('../support/chromium');
const { hostile, ordinary } = require('../vectors/svg.json');

const INLINE = ['innerHTML', 'again', 'template', 'write'];
const FILES = ['svg', 'img'];
const SVG = 'http://www.w3.org/2000/svg';
const SIZE = 96;
/** The control takes every third original: some never finish loading. */
const CONTROL_STEP = 3;
/** Of the originals, those that are rejected because they are malformed do nothing in a browser either. */
const LEAST_CONTROL = 0.25;

describeChromium('svg in Chromium', () => {
  const browser = new Browser();
  before(() => browser.start());
  after(() => browser.stop());

  it('runs no script and makes no request, in whatever way a picture is shown', async () => {
    const safe = [...new Set([...hostile, ...ordinary].flatMap(({ gives }) => gives ?? []))];
    const outcomes = await browser.judge(safe, [...INLINE, ...FILES]);
    outcomes.forEach(({ ran, requests, trees }, i) => {
      assert.deepEqual([ran, requests], [[], []], safe[i]);
      for (const way of [...INLINE, 'svg']) {
        const elements = /** @type {any[]} */ (trees[way]);
        assert.ok(elements.length > 0, `${way}: ${safe[i]}`);
        for (const { name, namespace, attributes, schemes } of elements.filter(isOfThePicture)) {
          assert.equal(namespace, SVG, `${way}: ${name} in ${safe[i]}`);
          assert.doesNotMatch(name, /^(?:script|style|foreignObject|iframe)$/i);
          assert.ok(!attributes.some(([key]) => /^on/i.test(key)), safe[i]);
          assert.ok(
            schemes.every((scheme) => scheme === 'data'),
            safe[i],
          );
        }
      }
    });
    assert.deepEqual(browser.connections, []);
  });

  it('sees the originals run and ask, so it would see an attack that was kept', async () => {
    const originals = hostile.filter((_, i) => i % CONTROL_STEP === 0).map(({ svg }) => svg);
    const outcomes = await browser.judge(originals, ['write', 'svg']);
    const active = outcomes.filter(({ ran, requests }) => ran.length + requests.length > 0).length;
    const share = active / originals.length;
    assert.ok(share >= LEAST_CONTROL, `only ${active} of ${originals.length} did anything`);
  });

  it('draws ordinary pictures as before', async () => {
    const before = await browser.draw(
      ordinary.map(({ svg }) => drawable(svg)),
      SIZE,
    );
    const now = await browser.draw(
      ordinary.map(({ svg }) => sanitizeSvg(svg)),
      SIZE,
    );
    const empty = await browser.draw([`<svg xmlns="${SVG}"/>`], SIZE);
    const names = ordinary.map(({ name }) => name);
    assert.deepEqual(
      names.filter((_, i) => before[i] !== now[i]),
      [],
    );
    const unseen = names.filter((_, i) => now[i] === empty[0] || now[i].startsWith('not drawn'));
    assert.deepEqual(unseen, ['sprite of icons'], 'a picture that shows nothing proves nothing');
  });
});

/** The page around it has elements too. @param {{ name: string }} element */
function isOfThePicture({ name }) {
  return !['body', 'div', 'img'].includes(name);
}

/** An original in a form that a canvas can show and give back: with a namespace, and without a foreignObject. @param {string} svg */
function drawable(svg) {
  const named = /xmlns(?::svg)?="/.test(svg) ? svg : svg.replace('<svg', `<svg xmlns="${SVG}"`);
  return named.replace(/<foreignObject[\s\S]*?<\/foreignObject>/, '');
}
