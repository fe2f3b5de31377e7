import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { writeNpz } from '../../core/formats/node.ts';
import { LAYER_CASES } from '../conformance/cases/index.ts';
import { caseDesign, wobblyWeights } from './exportDesigns.ts';

const folder = mkdtempSync(join(tmpdir(), 'layerloom-npz-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const PROGRAM = `
import json, sys
import numpy as np
with np.load(sys.argv[1], allow_pickle=False) as archive:
    print(json.dumps({name: [str(a.dtype), list(a.shape), a.ravel().tolist()] for name, a in archive.items()}))
`;

it('NumPy reads every weight of every layer by its path', () => {
  const cases = LAYER_CASES.filter(({ type }) => type !== 'Input' && type !== 'Output');
  const { document } = caseDesign('all', cases);
  const weights = wobblyWeights(document);
  const path = join(folder, 'weights.npz');
  writeFileSync(path, writeNpz(document, weights));
  const python = process.env.LAYERLOOM_PYTHON;
  if (python === undefined) throw new Error('LAYERLOOM_PYTHON must name a Python with test/parity/requirements.txt.');
  const read: unknown = JSON.parse(
    execFileSync(python, ['-c', PROGRAM, path], { encoding: 'utf8', maxBuffer: 2 ** 28 }),
  );
  const expected = [...weights].map(([name, { shape, data }]) => [name, ['float32', shape, [...data]]]);
  expect(expected.length).toBeGreaterThan(100);
  expect(read).toEqual(Object.fromEntries(expected));
});
