// Runs a list of checks. Each is named and timed, a failure does not stop the next one, and the last line is the sum.
export function createChecks() {
  const total = { passed: 0, failed: 0 };
  return {
    async check(name, work) {
      const start = performance.now();
      try {
        await work();
        total.passed += 1;
        console.log(`pass  ${name} (${((performance.now() - start) / 1000).toFixed(1)} s)`);
      } catch (error) {
        total.failed += 1;
        console.log(`FAIL  ${name}: ${error.message}`);
      }
    },
    /** Names what cannot run on this machine. It counts neither as passed nor as failed. */
    skip(name, reason) {
      console.log(`skip  ${name}: ${reason}`);
    },
    /** Counts the checks of another program. */
    add({ passed, failed }) {
      total.passed += passed;
      total.failed += failed;
    },
    finish() {
      console.log(`${total.passed} passed, ${total.failed} failed`);
      process.exitCode = total.failed > 0 ? 1 : 0;
    },
  };
}
