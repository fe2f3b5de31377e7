import { expect, it } from 'vitest';
import { fixesSchema, problemSchema } from '../../../core/problemSchema.ts';

const training = { command: 'setTraining', args: { training: { learningRate: 0.01 } } };

it('the fixes of a record are read in the form of earlier versions too, and those nobody here can do are left out', () => {
  const read = fixesSchema.parse([
    { label: 'Slower', call: training },
    { label: 'Slower still', edit: training },
    { label: 'Stop', host: { method: 'train.stop', params: { runId: 'iris-3' } } },
    { label: 'Of a newer version', edit: { command: 'graftBranch', args: {} } },
    { label: 'Of a newer version', host: { method: 'runs.graft', params: {} } },
    { label: 'Damaged', edit: { command: 'setParam', args: { nodeId: 7 } } },
    'damaged',
  ]);
  expect(read).toEqual([
    { label: 'Slower', edit: training },
    { label: 'Slower still', edit: training },
    { label: 'Stop', host: { method: 'train.stop', params: { runId: 'iris-3' } } },
  ]);
});

it('a problem that crosses a process boundary keeps all it has', () => {
  const problem = {
    code: 'shape-mismatch',
    severity: 'error',
    title: 'Shape',
    message: 'It does not fit.',
    nodeId: 'n1',
    edgeId: 'e1',
    graph: 'block',
    path: 'n7[2]/n1',
    within: ['n7'],
    port: 'in',
    param: 'units',
    facts: { wanted: [1, null], nested: { a: 'b' } },
    fixes: [{ label: 'Slower', edit: training }],
    details: 'raw',
  };
  expect(problemSchema.parse(structuredClone(problem))).toEqual(problem);
  expect(problemSchema.safeParse({ ...problem, severity: 'fatal' }).success).toBe(false);
});
