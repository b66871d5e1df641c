// docs/figures.md and the five figures of README.md, from the records in bench/record.
import { duration, speed } from './units.mjs';

const MARKS = ['<!-- figures -->', '<!-- /figures -->'];

/** What the README quotes beside a whole request. A case is recognised by how its name begins. */
const QUOTED = [
  { area: 'jwt', case: /^verify HS256, (eight|nine) claims/, text: 'Verify an HS256 token, cache off' },
  {
    area: 'rate-limit',
    case: /^middleware, draft-8, IPv4$/,
    text: 'Count a request in memory and write the draft-8 headers, as middleware',
  },
  { area: 'cors', case: /^an allowed origin, the last of 1,000/, text: 'Find an origin in a list of 1,000' },
  { area: 'password', case: /^verify, 19 MiB, 2 passes/, text: 'Verify an Argon2id hash (19 MiB, 2 passes, 1 lane)' },
];

const INTRODUCTION = `# Figures

\`npm run bench\` measures each area next to the packages that it replaces: in one process, on the same input, after checking that
the results are equal. \`npm run bench:stack\` measures whole requests over loopback. \`npm run bench:record\` writes the results,
the machine and all versions to a page in \`bench/record/\`.

Each figure is a median; the record says of what. It holds for the machine and the Node.js version above its table. Other machines and other versions of
Node.js give other ratios, so measure on yours before you rely on one. The name of a peer says how it was set up: for example,
"(secret string)" means that the peer received the secret as a string, as most apps pass it.

This page is generated from the records by \`npm run docs\`.
`;

/** @param {import('./record.mjs').Record[]} records */
export function figuresPage(records) {
  return [INTRODUCTION, ...records.map(recordSection)].join('\n');
}

/** Puts the figures between the marks of the README. @param {string} readme @param {import('./record.mjs').Record} record */
export function quoteFigures(readme, record) {
  const [start, end] = MARKS.map((mark) => readme.indexOf(mark));
  if (start < 0 || end < start) throw new Error(`README.md lacks the marks ${MARKS.join(' and ')}`);
  const lines = [wholeRequest(record), ...QUOTED.map((quoted) => quote(quoted, record))];
  return `${readme.slice(0, start)}${MARKS[0]}\n${lines.join('\n')}\n${readme.slice(end)}`;
}

/**
 * An area with one case for each size and alphabet has more rows than anyone reads: of those that are left out here, none is
 * slower than a peer.
 */
const SHORTENED = { escape: /^(?:50 units|4 KB),/ };
const SLOWER = 1.05;

/** @param {string} area @param {import('./record.mjs').Case[]} cases */
function shortened(area, cases) {
  const pattern = SHORTENED[area];
  if (pattern === undefined) return cases;
  const isSlower = ({ ours, others }) => others.some((other) => ours.nsPerOp > SLOWER * other.nsPerOp);
  return cases.filter((one) => pattern.test(one.name) || isSlower(one));
}

/** @param {import('./record.mjs').Record} record */
function recordSection({ path, date, machine, node, areas, stack }) {
  const tables = [...areas].flatMap(([area, cases]) => [
    `### ${area}, Node.js ${node}`,
    '',
    '| Work | Time per call | Portcullis is |',
    '|---|---:|---|',
    ...shortened(area, cases).map(
      ({ name, ours, others }) => `| ${name} | ${duration(ours.nsPerOp)} | ${compared(ours, others)} |`,
    ),
    '',
  ]);
  const head = `Measured on ${date}: ${machine}. All times are in [the record](../${path}).`;
  return [`## Node.js ${node}`, '', head, '', ...tables, ...stackSection(stack, node)].join('\n');
}

function stackSection({ columns, rows }, node) {
  if (rows.length === 0) return [];
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [
    `### whole requests, Node.js ${node}`,
    '',
    '`bare` is Express alone. `article` is helmet, cors, express-rate-limit, express-mongo-sanitize and jsonwebtoken; `best` is the',
    'same with fast-jwt and its cache instead of jsonwebtoken. `portcullis` is `harden()` and `authenticate()`, with the preset in',
    'brackets if there are two.',
    '',
    line(columns),
    line(columns.map((_, i) => (i < 2 ? '---' : '---:'))),
    ...rows.map(line),
    '',
  ];
}

/** @param {import('./record.mjs').Subject} ours @param {import('./record.mjs').Subject[]} others */
function compared(ours, others) {
  return others.map((other) => speed(ours, other)).join('; ');
}

function quote({ area, case: pattern, text }, { areas, node, path, versions }) {
  const found = areas.get(area)?.find((one) => pattern.test(one.name));
  if (found === undefined) {
    const known = (areas.get(area) ?? []).map((one) => `"${one.name}"`);
    throw new Error(`${path}: the README quotes a case ${pattern} of ${area}; recorded: ${known.join(', ') || 'none'}`);
  }
  // Packages alone: what else is measured, such as a bare JSON.parse, does less work and is shown in docs/figures.md.
  const packages = [...versions.keys()].filter((name) => name !== 'portcullis');
  const peers = found.others.filter(({ subject }) => packages.some((name) => subject.startsWith(name)));
  return `- **${text}**: ${compared(found.ours, peers)} (Node.js ${node}).`;
}

/** CPU time per request varies far less between runs than requests per second. @param {import('./record.mjs').Record} record */
function wholeRequest({ stack: { columns, rows }, node, path }) {
  const column = columns.findIndex((title) => title.includes('CPU'));
  const name = rows[0]?.[0];
  const cpu = new Map(rows.filter((row) => row[0] === name).map((row) => [row[1], Number.parseFloat(row[column])]));
  const [ours, article, best] = ['portcullis', 'article', 'best'].map((subject) => find(cpu, subject));
  if (!ours || !article || !best)
    throw new Error(`${path}: the README quotes the CPU time of portcullis, article and best`);
  const peers = [
    { subject: 'helmet, cors, express-rate-limit, express-mongo-sanitize and jsonwebtoken together', nsPerOp: article },
    { subject: 'the same with fast-jwt and its cache', nsPerOp: best },
  ];
  const compare = compared({ subject: 'portcullis', nsPerOp: ours }, peers);
  return `- **CPU time of a whole request with a token (${name})**: ${compare} (Node.js ${node}).`;
}

/** With several presets the first one counts: the one whose headers are those of helmet. */
function find(cpu, subject) {
  return [...cpu].find(([name]) => name === subject || name.startsWith(`${subject} (`))?.[1];
}
