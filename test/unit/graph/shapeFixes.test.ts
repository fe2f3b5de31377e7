import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findLayer, listLayers } from '../../../core/catalogue/index.ts';
import { applyCommand } from '../../../core/commands/index.ts';
import type { LoomDocument } from '../../../core/document/index.ts';
import type { Problem } from '../../../core/errors.ts';
import { analyse } from '../../../core/graph/index.ts';
import { edited, editIn } from '../../edits.ts';
import { chain, type Step, wire } from './smallDesigns.ts';

const problemsOf = (document: LoomDocument) => analyse({ document, dataset: null }).problems;
const failures = (document: LoomDocument, nodeId: string) =>
  problemsOf(document).filter((problem) => problem.nodeId === nodeId && problem.severity === 'error');

/** Every button of a problem, pressed: what is left of the problem. */
function afterClicks(document: LoomDocument, problem: Problem): readonly (readonly [label: string, left: number])[] {
  return (problem.fixes ?? []).map((fix) => {
    const applied = applyCommand(document, editIn(fix));
    if (!applied.ok) throw new Error(`${fix.label}: ${applied.error.message}`);
    const same = problemsOf(applied.value.document).filter(
      ({ code, nodeId }) => code === problem.code && nodeId === problem.nodeId,
    );
    return [fix.label, same.length];
  });
}

const SHAPES = [[], [1], [7], [12], [64], [6, 4], [1, 1], [8, 8, 3], [5, 7, 2], [1, 1, 16], [3, 4, 5, 2]];
const single = listLayers().filter(
  (layer) => layer.inputs.length >= 1 && layer.inputs[0]?.arity === 'one' && layer.type !== 'Output',
);

it.each(single.map(({ type }) => type))('%s: whatever number of axes arrives, a click mends a wrong one', (type) => {
  let wrong = 0;
  for (const shape of SHAPES) {
    const document = chain(['Input', { shape }], [type], ['Output', { loss: 'meanSquaredError' }]);
    for (const problem of failures(document, 'n2')) {
      if (problem.code !== 'rank-mismatch') continue;
      wrong++;
      expect([shape, problem.fixes?.length ?? 0]).not.toEqual([shape, 0]);
      for (const [label, left] of afterClicks(document, problem))
        expect([shape, label, left]).toEqual([shape, label, 0]);
    }
  }
  const picky = findLayer(type)?.inputs[0]?.ranks !== undefined;
  if (picky) expect(wrong).toBeGreaterThan(4);
});

/** Several Inputs into one merge, `m`; the third input comes from the second. */
function merged(type: string, shapes: readonly (readonly number[])[]): { document: LoomDocument; merge: string } {
  let document = chain(['Input', { shape: [...(shapes[0] ?? [])] }], [type], ['Output', { loss: 'meanSquaredError' }]);
  for (const shape of shapes.slice(1)) {
    document = edited(document, 'addNode', {
      type: 'Input',
      params: { shape: [...shape] },
      position: { x: 0, y: 200 },
    });
    const added = Object.keys(document.graphs.main?.nodes ?? {}).at(-1) ?? '';
    document = wire(document, added, 'n2');
  }
  return { document, merge: 'n2' };
}

const size = fc.integer({ min: 1, max: 12 });
const shape = fc.oneof(
  fc.tuple(size),
  fc.tuple(size, size),
  fc.tuple(size, size, size),
  fc.tuple(size, size, size),
  fc.tuple(size, size, size, size),
);

describe.each(['Add', 'Multiply', 'Average', 'Maximum', 'Concatenate'])('%s', (type) => {
  it('of any shapes can be mended with a click', () => {
    let wrong = 0;
    fc.assert(
      fc.property(fc.array(shape, { minLength: 2, maxLength: 4 }), (shapes) => {
        const { document, merge } = merged(type, shapes);
        const problem = failures(document, merge).find(({ code }) => code.endsWith('shape-mismatch'));
        if (problem === undefined) return;
        wrong++;
        expect(problem.fixes?.length ?? 0).toBeGreaterThan(0);
        for (const [label, left] of afterClicks(document, problem)) expect([label, left]).toEqual([label, 0]);
      }),
      { numRuns: 150, seed: 11 },
    );
    expect(wrong).toBeGreaterThan(100);
  });

  it('of 5×5×16 and 8×8×1 names no padding where there is none, and is mended', () => {
    const { document, merge } = merged(type, [
      [5, 5, 16],
      [8, 8, 1],
    ]);
    const [problem] = failures(document, merge);
    expect(problem?.fixes?.[0]?.label).toBe(
      type === 'Concatenate' ? 'Pool input 2 down to 5×5' : 'Bring input 2 to 5×5×16 with a convolution (4×4)',
    );
  });
});

