// `npm test [-- part … [filter …]]`: installs what is missing, builds, runs every check. The last line counts them.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureInstalled, requireNode } from './install.mjs';
import { cacheDir, root } from './stale.mjs';

const PARTS = ['types', 'lint', 'unit', 'property', 'conformance', 'parity', 'host', 'e2e'];
/** Parts whose tests start Python, or a browser. */
const NEEDS_PYTHON = new Set(['conformance', 'parity', 'e2e']);
const NEEDS_BROWSER = new Set(['host', 'e2e']);

const wanted = process.argv.slice(2).filter((argument) => PARTS.includes(argument));
/** Anything else narrows a part down, as Vitest and Playwright understand it: part of a path. */
const filters = process.argv.slice(2).filter((argument) => !PARTS.includes(argument));
const parts = wanted.length > 0 ? PARTS.filter((part) => wanted.includes(part)) : PARTS;
if (wanted.length === 0 && filters.length > 0) {
  console.error(`There is no part “${filters[0]}”. The parts are: ${PARTS.join(', ')}.`);
  process.exit(1);
}

const totals = { passed: 0, failed: 0, skipped: 0 };
const lines = [];
const environment = { ...process.env };

function count(part, started, { passed, failed, skipped }) {
  totals.passed += passed;
  totals.failed += failed;
  totals.skipped += skipped;
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  lines.push(`${part.padEnd(12)} ${passed} passed, ${failed} failed, ${skipped} skipped  (${seconds} s)`);
}

const node = (args, extra = {}) =>
  spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit', env: { ...environment, ...extra } }).status === 0;
const tool = (path) => join(root, 'node_modules', path);

/** Runs a test program whose reporter leaves its counts in a file. */
function counted(args) {
  const file = join(cacheDir, 'test-counts.json');
  rmSync(file, { force: true });
  const good = node(args, { LAYERLOOM_TEST_COUNTS: file });
  const counts = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { passed: 0, failed: 0, skipped: 0 };
  // It failed as a whole: something other than a test went wrong, and its messages say what.
  if (!good && counts.failed === 0) counts.failed = 1;
  return counts;
}

function runPart(part) {
  const single = (good) => ({ passed: good ? 1 : 0, failed: good ? 0 : 1, skipped: 0 });
  if (part === 'types') return single(node([tool('typescript/bin/tsc'), '--noEmit']));
  if (part === 'lint') {
    const results = ['build/lint.mjs', 'build/docs.mjs'].map((script) => node([script]));
    return single(results.every(Boolean));
  }
  if (part === 'e2e')
    return counted([
      tool('@playwright/test/cli.js'),
      'test',
      '--config=test/e2e/playwright.config.ts',
      '--reporter=list,./build/playwrightReporter.mjs',
      ...filters,
    ]);
  return counted([
    tool('vitest/vitest.mjs'),
    'run',
    '--config=test/vitest.config.ts',
    `--project=${part}`,
    '--passWithNoTests',
    '--reporter=default',
    '--reporter=./build/vitestReporter.mjs',
    ...filters,
  ]);
}

requireNode();
ensureInstalled();
mkdirSync(cacheDir, { recursive: true });
const { ensureBuilt } = await import('./build.mjs');
const { testBrowser, testEngine, testPython } = await import('./testTools.mjs');

/** Prepares something that several parts need. A part whose need is not met fails with the reason, and the others still run. */
async function prepare(needs, variable, find) {
  if (!parts.some((part) => needs.has(part))) return null;
  try {
    environment[variable] = await find();
    return null;
  } catch (error) {
    return error.message;
  }
}

let buildError = null;
if (parts.some((part) => part !== 'types' && part !== 'lint'))
  try {
    await ensureBuilt();
  } catch (error) {
    buildError = `The build failed: ${error.message}`;
  }
const browserError = await prepare(NEEDS_BROWSER, 'LAYERLOOM_BROWSER', testBrowser);
const pythonError = await prepare(NEEDS_PYTHON, 'LAYERLOOM_PYTHON', testPython);
if (parts.includes('unit') && !buildError) {
  const { home, reason } = testEngine();
  if (home) environment.LAYERLOOM_ENGINE_HOME = home;
  else console.log(`The tests of the TensorFlow engine are skipped: ${reason}`);
}

for (const part of parts) {
  const started = Date.now();
  console.log(`\n── ${part} ──`);
  const obstacle =
    (part !== 'types' && part !== 'lint' && buildError) ||
    (NEEDS_BROWSER.has(part) && browserError) ||
    (NEEDS_PYTHON.has(part) && pythonError) ||
    null;
  if (obstacle) console.error(obstacle);
  count(part, started, obstacle ? { passed: 0, failed: 1, skipped: 0 } : runPart(part));
}

console.log(`\n${lines.join('\n')}\n`);
console.log(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
process.exit(totals.failed > 0 ? 1 : 0);
