'use strict';

// A real browser as the judge of what sanitizers return: Debian's Chromium, headless, with a fresh profile and without a network.
// Each text is put into frames of its own, by every way that apps use. What counts is what happens: a script that runs, a
// request that leaves, and what the parser made of the text.

const { describe } = require('node:test');
const { existsSync, mkdtempSync, rmSync } = require('node:fs');
const net = require('node:net');
const { once } = require('node:events');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

const { chromium } = require('playwright-core');

const { loadFrames, pressEverything, readFrames, removedByBrowser } = require('./chromium-page');

const PATH = '/usr/bin/chromium';
const FLAGS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-features=OptimizationHints,MediaRouter',
];
const ORIGIN = 'http://app.test/';
const BATCH = 40;
/** Errors of images, timers of documents and animations come after the load: how long nothing may happen. */
const QUIET_MS = 60;
const MOST_WAITS = 30;

const isInstalled = existsSync(PATH);

/**
 * A suite that needs Chromium: skipped with a notice where there is none, and failed where all checks must run.
 * @param {string} name @param {() => void} body
 */
function describeChromium(name, body) {
  if (isInstalled) return describe(name, body);
  if (process.env.CI === 'true') throw new Error(`${name} needs Chromium at ${PATH}`);
  console.log(`${name}: skipped, for there is no Chromium at ${PATH}`);
  return describe(name, { skip: `there is no Chromium at ${PATH}` }, body);
}

/**
 * What happened to one text. `requests`: those that left before anything was pressed. `trees`: what each parse made of it.
 * @typedef {{ ran: string[], requests: string[], trees: Record<string, object[]> }} Outcome
 */

class Browser {
  /** @type {any} */ #context;
  /** @type {any} */ #page;
  /** @type {net.Server} */ #proxy;
  #folder = '';
  /** By name of the frame. @type {Map<string, Outcome>} */ #outcomes = new Map();
  /** What the network would have seen of hosts that no page may reach: also preconnect, which the router does not see. */
  connections = /** @type {string[]} */ ([]);
  #isPressing = false;
  /** How much has happened, to know when nothing does. */ #events = 0;
  /** @type {Map<string, { type: string, body: string }>} */ #files = new Map();