describe('the cause comes first', () => {
  const block = (...inside: readonly Step[]): LoomDocument => {
    const document = chain(
      ['Input', { shape: [8, 8, 1] }],
      ...inside,
      ['Add'],
      ['GlobalAveragePool2D'],
      ['Dense'],
      ['Output', { loss: 'meanSquaredError' }],
    );
    return wire(document, 'n1', `n${inside.length + 2}`);
  };

  it.each([
    [
      'one valid convolution of a block, channels apart too',
      block(['Conv2D', { filters: 16, kernelSize: [4, 4] }], ['BatchNorm'], ['ReLU']),
      'The cause is “conv2d_1”: without padding it makes the map smaller, so that 5×5×16 arrives here instead of 8×8×16.',
      'Set the padding of “conv2d_1” to same, and insert a 1×1 projection to 16 channels',
    ],
    [
      'one of two, channels alike',
      block(['Conv2D', { filters: 4, padding: 'same' }], ['Conv2D', { filters: 1 }]),
      'The cause is “conv2d_2”',
      'Set the padding of “conv2d_2” to same',
    ],
    [
      'both',
      block(['Conv2D', { filters: 4 }], ['ReLU'], ['Conv2D', { filters: 1 }]),
      'The cause is “conv2d_1”, “conv2d_2”: without padding they make the map smaller',
      'Set the padding of “conv2d_1”, “conv2d_2” to same',
    ],
  ])('%s', (_, document, says, first) => {
    const problem = problemsOf(document).find(({ code }) => code === 'merge-shape-mismatch');
    expect(problem?.message).toContain(says);
    expect(problem?.fixes?.[0]?.label).toBe(first);
    if (problem) for (const [label, left] of afterClicks(document, problem)) expect([label, left]).toEqual([label, 0]);
  });

  it('a stride is no padding', () => {
    const document = block(['Conv2D', { filters: 1, strides: [2, 2], padding: 'same' }]);
    const problem = problemsOf(document).find(({ code }) => code === 'merge-shape-mismatch');
    expect(problem?.message).not.toContain('The cause');
    expect(problem?.fixes?.[0]?.label).toBe('Insert a 1×1 projection, stride 2×2, to 1 channels');
  });

  it.each<[string, readonly Step[], string]>([
    ['a recurrent layer behind one', [['LSTM'], ['LSTM']], 'Have “lstm_1” return sequences'],
    ['behind dropout too', [['GRU'], ['Dropout'], ['LSTM']], 'Have “gru_1” return sequences'],
    ['a convolution of what is flat', [['Conv1D'], ['Flatten'], ['Conv1D']], 'Take “flatten_1” out'],
    [
      'a pooling of what is pooled',
      [['GlobalAveragePool1D'], ['GlobalMaxPool1D']],
      'Take “global_average_pool1d_1” out',
    ],
    ['maps where a sequence arrives', [['Conv2D', { kernelSize: [3, 5] }]], 'Use Conv 1D instead'],
  ])('%s', (_, steps, first) => {
    const document = chain(
      ['Input', { shape: [12, 4] }],
      ...steps,
      ['Flatten'],
      ['Dense'],
      ['Output', { loss: 'meanSquaredError' }],
    );
    const problem = problemsOf(document).find(({ code }) => code === 'rank-mismatch');
    expect(problem?.fixes?.[0]?.label).toBe(first);
    if (problem) for (const [label, left] of afterClicks(document, problem)) expect([label, left]).toEqual([label, 0]);
  });
});
