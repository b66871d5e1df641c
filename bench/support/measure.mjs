// Times one subject in CPU time of the process, because on a shared machine elapsed time also measures other processes.
// CPU time includes the work of other threads.
import { measure } from 'mitata';

const SAMPLE_NS = 2e6;
const LARGEST_BATCH = 65_536;
const UNROLL = 4;
// Three rounds of these make about a second per subject. Slow subjects get few samples, not more time.
const FULL = { min_cpu_time: 250e6, min_samples: 8, warmup_ns: 60e6, rounds: 3 };
const QUICK = { min_cpu_time: 4e6, min_samples: 2, warmup_ns: 2e6, rounds: 1 };

const elapsed = () => Number(process.hrtime.bigint());
const cpu = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) * 1e3;
};
// Windows counts CPU time in steps of 16 ms.
const HAS_FINE_CPU_TIME = process.platform !== 'win32';

const KEPT = 8;
const kept = new Array(KEPT);

/** V8 drops a pure call whose result nobody reads, such as `Set.prototype.has`: 1 ns measured instead of some 100. */
function keeping(work) {
  let at = 0;
  return () => {
    const result = work();
    kept[at++ % KEPT] = result;
    return result;
  };
}

/**
 * Times the subjects of one case in turn, in several rounds, so that a drift of the machine affects all alike. Returns the
 * median of the rounds, in nanoseconds per call.
 *
 * @param {{ [subject: string]: () => unknown }} subjects
 * @param {{ quick: boolean, clock?: 'cpu' | 'elapsed' }} options `elapsed` for work whose threads someone waits for
 */
export async function time(subjects, { quick, clock = 'cpu' }) {
  const settings = quick ? QUICK : FULL;
  const now = clock === 'cpu' && HAS_FINE_CPU_TIME ? cpu : elapsed;
  const batches = {};
  for (const [subject, work] of Object.entries(subjects)) batches[subject] = await warmUp(work, settings.warmup_ns);
  const times = Object.fromEntries(Object.keys(subjects).map((subject) => [subject, []]));
  for (let round = 0; round < settings.rounds; round++) {
    for (const [subject, work] of Object.entries(subjects)) {
      const { p50 } = await measure(keeping(work), { ...settings, ...batches[subject], now });
      times[subject].push(p50);
    }
  }
  return Object.fromEntries(Object.entries(times).map(([subject, list]) => [subject, median(list)]));
}

/** Lets V8 optimise the work, and finds how many calls make a sample that the clock can resolve. */
async function warmUp(work, budgetNs) {
  let calls = 1;
  let perCall = await timed(work, 1);
  for (let spent = perCall; spent < budgetNs; spent += perCall * calls) {
    calls = Math.min(calls * 2, Math.max(1, Math.ceil(budgetNs / perCall)));
    perCall = (await timed(work, calls)) / calls;
  }
  const batch = Math.min(LARGEST_BATCH, Math.ceil(SAMPLE_NS / perCall));
  const unroll = batch < UNROLL ? 1 : UNROLL;
  return {
    batch_samples: Math.ceil(batch / unroll) * unroll,
    batch_unroll: unroll,
    // Batches whatever the first call takes: mitata would put 4,096 calls into each sample, or one.
    batch_threshold: Number.POSITIVE_INFINITY,
    warmup_threshold: Number.POSITIVE_INFINITY,
  };
}

async function timed(work, calls) {
  const start = elapsed();
  for (let call = 0; call < calls; call++) {
    const result = work();
    if (result instanceof Promise) await result;
  }
  return Math.max(1, elapsed() - start);
}

export function median(list) {
  return list.toSorted((a, b) => a - b)[list.length >> 1];
}
