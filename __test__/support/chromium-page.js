'use strict';

// What the harness of chromium.js runs inside the page. Each function is sent as text, so it uses nothing from outside.
//
// Ways to load a text, each in a frame of its own, so that what happens has a name:
//   innerHTML   into a div
//   again       what innerHTML reads back, parsed a second time
//   table, select, template   into these elements; a template's content is then put into the page
//   write       a whole page by document.write
//   svg, img    a file of image/svg+xml, opened in a frame, and shown by <img>

/* global document, HTMLAnchorElement */

/** @param {{ cases: { name: string, text: string }[], ways: string[] }} given */
async function loadFrames({ cases, ways }) {
  /** @type {Record<string, (frame: any, text: string, name: string) => void>} */
  const LOAD = {
    innerHTML: ({ contentDocument: page }, text) => {
      page.body.appendChild(page.createElement('div')).innerHTML = text;
    },
    again: ({ contentDocument: page }, text) => {
      const first = document.implementation.createHTMLDocument('').createElement('div');
      first.innerHTML = text;
      page.body.appendChild(page.createElement('div')).innerHTML = first.innerHTML;
    },
    table: ({ contentDocument: page }, text) => {
      page.body.appendChild(page.createElement('div')).innerHTML = `<table><tr><td>${text}</td></tr></table>`;
      page.body.appendChild(page.createElement('table')).innerHTML = text;
    },
    select: ({ contentDocument: page }, text) => {
      page.body.appendChild(page.createElement('select')).innerHTML = text;
    },
    template: ({ contentDocument: page }, text) => {
      const template = page.createElement('template');
      template.innerHTML = text;
      page.body.appendChild(page.importNode(template.content, true));
    },
    write: ({ contentDocument: page }, text) => {
      page.open();
      page.write(`<!doctype html><html><head><title>t</title></head><body>${text}</body></html>`);
      page.close();
    },
    svg: (frame, _text, name) => {
      frame.src = `/${name}.svg`;
    },
    img: ({ contentDocument: page }, _text, name) => {
      page.body.appendChild(page.createElement('img')).src = `${location.origin}/${name}.svg`;
    },
  };
  const loads = [];
  const addFrame = (/** @type {any} */ page, /** @type {string} */ name) => {
    const frame = page.createElement('iframe');
    frame.name = name;
    return page.body.appendChild(frame);
  };
  for (const { name, text } of cases) {
    const box = addFrame(document, name);
    for (const way of ways) {
      const frame = addFrame(box.contentDocument, `way-${way}`);
      if (way === 'svg') loads.push(new Promise((resolve) => frame.addEventListener('load', resolve, { once: true })));
      try {
        LOAD[way](frame, text, name);
      } catch (error) {
        frame.setAttribute('data-failed', String(error));
      }
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
  const describe = (/** @type {any} */ element) => ({
    name: element.localName,
    namespace: element.namespaceURI,
    attributes: [...element.attributes].map(({ name, value }) => [name, value]),
    schemes: URLS.map((name) => element[name]?.baseVal ?? element[name])
      .filter((url) => typeof url === 'string' && /^[a-z][\w+.-]*:/i.test(url))
      .map((url) => url.split(':')[0]),
  });
  const inside = (/** @type {any} */ root) => {
    const found = [...root.querySelectorAll('*')].map(describe);
    for (const template of root.querySelectorAll('template')) found.push(...inside(template.content));
    return found;
  };
  return names.map((name) => {
    const box = /** @type {any} */ (document.querySelector(`iframe[name=${name}]`));
    /** @type {Record<string, object[]>} */
    const trees = {};
    for (const frame of box.contentDocument?.querySelectorAll('iframe[name^=way-]') ?? []) {
      const way = frame.name.slice('way-'.length);
      try {
        const page = frame.contentDocument;
        trees[way] = inside(way === 'svg' ? page : (page.body ?? page));
      } catch {
        trees[way] = [{ name: 'navigated', namespace: '', attributes: [], schemes: [] }];
      }
      if (frame.hasAttribute('data-failed'))
        trees[way].push({ name: frame.getAttribute('data-failed'), attributes: [], schemes: [] });
    }
    return trees;
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
      if (element.localName === 'iframe' && /^(?:case|way)-/.test(element.name)) continue;
      const handlers = [...element.attributes].filter(({ name }) => /^on/i.test(name));
      for (const { name } of handlers)
        element.dispatchEvent(new Event(name.slice(2), { bubbles: true, cancelable: true }));
      element.focus?.();
      if (element.click) element.click();
      else element.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));
    }
  };
  const visit = (/** @type {any} */ page) => {
    for (const frame of page.querySelectorAll('iframe[name^=case-], iframe[name^=way-]')) {
      try {
        if (frame.name.startsWith('way-')) press(frame.contentDocument);
        else visit(frame.contentDocument);
      } catch {
        // It navigated away; what it did is noted already.
      }
    }
  };
  visit(document);
}

module.exports = { loadFrames, pressEverything, readFrames };
