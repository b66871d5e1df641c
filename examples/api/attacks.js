'use strict';

// `npm run attacks`: fires every attack of ./attacks at the real API, and at each door an honest call first, so that a
// server that refuses everybody does not pass.

const { openStage } = require('./attacks/stage');

const ATTACKS = [
  ...require('./attacks/tokens').attacks,
  ...require('./attacks/sessions').attacks,
  ...require('./attacks/access').attacks,
  ...require('./attacks/bodies').attacks,
  ...require('./attacks/transport').attacks,
  ...require('./attacks/logins').attacks,
  ...require('./attacks/origins').attacks,
  ...require('./attacks/output').attacks,
];

const MIN_ATTACKS = 25;

/**
 * @typedef {{ name: string, config?: object, control(ctx: any): Promise<import('./attacks/client').Answer>,
 *   run(ctx: any): Promise<{ got: string, held: boolean }> }} Attack
 * @param {(row: { name: string, got: string, held: boolean }) => void} [onRow]
 */
async function runAttacks(onRow = () => {}) {
  const stage = await openStage();
  const rows = [];
  try {
    for (const attack of ATTACKS) {
      const row = { name: attack.name, ...(await stage.play(attack.config ?? {}, (ctx) => judge(attack, ctx))) };
      rows.push(row);
      onRow(row);
    }
  } finally {
    await stage.close();
  }
  return rows;
}

async function judge(attack, ctx) {
  try {
    const control = await attack.control(ctx);
    if (control.status < 200 || control.status > 299) return { got: `honest call: ${control.status}`, held: false };
    const verdict = await attack.run(ctx);
    const health = await ctx.send({ path: '/health' });
    return health.status === 200 ? verdict : { got: `${verdict.got}; then health: ${health.status}`, held: false };
  } catch (error) {
    return { got: `attack failed: ${error.message}`, held: false };
  }
}

/** Node prints warnings when they come, in the midst of the table: these are kept for its end. */
function holdWarnings() {
  const warnings = [];
  process.removeAllListeners('warning');
  process.on('warning', (warning) => warnings.push(warning));
  return warnings;
}

async function main() {
  const width = Math.max(...ATTACKS.map(({ name }) => name.length));
  const line = (name, verdict, got) => console.log(`${name.padEnd(width)}  ${verdict.padEnd(8)}  ${got}`);
  line('ATTACK', 'VERDICT', 'WHAT CAME BACK');
  const warnings = holdWarnings();
  const rows = await runAttacks(({ name, got, held }) => line(name, held ? 'held' : 'BREACHED', got));
  for (const { message } of warnings) console.log(`\nThe API warned: ${message}`);
  const held = rows.filter((row) => row.held).length;
  console.log(`\n${held} held, ${rows.length - held} breached`);
  process.exit(held === rows.length && rows.length >= MIN_ATTACKS ? 0 : 1);
}

if (require.main === module) {
  main().catch((error) => {
    console.error(error);
    process.exit(1);
  });
}

module.exports = { runAttacks };
