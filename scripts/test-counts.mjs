// A reporter for node:test that writes one JSON line per test, so that scripts/test.mjs can tell which files really ran.
import { basename, relative } from 'node:path';

const OUTCOMES = { 'test:pass': 'passed', 'test:fail': 'failed' };

export default async function* counts(events) {
  for await (const { type, data } of events) {
    const outcome = OUTCOMES[type];
    // A file that holds no test, or dies before its first one, is reported under its own name.
    const isFile = data?.nesting === 0 && basename(data.name ?? '') === basename(data.file ?? '');
    const left = data?.skip !== undefined || data?.todo !== undefined;
    // A suite is counted by its tests. One that is skipped as a whole has run none, so it is counted itself.
    const isCounted = data?.details?.type !== 'suite' || left;
    if (!outcome || !isCounted || (isFile && outcome === 'passed')) continue;
    yield `${JSON.stringify({ file: relative('', data.file ?? ''), name: data.name, outcome: left ? 'skipped' : outcome, reason: data.skip })}\n`;
  }
}
