// Counts for the last line of `npm test`, and the reason of every skipped end-to-end test.
import { writeFileSync } from 'node:fs';

export default class CountingReporter {
  #suite = null;
  #errors = 0;

  onBegin(_config, suite) {
    this.#suite = suite;
  }

  /** Outside of any test: a file that could not be loaded, say. */
  onError() {
    this.#errors += 1;
  }

  onEnd() {
    const counts = { passed: 0, failed: this.#errors, skipped: 0 };
    for (const test of this.#suite?.allTests() ?? []) {
      const outcome = test.outcome();
      counts[{ expected: 'passed', flaky: 'passed', skipped: 'skipped' }[outcome] ?? 'failed'] += 1;
      if (outcome !== 'skipped') continue;
      const reason = test.annotations.find(({ type }) => type === 'skip' || type === 'fixme')?.description;
      console.log(`Skipped: ${test.titlePath().filter(Boolean).join(' › ')}: ${reason ?? 'no reason given'}`);
    }
    if (process.env.LAYERLOOM_TEST_COUNTS) writeFileSync(process.env.LAYERLOOM_TEST_COUNTS, JSON.stringify(counts));
  }

  printsToStdio() {
    return false;
  }
}
