'use strict';

// What the harness of chromium.js runs inside the page. Each function is sent as text, so it uses nothing from outside.
//
// Ways to load a text. Those of one page share a frame; a whole page and a file have frames of their own.
//   innerHTML   into a div
//   again       what innerHTML reads back, parsed a second time
//   table, select, template   into these elements; a template's content is then put into the page
//   img         a file of image/svg+xml, shown by <img>
//   write       a whole page by document.write
//   svg         a file of image/svg+xml, opened in a frame

/* global document */

/** @param {{ cases: { name: string, text: string }[], ways: string[] }} given */
async function loadFrames({ cases, ways }) {
  /** @type {Record<string, (page: any, box: any, text: string, name: string) => void>} */
  const LOAD = {
    innerHTML: (_page, box, text) => {
      box.innerHTML = text;
    },
    again: (_page, box, text) => {
      const first = document.implementation.createHTMLDocument('').createElement('div');
      first.innerHTML = text;
      box.innerHTML = first.innerHTML;
    },
    table: (page, box, text) => {
      box.innerHTML = `<table><tr><td>${text}</td></tr></table>`;
      box.appendChild(page.createElement('table')).innerHTML = text;
    },
    select: (page, box, text) => {
      box.appendChild(page.createElement('select')).innerHTML = text;
    },
    template: (page, box, text) => {
      const template = page.createElement('template');
      template.innerHTML = text;
      box.appendChild(page.importNode(template.content, true));
    },
    img: (page, box, _text, name) => {
      box.appendChild(page.createElement('img')).src = `${location.origin}/${name}.svg`;
    },
  };
  const loads = [];
  const addFrame = (/** @type {string} */ name, src = '') => {
    const frame = document.createElement('iframe');
    // The name must be there from the start, or the harness does not learn it.
    frame.name = name;
    if (src !== '') frame.src = src;
    document.body.appendChild(frame);
    return /** @type {any} */ (frame);
  };
  for (const { name, text } of cases) {
    const page = addFrame(name).contentDocument;
    for (const way of ways.filter((one) => one in LOAD)) {
      const box = page.createElement('div');
      box.className = `way-${way}`;
      // A parent first, so that a text that navigates or clears the page is seen to do so.
      page.body.appendChild(box);
      LOAD[way](page, box, text, name);
    }
    if (ways.includes('write')) {
      const whole = addFrame(`${name}-write`).contentDocument;
      whole.open();
      whole.write(`<!doctype html><html><head><title>t</title></head><body>${text}</body></html>`);
      whole.close();
    }
    if (ways.includes('svg')) {
      const file = addFrame(`${name}-svg`, `/${name}.svg`);
      loads.push(new Promise((resolve) => file.addEventListener('load', resolve, { once: true })));
    }
  }
  await Promise.race([Promise.all(loads), new Promise((resolve) => setTimeout(resolve, 3000))]);
}

/**
 * What each parse made of a text: names, namespaces, attributes, and the schemes of URLs as the browser reads them.
 * @param {string[]} names
 */
function readFrames(names) {
  const URLS = ['href', 'src', 'action', 'formAction', 'data', 'poster', 'cite', 'background', 'ping'];
  const schemesOf = (/** @type {any} */ element) =>
    URLS.filter((name) => element.hasAttribute(name) || element.hasAttribute(`xlink:${name}`))
      .map((name) => element[name]?.animVal ?? element[name])
      .filter((url) => typeof url === 'string' && /^[a-z][\w+.-]*:/i.test(url))
      .map((url) => url.split(':')[0].toLowerCase());
  const describe = (/** @type {any} */ element) => ({
    name: element.localName,
    namespace: element.namespaceURI,
    attributes: [...element.attributes].map(({ name, value }) => [name, value]),
    schemes: schemesOf(element),
  });
  const inside = (/** @type {any} */ root) => {
    const found = [...root.querySelectorAll('*')].map(describe);
    for (const template of root.querySelectorAll('template')) found.push(...inside(template.content));
    return found;
  };
  const NAVIGATED = [{ name: 'navigated', namespace: '', attributes: [], schemes: [] }];
  const read = (/** @type {string} */ name, /** @type {(page: any) => object[]} */ work) => {
    const frame = /** @type {any} */ (document.querySelector(`iframe[name="${name}"]`));
    try {
      return frame && work(frame.contentDocument);
    } catch {
      return NAVIGATED;
    }
  };
  return names.map((name) => {
    /** @type {Record<string, object[]>} */
    const trees = {};
    read(name, (page) => {
      for (const box of page.querySelectorAll('body > div[class^=way-]')) trees[box.className.slice(4)] = inside(box);
      trees.page = [...page.querySelectorAll('body > :not([class^=way-])')].map(describe);
      return [];
    });
    trees.page ??= NAVIGATED;
    const whole = read(`${name}-write`, (page) => inside(page.body));
    const file = read(`${name}-svg`, inside);
    return { ...trees, ...(whole && { write: whole }), ...(file && { svg: file }) };
  });
}

/** Clicks, focuses and submits everything. Links that a user may follow are not followed; those that run something are. */
function pressEverything() {
  const RUNS = /^\s*(?:javascript|data|vbscript|blob|filesystem):/i;
  // Properties of a form can be hidden by its fields.
  const targetOf = (/** @type {any} */ { submitter, target }) =>
    submitter?.getAttribute('formaction') ?? target.getAttribute('action') ?? '';
  const holdBack = (/** @type {any} */ event) => {
    const link = event.target.closest?.('a, area');
    if (event.type === 'click' && !link) return;
    const url = event.type === 'submit' ? targetOf(event) : (link.href?.animVal ?? link.href);
    if (typeof url !== 'string' || !RUNS.test(url)) event.preventDefault();
  };
  const press = (/** @type {any} */ page) => {
    for (const kind of ['click', 'submit']) page.addEventListener(kind, holdBack, true);
    for (const element of [...page.querySelectorAll('*')].slice(0, 200)) {
      const handlers = [...element.attributes].filter(({ name }) => /^on/i.test(name));
      for (const { name } of handlers)
        element.dispatchEvent(new Event(name.slice(2), { bubbles: true, cancelable: true }));
      element.focus?.();
      if (element.click) element.click();
      else element.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));
    }
  };
  for (const frame of document.querySelectorAll('iframe')) {
    try {
      press(frame.contentDocument);
    } catch {
      // It navigated away; what it did is noted already.
    }
  }
}

/**
 * The texts of which the browser's own sanitizer would remove something. @param {{ texts: string[], config: object }} given
 * @returns {string[]}
 */
function removedByBrowser({ texts, config }) {
  return texts.filter((text) => {
    const [ours, theirs] = [document.createElement('div'), /** @type {any} */ (document.createElement('div'))];
    ours.innerHTML = text;
    theirs.setHTML(text, { sanitizer: config });
    return ours.innerHTML !== theirs.innerHTML;
  });
}

module.exports = { loadFrames, pressEverything, readFrames, removedByBrowser };
