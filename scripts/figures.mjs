// How a record of benchmarks is written down. One layout, whatever the machine, so that two records compare line by line.
// The documentation quotes records: scripts/docs/figures.mjs.

/**
 * @typedef {{ area: string, case: string, subject: string, nsPerOp: number }} Row
 * @typedef {Row & { rps: number, toBare: number, toArticle: number, cpuUs: number }} StackRow
 * @typedef {{ date: string, quick: boolean, machine: { cpu: string, cores: number, memoryGib: number, system: string,
 *   node: string }, versions: [name: string, version: string][], rows: Row[], stack: StackRow[] }} Record
 */

/**
 * The name of a record's page: figures of two versions of Node.js have a page each.
 * @param {Pick<Record, 'date' | 'machine'>} record
 */
export function recordName({ date, machine }) {
  return `${date}-node${machine.node.split('.')[0]}`;
}

/** The page of one record. @param {Record} record */
export function recordPage({ date, quick, machine, versions, rows, stack }) {
  return [
    `# Benchmarks of ${date} on Node.js ${machine.node.split(' ')[0]}`,
    '',
    'Medians of the CPU time of one call; for passwords the elapsed time, because threads share that work. The first subject',
    'of each case is ours. Other machines and other versions of Node.js give other ratios.',
    ...(quick ? ['', '**A quick run: it shows that the benchmarks work, not what they measure.**'] : []),
    '',
    `- Machine: ${machine.cpu}, ${machine.cores} cores, ${machine.memoryGib} GiB`,
    `- System: ${machine.system}`,
    `- Node.js: ${machine.node}`,
    '',
    '| package | version |',
    '|---|---|',
    ...versions.map(([name, version]) => `| ${name} | ${version} |`),
    '',
    ...grouped(rows, 'area').flatMap(areaTable),
    ...stackTable(stack),
  ].join('\n');
}

function areaTable([area, rows]) {
  return [
    `## ${area}`,
    '',
    '| case | subject | ns per call | ours is |',
    '|---|---|---:|---:|',
    ...grouped(rows, 'case').flatMap(([name, [ours, ...others]]) => [
      `| ${name} | ${ours.subject} | ${number(ours.nsPerOp)} | |`,
      ...others.map((row) => `| | ${row.subject} | ${number(row.nsPerOp)} | ${ratio(ours, row)} of it |`),
    ]),
    '',
  ];
}

function stackTable(rows) {
  if (rows.length === 0) return [];
  const cells = (row) =>
    `${number(row.rps)} | ${percent(row.toBare)} | ${row.toArticle.toFixed(2)} x | ${row.cpuUs.toFixed(1)} us`;
  return [
    '## stack',
    '',
    'Whole requests over loopback, keep-alive; server and load are processes of their own. The shares compare how many',
    'requests a server handles in the same CPU time. Requests per second depend on the load and on the machine as well.',
    '',
    '| case | subject | requests per second | of bare | of the article stack | server CPU per request |',
    '|---|---|---:|---:|---:|---:|',
    ...rows.map((row) => `| ${row.case} | ${row.subject} | ${cells(row)} |`),
    '',
  ];
}

/** In the order of their first row. */
function grouped(rows, key) {
  const groups = new Map();
  for (const row of rows) groups.set(row[key], [...(groups.get(row[key]) ?? []), row]);
  return [...groups];
}

function number(value) {
  return value.toLocaleString('en-US', { maximumFractionDigits: value < 1000 ? 1 : 0 });
}

function percent(share) {
  return `${(share * 100).toFixed(1)} %`;
}

function ratio(ours, other) {
  const share = ours.nsPerOp / other.nsPerOp;
  return share < 0.1 ? share.toFixed(4) : share.toFixed(2);
}
