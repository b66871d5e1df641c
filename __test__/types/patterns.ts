// Patterns and threats as a program in TypeScript sees them.
import express from 'express';
import {
  createPatterns,
  createThreatScanner,
  type PatternSet,
  type ThreatFinding,
  type ThreatReport,
  threats,
} from 'portcullis';

const indexed: PatternSet<number> = createPatterns(['a+', /b/i], { maxTextLength: 4_096, maxDepth: 8 });
const indexes: number[] = indexed.match('ab');
const named: PatternSet<string> = createPatterns([
  { name: 'a', pattern: 'a+', flags: 'i' },
  { name: 'b', pattern: /b/ },
]);
const names: string[] = named.match('ab');
const matches: boolean = named.test('ab') && named.size === 2;

const scanner = createThreatScanner({ categories: ['sql', 'xss'], maxTextLength: 1_024 });
const found: ThreatFinding[] = [...scanner.scan('x'), ...threats.scan('x')];

const reports: ThreatReport[] = [];
const app = express();
app.use(threats({ onReport: async (report) => reports.push(report) }));
app.use(threats({ onReport: ({ req }) => req.ip, sources: ['query'], maxTexts: 9, maxTotalLength: 99, maxReports: 1 }));

// @ts-expect-error Names for all, or for none.
createPatterns(['a', { name: 'b', pattern: 'b' }]);
// @ts-expect-error A pattern is a string or a RegExp.
createPatterns([1]);
// @ts-expect-error A limit has its unit in its name.
createPatterns(['a'], { maxText: 1 });
// @ts-expect-error There is nobody to report to.
threats({});
// @ts-expect-error No category of this name.
createThreatScanner({ categories: ['nosql'] });
// @ts-expect-error It reports and does not block.
threats({ onReport() {}, block: true });

export { app, found, indexes, matches, names, reports };
