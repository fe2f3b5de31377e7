import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeDataset, loadDataset, previewSamples } from '../../../core/data/node.ts';
import { DEFAULT_DATA } from '../../../core/document/index.ts';
import { ProblemError } from '../../../core/errors.ts';
import { caseCount, cpuSince, type Draw, drawFrom, LIMIT_MS } from './draw.ts';
import { spoilBytes, spoilText } from './spoil.ts';

const CASES = caseCount(5000);
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'layerloom-fuzz-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const CELLS = [
  '1',
  '-2.5',
  '1,5',
  '1.234,56',
  '1e400',
  '',
  'NA',
  '?',
  'n/a',
  'yes',
  'no',
  '"a;b"',
  '"line\nbreak"',
  "'",
  '12 kg',
  '2024-02-30',
  '__proto__',
  'constructor',
  '١٢',
  '\0',
  '∞',
  '0x10',
  '+1',
  '.5',
  '5.',
] as const;

/** A table of odd cells, between any separators and line ends. */
function oddTable(draw: Draw): string {
  const columns = 1 + draw.below(6);
  const rows = draw.below(40);
  const separator = draw.pick([',', ';', '\t', '|', ' ', ', ']);
  const end = draw.pick(['\n', '\r\n', '\r', '\n\n']);
  const usual = Array.from({ length: columns }, () => draw.pick(CELLS));
  const heading = Array.from({ length: columns }, (_, i) =>
    draw.pick(['x', `c${i}`, '', 'target', '__proto__', '1', 'é"']),
  );
  const lines = Array.from({ length: rows }, () =>
    usual
      .map((cell, i) =>
        draw.chance(0.6) ? cell : draw.chance(0.5) ? String(draw.below(100) / (i + 1)) : draw.pick(CELLS),
      )
      .slice(0, draw.chance(0.95) ? columns : draw.below(columns + 1))
      .join(separator),
  );
  const before = draw.pick([[], [], ['# a note'], ['sep=;'], ['Title of it all', '']]);
  return [...before, ...(draw.chance(0.8) ? [heading.join(separator)] : []), ...lines].join(end);
}

function spoiledCsv(draw: Draw): Uint8Array {
  let text = oddTable(draw);
  for (let i = draw.below(4); i > 0; i--) text = spoilText(text, draw);
  const bytes = new TextEncoder().encode(`${draw.chance(0.1) ? '\ufeff' : ''}${text}`);
  if (draw.chance(0.1)) return new Uint8Array(Buffer.from(text, 'utf16le'));
  return draw.chance(0.3) ? spoilBytes(bytes, draw) : bytes;
}

it(`${CASES.toLocaleString('en')} spoiled CSV files: read or refused in sentences, with whole samples, none for long`, async () => {
  const path = join(folder, 'table.csv');
  const counts = { trained: 0, described: 0, refused: 0 };
  let slowest = { ms: 0, seed: -1 };
  for (let seed = 0; seed < CASES; seed++) {
    const draw = drawFrom(seed);
    await writeFile(path, spoiledCsv(draw));
    const settings = {
      ...DEFAULT_DATA,
      source: {
        kind: 'csv' as const,
        path,
        columns: {},
        missing: draw.pick(['dropRow', 'meanOrMode', 'error'] as const),
      },
    };
    const start = process.cpuUsage();
    try {
      const description = await describeDataset(settings, null);
      counts.described += 1;
      for (const { message } of description.problems) expect(message.length).toBeLessThan(2000);
      const dataset = await loadDataset(settings, null);
      counts.trained += 1;
      const { samples } = dataset.description.summary;
      expect(samples, `table ${seed}`).toBeGreaterThan(0);
      // What is trained with is whole: as many values as samples need, every one a number.
      for (const [name, field] of Object.entries(dataset.fields)) {
        expect(field.data.length, `table ${seed}: ${name}`).toBe(samples * field.shape.reduce((a, b) => a * b, 1));
        expect(field.data.every(Number.isFinite), `table ${seed}: ${name}`).toBe(true);
      }
      await previewSamples(dataset, null, 0, 5);
    } catch (thrown) {
      if (!(thrown instanceof ProblemError))
        throw new Error(`table ${seed}: ${thrown instanceof Error ? thrown.stack : String(thrown)}`);
      expect(thrown.problem.code, `table ${seed}`).not.toBe('internal-error');
      expect(thrown.problem.message.length, `table ${seed}: ${thrown.problem.code}`).toBeLessThan(2000);
      counts.refused += 1;
    }
    const ms = cpuSince(start);
    if (ms > slowest.ms) slowest = { ms, seed };
  }
  expect(slowest.ms, `table ${slowest.seed}`).toBeLessThan(LIMIT_MS);
  // The spoiling reaches reading, refusing and training.
  for (const count of Object.values(counts)) expect(count).toBeGreaterThan(CASES / 50);
  console.info(`${CASES} tables: ${JSON.stringify(counts)}; slowest ${slowest.ms.toFixed(0)} ms (${slowest.seed})`);
});
