'use strict';

// What a real browser makes of the output for 1,000 hostile inputs, with every profile: parsed once and twice, in a table, a select, a
// template and a whole page. The same harness lets the inputs themselves run, which proves that it would see an attack.

const assert = require('node:assert/strict');
const { after, before, describe, it } = require('node:test');

const { createHtmlSanitizer } = require('portcullis');

const { Browser, describeChromium } = require('../support/chromium');
const { hostileHtml } = require('../support/html-hostile');

const PROFILES = ['text', 'basic', 'article', 'browser'];
const WAYS = ['innerHTML', 'again', 'table', 'select', 'template', 'write'];
const HOSTILE = hostileHtml();
/** The control takes every fourth input: each starts frames, scripts and requests. */
const CONTROL_STEP = 4;
const LEAST_CONTROL = 0.5;

// What no profile may keep, however the browser came to make it.
const ELEMENTS =
  /^(?:script|style|iframe|frame|frameset|object|embed|applet|param|link|meta|base|basefont|form|input|button|textarea|select|keygen|noscript|template|title|xmp|plaintext|listing|noembed|noframes|portal|fencedframe|marquee|bgsound|dialog|slot|canvas|svg|math|foreignobject|annotation-xml|mglyph|use|animate|set|image|isindex|layer|.*-.*|.*[^a-z0-9].*)$/i;
const ATTRIBUTES =
  /^(?:on.*|style|srcdoc|formaction|action|ping|background|xlink:.*|xmlns.*|is|slot|part|nonce|autofocus|contenteditable|popover.*|command.*|interest.*|sandbox|attributionsrc|http-equiv|usemap|form|data-.*|@.*|:.*|v-.*|ng-.*|x-.*|hx-.*|.*\0.*)$/i;
const SCHEMES = new Set(['http', 'https', 'mailto', 'tel', 'ftp', 'sms', 'xmpp']);
/** The elements that the ways to load a text add around it. */
const AROUND = { table: ['table', 'tbody', 'tr', 'td'], select: ['select'] };

/** The requests that the tree itself allows: pictures and media. @param {any[]} elements */
function allowedRequests(elements) {
  const urls = elements.flatMap(({ name, attributes }) =>
    !['img', 'source', 'video', 'audio'].includes(name)
      ? []
      : attributes.flatMap(([key, value]) =>
          key === 'srcset' ? value.split(/,\s+|\s+/) : ['src', 'poster'].includes(key) ? [value] : [],
        ),
  );
  return new Set(
    urls.flatMap((url) => (URL.canParse(url, 'http://app.test/') ? [new URL(url, 'http://app.test/').href] : [])),
  );
}

/** What is wrong with one outcome. @param {any} outcome @param {boolean} showsPictures @returns {string[]} */
function faultsOf({ ran, requests, trees }, showsPictures) {
  const faults = ran.map(() => 'a script ran');
  const elements = WAYS.flatMap((way) => {
    if (trees[way] === undefined) faults.push(`${way}: the page is gone`);
    const around = [...(AROUND[/** @type {'table'} */ (way)] ?? [])];
    return (trees[way] ?? []).filter(({ name }) => {
      const at = around.indexOf(name);
      if (at >= 0) around.splice(at, 1);
      return at < 0;
    });
  });
  for (const { name, attributes, schemes } of [...elements, ...trees.page]) {
    // In a table, rows and cells appear by themselves.
    if (ELEMENTS.test(name)) faults.push(`element ${name}`);
    for (const [key] of attributes) if (ATTRIBUTES.test(key)) faults.push(`attribute ${key} of ${name}`);
    for (const scheme of schemes) if (!SCHEMES.has(scheme)) faults.push(`scheme ${scheme} of ${name}`);
  }
  const allowed = showsPictures ? allowedRequests(elements) : new Set();
  for (const url of requests) if (!allowed.has(url)) faults.push(`request of ${url}`);
  return [...new Set(faults)];
}

describeChromium('html in Chromium', () => {
  const browser = new Browser();
  before(() => browser.start());
  after(() => browser.stop());
  /** Outputs that were judged, by text: most inputs have the same ones in several profiles. @type {Map<string, any>} */
  const judged = new Map();

  /** @param {string[]} texts */
  async function judge(texts) {
    const fresh = [...new Set(texts)].filter((text) => text.includes('<') && !judged.has(text));
    const outcomes = await browser.judge(fresh, WAYS);
    fresh.forEach((text, i) => {
      judged.set(text, outcomes[i]);
    });
  }

  for (const profile of PROFILES) {
    it(`runs nothing and keeps nothing that is not allowed, for ${HOSTILE.length} inputs, with the profile ${profile}`, async () => {
      const sanitize = createHtmlSanitizer({ profile });
      const outputs = HOSTILE.map(({ html }) => sanitize(html));
      await judge(outputs);
      const showsPictures = profile === 'article';
      const faults = outputs.flatMap((html, i) => {
        const found = judged.has(html) ? faultsOf(judged.get(html), showsPictures) : [];
        return found.length === 0 ? [] : [{ input: HOSTILE[i], html, found }];
      });
      assert.deepEqual(faults, []);
      assert.deepEqual(browser.connections, []);
    });
  }

  it("keeps nothing that the browser's own sanitizer would remove by the policy of toBrowser()", async () => {
    const sanitize = createHtmlSanitizer({ profile: 'browser' });
    const outputs = HOSTILE.map(({ html }) => sanitize(html));
    assert.deepEqual(await browser.removedByBrowser([...new Set(outputs)], sanitize.toBrowser()), []);
  });

  it('sees the inputs themselves run and ask', async () => {
    const inputs = HOSTILE.filter((_, i) => i % CONTROL_STEP === 0).map(({ html }) => html);
    const outcomes = await browser.judge(inputs, ['innerHTML', 'write']);
    const active = outcomes.filter(({ ran, requests }) => ran.length + requests.length > 0).length;
    assert.ok(active >= inputs.length * LEAST_CONTROL, `only ${active} of ${inputs.length} did anything`);
  });
});

describe('html: hostile inputs', () => {
  it('are more than 500, all different', () => {
    assert.ok(new Set(HOSTILE.map(({ html }) => html)).size > 900);
    assert.equal(new Set(HOSTILE.map(({ name }) => name)).size, HOSTILE.length);
  });
});