  async start() {
    this.#folder = mkdtempSync(join(tmpdir(), 'portcullis-chromium-'));
    this.#proxy = net.createServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', (bytes) => {
        const [line] = bytes.toString('latin1').split('\r\n');
        if (line.includes('evil.test')) this.connections.push(line);
        socket.destroy();
      });
    });
    this.#proxy.listen(0, '127.0.0.1');
    await once(this.#proxy, 'listening');
    const { port } = /** @type {net.AddressInfo} */ (this.#proxy.address());
    this.#context = await chromium.launchPersistentContext(this.#folder, {
      executablePath: PATH,
      headless: true,
      chromiumSandbox: false,
      args: [...FLAGS, `--proxy-server=127.0.0.1:${port}`, '--proxy-bypass-list=<-loopback>'],
    });
    await this.#context.exposeBinding('pwn', ({ frame }) => this.#ran(frame));
    await this.#context.route('**/*', (route) => this.#answer(route));
  }

  async stop() {
    await this.#context?.close();
    this.#proxy?.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** The outcome that belongs to a frame, or to the frame around it. @param {any} frame @returns {Outcome | undefined} */
  #of(frame) {
    for (let one = frame; one; one = one.parentFrame()) {
      const outcome = this.#outcomes.get(one.name().replace(/-(?:write|svg)$/, ''));
      if (outcome) return outcome;
    }
    return undefined;
  }

  /** The harness and its files are answered here; nothing else is, but it is noted. @param {any} route */
  async #answer(route) {
    const url = route.request().url();
    const file = this.#files.get(url);
    if (url === ORIGIN)
      return route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>harness</title>' });
    if (file) return route.fulfill({ contentType: file.type, body: file.body });
    this.#events += 1;
    if (!this.#isPressing) this.#of(frameOf(route.request()))?.requests.push(url);
    await route.abort().catch(() => {});
  }

  /** @param {any} frame */
  #ran(frame) {
    this.#events += 1;
    this.#of(frame)?.ran.push('pwn()');
  }

  /** Waits by the clock of the page, whose timer fires after what its frames have queued, until nothing more happens. */
  async #settle() {
    let seen = -1;
    for (let wait = 0; wait < MOST_WAITS && (seen !== this.#events || wait < 2); wait++) {
      seen = this.#events;
      await this.#page.evaluate(
        (/** @type {number} */ ms) => new Promise((resolve) => setTimeout(resolve, ms)),
        QUIET_MS,
      );
    }
  }

  async #fresh() {
    await this.#page?.close();
    this.#page = await this.#context.newPage();
    this.#page.on('dialog', (/** @type {any} */ dialog) => {
      for (const outcome of this.#outcomes.values()) outcome.ran.push(`dialog: ${dialog.message()}`);
      dialog.dismiss().catch(() => {});
    });
    this.#page.on('popup', (/** @type {any} */ popup) => popup.close().catch(() => {}));
    await this.#page.goto(ORIGIN);
  }

  /**
   * Loads each text in every way of `ways`, presses everything, and returns what happened, in the order of the texts.
   * @param {readonly string[]} texts @param {readonly string[]} ways see chromium-page.js @returns {Promise<Outcome[]>}
   */
  async judge(texts, ways) {
    const outcomes = [];
    for (let at = 0; at < texts.length; at += BATCH) {
      outcomes.push(...(await this.#batch(texts.slice(at, at + BATCH), ways, at)));
    }
    return outcomes;
  }

  /** @param {readonly string[]} texts @param {readonly string[]} ways @param {number} start */
  async #batch(texts, ways, start) {
    this.#outcomes.clear();
    this.#files.clear();
    this.#isPressing = false;
    const cases = texts.map((text, i) => ({ name: `case-${start + i}`, text }));
    for (const { name, text } of cases) {
      this.#outcomes.set(name, { ran: [], requests: [], trees: {} });
      this.#files.set(`${ORIGIN}${name}.svg`, { type: 'image/svg+xml', body: text });
    }
    await this.#fresh();
    await this.#page.evaluate(loadFrames, { cases, ways });
    await this.#settle();
    const trees = await this.#page.evaluate(
      readFrames,
      cases.map(({ name }) => name),
    );
    this.#isPressing = true;
    await this.#page.evaluate(pressEverything);
    await this.#settle();
    return cases.map(({ name }, i) => ({ .../** @type {Outcome} */ (this.#outcomes.get(name)), trees: trees[i] }));
  }

  /**
   * The texts of which Chromium's own sanitizer would remove something under a policy. The page inserts nothing, so nothing runs.
   * @param {readonly string[]} texts @param {object} config a SanitizerConfig @returns {Promise<string[]>}
   */
  async removedByBrowser(texts, config) {
    await this.#fresh();
    return this.#page.evaluate(removedByBrowser, { texts, config });
  }

  /** The pixels of pictures, as a page draws them. @param {readonly string[]} svgs @param {number} size @returns {Promise<string[]>} */
  async draw(svgs, size) {
    await this.#fresh();
    return this.#page.evaluate(drawAll, { svgs, size });
  }
}

/** @param {any} request */
function frameOf(request) {
  try {
    return request.frame();
  } catch {
    // A navigation whose frame is not known yet; the harness itself navigates none.
    return undefined;
  }
}

/* v8 ignore start: this runs in the page */
/** @param {{ svgs: string[], size: number }} given */
async function drawAll({ svgs, size }) {
  const draw = async (/** @type {string} */ svg) => {
    const image = new Image(size, size);
    image.src = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = size;
    const context = /** @type {any} */ (canvas.getContext('2d', { willReadFrequently: true }));
    context.drawImage(image, 0, 0, size, size);
    return canvas.toDataURL();
  };
  const drawn = [];
  for (const svg of svgs) drawn.push(await draw(svg).catch((error) => `not drawn: ${error.message}`));
  return drawn;
}
/* v8 ignore stop */

module.exports = { Browser, describeChromium };
