import { expect, it } from 'vitest';
import { writeKerasCode } from '../../../core/codegen/index.ts';
import { parseDocument, serialiseDocument } from '../../../core/document/index.ts';
import { type Problem, ProblemError } from '../../../core/errors.ts';
import { analyse, graphOf, resolveNetwork } from '../../../core/graph/index.ts';
import { caseCount, cpuSince, LIMIT_MS } from './draw.ts';
import { spoiledDocument } from './spoiledDocument.ts';

const CASES = caseCount(10_000);

/** Everything that opening, looking at and exporting a design does without an engine. Gives what a person would be told. */
function handle(text: string): readonly Problem[] {
  const parsed = parseDocument(text);
  if (!parsed.ok) return [parsed.error];
  const { document, problems } = parsed.value;
  const written = serialiseDocument(document);
  const again = parseDocument(written);
  if (!again.ok) throw new Error(`What was opened and saved does not open again: ${again.error.message}`);
  expect(again.value.problems).toEqual([]);
  expect(serialiseDocument(again.value.document)).toBe(written);
  const analysis = analyse({ document, dataset: null });
  const network = resolveNetwork(document);
  const told = [...problems, ...analysis.problems];
  expect(told.length).toBeLessThan(100 + 20 * Object.keys(graphOf(document).nodes).length);
  if (!network.ok) return [...told, network.error];
  try {
    // Python refuses a program that holds them.
    expect(writeKerasCode(document, null).replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
  } catch (thrown) {
    // What cannot be written is said with a problem; anything else is a fault of the product.
    if (!(thrown instanceof ProblemError)) throw thrown;
    return [...told, thrown.problem];
  }
  return told;
}

it(`${CASES.toLocaleString('en')} spoiled designs: opened or refused in sentences, saved as they were read, none for long`, () => {
  const counts = { opened: 0, refused: 0 };
  let slowest = { ms: 0, seed: -1 };
  for (let seed = 0; seed < CASES; seed++) {
    const text = spoiledDocument(seed);
    const start = process.cpuUsage();
    let told: readonly Problem[];
    try {
      told = handle(text);
    } catch (thrown) {
      throw new Error(`design ${seed}: ${thrown instanceof Error ? thrown.stack : String(thrown)}`);
    }
    const ms = cpuSince(start);
    if (ms > slowest.ms) slowest = { ms, seed };
    for (const { code, message } of told) {
      expect(code, `design ${seed}`).not.toBe('internal-error');
      expect(message.length, `design ${seed}: ${code}`).toBeLessThan(2000);
    }
    counts[parseDocument(text).ok ? 'opened' : 'refused'] += 1;
  }
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  expect(slowest.ms, `design ${slowest.seed}`).toBeLessThan(LIMIT_MS);
  // Neither all sound nor all refused: the spoiling reaches both.
  expect(counts.opened).toBeGreaterThan(CASES / 10);
  expect(counts.refused).toBeGreaterThan(CASES / 10);
  console.info(
    `${CASES} designs: ${counts.opened} opened, ${counts.refused} refused; slowest ${slowest.ms.toFixed(0)} ms (${slowest.seed})`,
  );
});
