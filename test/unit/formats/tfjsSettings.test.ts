import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { beforeAll, expect, it } from 'vitest';
import { applyCommand } from '../../../core/commands/index.ts';
import { type LoomDocument, parseDocument } from '../../../core/document/index.ts';
import { buildModel } from '../../../core/engine/model/buildModel.ts';
import { type Problem, toProblem } from '../../../core/errors.ts';
import { writeTfjs } from '../../../core/formats/tfjs/node.ts';
import { LAYER_CASES } from '../../conformance/cases/index.ts';
import { editIn } from '../../edits.ts';
import { caseDesign } from '../../parity/exportDesigns.ts';

const FIXTURES = join(import.meta.dirname, '../../fixtures/gruToTfjs');
beforeAll(() => tf.setBackend('cpu'));

/** Why a design cannot be written for plain TensorFlow.js; null where it has been. */
async function refusal(document: LoomDocument): Promise<Problem | null> {
  const built = buildModel(document, { seed: 1, mode: 'export' });
  try {
    await writeTfjs(built.model, built.network);
    return null;
  } catch (thrown) {
    return toProblem(thrown);
  } finally {
    built.dispose();
  }
}

function pressed(document: LoomDocument, problem: Problem): LoomDocument {
  const fix = problem.fixes?.[0];
  if (fix === undefined) throw new Error(`no button: ${problem.message}`);
  const applied = applyCommand(document, editIn(fix));
  if (!applied.ok) throw new Error(applied.error.message);
  return applied.value.document;
}

it('a GRU names the setting that TensorFlow.js lacks, and a button changes it', async () => {
  const open = (name: string): LoomDocument => {
    const parsed = parseDocument(readFileSync(join(FIXTURES, `${name}.loom`), 'utf8'));
    if (!parsed.ok) throw new Error(parsed.error.message);
    return parsed.value.document;
  };
  const document = open('default-gru');
  const problem = await refusal(document);
  expect(problem).toMatchObject({ code: 'tfjs-unsupported', facts: { layer: 'gru', settings: ['resetAfter'] } });
  expect(problem?.message).toBe(
    '“gru” is a GRU that the layers of TensorFlow.js do not have with “Reset after” as set, so plain TensorFlow.js could not load this design. To export it so, switch “Reset after” off, and train again where it had been trained; or export to Keras.',
  );
  expect(problem?.fixes?.map(({ label }) => label)).toEqual(['Switch “Reset after” off']);
  expect(problem && (await refusal(pressed(document, problem)))).toBeNull();
  expect(await refusal(open('control-reset-before'))).toBeNull();
});

it('every layer that is refused names its settings, and with them changed it is written; or there is no such layer', async () => {
  const without = new Set<string>();
  let mended = 0;
  for (const layerCase of LAYER_CASES) {
    if (layerCase.type === 'Input' || layerCase.type === 'Output') continue;
    const { document } = caseDesign('one', [layerCase]);
    const problem = await refusal(document);
    if (problem === null) continue;
    expect(problem.code).toBe('tfjs-unsupported');
    expect(problem.message).toContain('“case0”');
    if (problem.fixes?.length === 0) {
      without.add(layerCase.type);
      continue;
    }
    expect(problem.message).toMatch(/“[A-Z][\w ]*”/);
    expect(await refusal(pressed(document, problem))).toBeNull();
    mended++;
  }
  expect(mended).toBeGreaterThan(20);
  // Of these TensorFlow.js has none, and no batch norm for samples of four axes: whatever their settings.
  expect([...without].sort()).toEqual(['BatchNorm', 'GroupNorm', 'HardSigmoid', 'MultiHeadAttention', 'Split']);
});
