// Counts for the last line of `npm test`, and the reason of every skipped test. Vitest prints everything else itself.
import { writeFileSync } from 'node:fs';

export default class CountingReporter {
  onTestRunEnd(modules, unhandledErrors) {
    const counts = { passed: 0, failed: unhandledErrors.length, skipped: 0 };
    for (const module of modules) {
      let tests = 0;
      for (const test of module.children.allTests()) {
        tests += 1;
        const result = test.result();
        counts[result.state === 'pending' ? 'failed' : result.state] += 1;
        if (result.state === 'skipped') console.log(`Skipped: ${test.fullName}: ${result.note ?? 'no reason given'}`);
      }
      // A file that could not even be loaded has no tests to count.
      if (tests === 0 && module.state() === 'failed') counts.failed += 1;
    }
    writeFileSync(process.env.LAYERLOOM_TEST_COUNTS, JSON.stringify(counts));
  }
}
