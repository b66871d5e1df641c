// llms.txt: the index of the documentation in the format of llmstxt.org. Links go to the raw Markdown.
import { GUIDES, PAGES, readPage, summaryOf } from './guides.mjs';

const RAW = 'https://raw.githubusercontent.com/portcullis/portcullis/main/';

/** @param {Record<string, string>} generated the generated pages by path */
export function llmsIndex(generated) {
  const { title, summary } = summaryOf(generated['README.md']);
  const entry = (/** @type {string} */ name) => entryOf(name, generated[`docs/${name}.md`] ?? readPage(name));
  return [
    `# ${title}`,
    '',
    `> ${summary}`,
    '',
    'Start with the guide for coding assistants: it lists every call with its options. The types are the full reference.',
    '',
    '## Start',
    '',
    entry('agents'),
    `- [README](${RAW}README.md): What the package replaces, a quick start and the supported runtimes.`,
    '',
    '## Guides',
    '',
    ...GUIDES.map(({ name }) => entry(name)),
    '',
    '## Reference',
    '',
    ...PAGES.map((name) => entry(name)),
    '',
    '## Types',
    '',
    ...GUIDES.map(
      ({ name }) => `- [${name}](${RAW}types/${name}.d.ts): Every option with its unit, bounds and default.`,
    ),
    '',
  ].join('\n');
}

/** @param {string} name @param {string} page */
function entryOf(name, page) {
  const { title, summary } = summaryOf(page);
  return `- [${title}](${RAW}docs/${name}.md): ${summary.replace(/\[([^\]]+)\]\([^)]+\)/g, '$1')}`;
}
