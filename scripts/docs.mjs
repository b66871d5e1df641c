// npm run docs: writes what is generated: the type ErrorCode, docs/errors.md, docs/figures.md, docs/agents.md, llms.txt and
// the figures of README.md. __test__/project/docs.test.js fails when one of them is stale.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { agentsPage } from './docs/agents.mjs';
import { errorTypes } from './docs/error-codes.mjs';
import { errorsPage } from './docs/errors.mjs';
import { figuresPage, quoteFigures } from './docs/figures.mjs';
import { llmsIndex } from './docs/llms.mjs';
import { latestRecords } from './docs/record.mjs';

const ROOT = new URL('..', import.meta.url);

/** Every generated file by its path. @returns {Record<string, string>} */
export function generated() {
  const records = latestRecords();
  const read = (path) => readFileSync(new URL(path, ROOT), 'utf8');
  const pages = {
    'types/errors.d.ts': errorTypes(read('types/errors.d.ts')),
    'docs/errors.md': errorsPage(),
    'docs/figures.md': figuresPage(records),
    'docs/agents.md': agentsPage(),
    'README.md': quoteFigures(read('README.md'), records[0]),
  };
  // The index quotes the new pages, not those on the disk.
  return { ...pages, 'llms.txt': llmsIndex(pages) };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [path, text] of Object.entries(generated())) {
    writeFileSync(new URL(path, ROOT), text);
    console.log(`Wrote ${path}`);
  }
}
