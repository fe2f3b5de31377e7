import { describe, expect, it } from 'vitest';
import { applyCommand } from '../../../core/commands/index.ts';
import type { DatasetSummary, LoomDocument } from '../../../core/document/index.ts';
import type { Problem } from '../../../core/errors.ts';
import { analyse } from '../../../core/graph/index.ts';
import type { JsonObject } from '../../../core/json.ts';
import { edited, editIn } from '../../edits.ts';
import { BROKEN } from './broken/index.ts';
import { chain, DIGITS, wire } from './smallDesigns.ts';

const problemsOf = (document: LoomDocument, dataset: DatasetSummary | null) => analyse({ document, dataset }).problems;

describe.each(BROKEN.map((broken) => [broken.title, broken] as const))('%s', (_, broken) => {
  const found = problemsOf(broken.document, broken.dataset).filter((problem) => problem.code === broken.code);

  it('is found once and explained', () => {
    expect(found.map((problem) => problem.code)).toEqual([broken.code]);
    expect(found[0]?.message).toContain(broken.says);
    expect(found[0]?.fixes?.[0]?.label ?? null).toBe(broken.fix);
  });

  // Every fix of every problem there is, not only of the one the graph was made for.
  const fixes = problemsOf(broken.document, broken.dataset).flatMap((problem) =>
    (problem.fixes ?? []).map((fix) => [`${problem.code}: ${fix.label}`, problem, fix] as const),
  );
  it.each(fixes)('%s', (_label, problem, fix) => {
    const applied = applyCommand(broken.document, editIn(fix));
    if (!applied.ok) throw new Error(applied.error.message);
    // Resizing images changes the data, as loading it again would.
    const dataset =
      editIn(fix).command === 'setData' ? resized(broken.dataset, applied.value.document) : broken.dataset;
    const same = (other: Problem) =>
      other.code === problem.code && other.nodeId === problem.nodeId && other.edgeId === problem.edgeId;
    expect(problemsOf(applied.value.document, dataset).filter(same)).toEqual([]);
  });
});

function resized(dataset: DatasetSummary | null, document: LoomDocument): DatasetSummary | null {
  const size = document.data.resize;
  if (dataset === null || size === null) return dataset;
  const fields = dataset.fields.map((f) => (f.role === 'input' ? { ...f, shape: [...size, f.shape[2] ?? 1] } : f));
  return { ...dataset, fields };
}

describe('rules that keep quiet', () => {
  it('takes a variance that starts above zero, if only by epsilon', () => {
    const codes = (initializer: JsonObject) => {
      const document = chain(
        ['Input', { shape: [4] }],
        ['BatchNorm', { movingVarianceInitializer: initializer }],
        ['Dense', { units: 1 }],
        ['Output', { loss: 'meanSquaredError' }],
      );
      return problemsOf(document, null).map(({ code }) => code);
    };
    const starts: readonly JsonObject[] = [
      { name: 'zeros' },
      { name: 'constant', value: 2 },
      { name: 'constant', value: -0.0005 },
      { name: 'randomUniform', min: 0, max: 1 },
      { name: 'truncatedNormal', mean: 1, stddev: 0.5 },
      { name: 'randomNormal', mean: 1, stddev: 0.1 },
    ];
    for (const initializer of starts) expect([initializer, codes(initializer)]).toEqual([initializer, ['no-data']]);
  });

  it('takes logits where the Output says so', () => {
    const document = chain(
      ['Input', { shape: [8, 8, 1] }],
      ['Flatten'],
      ['Dense', { units: 10 }],
      ['Output', { fromLogits: true }],
    );
    expect(problemsOf(document, DIGITS).filter((problem) => problem.severity === 'error')).toEqual([]);
  });

  it('takes an average of softmaxes for probabilities', () => {
    let document = chain(['Input'], ['Dense', { units: 3 }], ['Softmax'], ['Average'], ['Output']);
    document = edited(document, 'addNode', {
      type: 'Dense',
      params: { units: 3, activation: 'softmax' },
      position: { x: 0, y: 240 },
    });
    document = wire(wire(document, 'n1', 'n6'), 'n6', 'n4');
    expect(problemsOf(document, null).map((problem) => problem.code)).toEqual(['no-data']);
  });

  it('does not let a parked layer stop the build', () => {
    const document = edited(chain(['Input'], ['Dense', { units: 3 }], ['Softmax'], ['Output']), 'addNode', {
      type: 'Dense',
      position: { x: 0, y: 240 },
    });
    const { problems, buildable, totals } = analyse({ document, dataset: null });
    expect(problems.map((problem) => [problem.code, problem.severity])).toEqual([
      ['unconnected-input', 'warning'],
      ['no-data', 'info'],
    ]);
    expect(buildable).toBe(true);
    expect(totals).toMatchObject({ layers: 2, params: 6 });
  });

  it('nor a branch that is being built beside the network', () => {
    let document = chain(['Input'], ['Dense', { units: 3 }], ['Softmax'], ['Output']);
    document = edited(document, 'addNode', { type: 'Dense', position: { x: 0, y: 240 }, id: 'fresh' });
    document = edited(document, 'insertAfter', { nodeId: 'fresh', type: 'ReLU' });
    const { problems, buildable } = analyse({ document, dataset: null });
    expect(problems.map((problem) => [problem.code, problem.severity])).toEqual([
      ['unconnected-input', 'warning'],
      ['unreachable', 'warning'],
      ['no-data', 'info'],
    ]);
    expect(buildable).toBe(true);
  });

  it('says one thing about a broken source, not one for every layer behind it', () => {
    const document = chain(
      ['Input', { shape: [4] }],
      ['Conv2D'],
      ['ReLU'],
      ['Flatten'],
      ['Dense', { units: 10 }],
      ['Softmax'],
      ['Output'],
    );
    const errors = problemsOf(document, null).filter((problem) => problem.severity === 'error');
    expect(errors.map((problem) => problem.nodeId)).toEqual(['n2']);
  });
});
