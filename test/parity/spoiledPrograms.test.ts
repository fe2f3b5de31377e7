import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeKerasCode } from '../../core/codegen/index.ts';
import { parseDocument } from '../../core/document/index.ts';
import { ProblemError } from '../../core/errors.ts';
import { spoiledDocument } from '../property/fuzz/spoiledDocument.ts';

/** Programs of spoiled designs that can still be exported: a design is data, and no text in it may become code. */
test('what is written from 5,000 spoiled designs is a Python program that does nothing strange', () => {
  const programs: { seed: number; code: string }[] = [];
  for (let seed = 0; seed < 5000; seed++) {
    const parsed = parseDocument(spoiledDocument(seed));
    if (!parsed.ok) continue;
    try {
      programs.push({ seed, code: writeKerasCode(parsed.value.document, null) });
    } catch (thrown) {
      if (!(thrown instanceof ProblemError)) throw thrown;
    }
  }
  const answer = execFileSync(
    process.env.LAYERLOOM_PYTHON ?? 'python3',
    ['-I', join(import.meta.dirname, 'spoiledPrograms.py')],
    { input: JSON.stringify(programs.map(({ code }) => code)), maxBuffer: 2 ** 26 },
  );
  const verdicts: string[] = JSON.parse(String(answer));
  expect(programs.length).toBeGreaterThan(200);
  expect(
    programs.flatMap(({ seed }, i) => (verdicts[i] === 'sound' ? [] : [`design ${seed}: ${verdicts[i]}`])),
  ).toEqual([]);
});
