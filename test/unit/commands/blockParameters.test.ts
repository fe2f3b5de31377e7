import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { applyCommand } from '../../../core/commands/index.ts';
import { type LoomDocument, parseDocument } from '../../../core/document/index.ts';
import { type Edit, edit, inGraph } from '../../../core/edits.ts';
import { analyse, expand } from '../../../core/graph/index.ts';

const parsed = parseDocument(readFileSync(join(import.meta.dirname, '../../fixtures/blocks/nested.loom'), 'utf8'));
if (!parsed.ok) throw new Error(parsed.error.message);
const nested: LoomDocument = parsed.value.document;

function done(document: LoomDocument, ...edits: readonly Edit[]): LoomDocument {
  return edits.reduce((before, one) => {
    const applied = applyCommand(before, one);
    if (!applied.ok) throw new Error(applied.error.message);
    return applied.value.document;
  }, document);
}
function refusal(one: Edit): string {
  const applied = applyCommand(nested, one);
  return applied.ok ? 'done' : applied.error.message;
}
const paramsIn = (document: LoomDocument, graph: string, node: string) => document.graphs[graph]?.nodes[node]?.params;
const layersOf = (document: LoomDocument) =>
  Object.values(expand(document).graph.nodes).map(({ name, params }) => [name, params]);
const errorsOf = (document: LoomDocument) =>
  analyse({ document, dataset: null }).problems.filter(({ severity }) => severity === 'error');

test('a parameter that is renamed leaves the network as it is', () => {
  const formula = done(
    nested,
    edit('setParam', { graph: 'residual', nodeId: 'c', param: 'filters', value: '=max(filters, 2) * 1' }),
  );
  const renamed = done(formula, edit('renameBlockParameter', { graph: 'residual', name: 'filters', to: 'width' }));
  expect(paramsIn(renamed, 'residual', 'c')?.filters).toBe('=max(width, 2) * 1');
  expect(paramsIn(renamed, 'stage', 'u')?.values).toEqual({ width: '=width' });
  expect(Object.keys(renamed.graphs.residual?.parameters ?? {})).toEqual(['width', 'rate']);
  expect(layersOf(renamed)).toEqual(layersOf(formula));
});

test('a parameter that is removed leaves its default where it stood', () => {
  const document = done(
    nested,
    edit('setParam', { graph: 'residual', nodeId: 'd', param: 'rate', value: '=rate * 2' }),
    edit('removeBlockParameter', { graph: 'residual', name: 'rate' }),
    edit('removeBlockParameter', { graph: 'residual', name: 'filters' }),
  );
  expect(document.graphs.residual?.parameters).toBeUndefined();
  expect(paramsIn(document, 'residual', 'd')?.rate).toBe('=0.125 * 2');
  expect(paramsIn(document, 'residual', 'c')?.filters).toBe(8);
  expect(paramsIn(document, 'stage', 'u')).toEqual({ graph: 'residual', repeat: 2 });
  expect(errorsOf(document)).toEqual([]);
});

test.each([
  ['c', 'kernelSize', { kind: 'integer', default: 3, min: 1 }, ['=own', '=own']],
  ['c', 'padding', { kind: 'choice', default: 'same' }, '=own'],
  ['c', 'useBias', { kind: 'flag', default: true }, '=own'],
  ['c', 'kernelInitializer', { kind: 'initializer', default: { name: 'heUniform' } }, '=own'],
  ['c', 'activation', { kind: 'activation', default: 'linear' }, '=own'],
])(
  'the value of %s %s turns into a parameter of its kind, and the network stays as it is',
  (nodeId, param, parameter, value) => {
    const document = done(nested, edit('turnIntoParameter', { graph: 'residual', nodeId, param, name: 'own' }));
    expect(document.graphs.residual?.parameters?.own).toMatchObject(parameter);
    expect(paramsIn(document, 'residual', nodeId)?.[param]).toEqual(value);
    expect(analyse({ document, dataset: null }).totals).toEqual(analyse({ document: nested, dataset: null }).totals);
    expect(errorsOf(document)).toEqual([]);
  },
);

test('what a block gives to a block inside, and how often it repeats it, turn into parameters too', () => {
  const plain = done(nested, edit('setUseValue', { graph: 'stage', nodeId: 'u', name: 'rate', value: 0.25 }));
  const document = done(
    plain,
    edit('turnIntoParameter', { graph: 'stage', nodeId: 'u', param: 'repeat', name: 'depth' }),
    edit('turnIntoParameter', { graph: 'stage', nodeId: 'u', param: 'values.rate', name: 'dropout' }),
  );
  expect(document.graphs.stage?.parameters).toMatchObject({
    depth: { kind: 'integer', default: 2, min: 1 },
    dropout: { default: 0.25 },
  });
  expect(layersOf(document)).toEqual(layersOf(plain));
  const deeper = done(document, edit('setUseValue', { nodeId: 'n3', name: 'depth', value: 3 }));
  expect(Object.keys(expand(deeper).graph.nodes)).toContain('n3/u[2]/c');
});

test('a use’s value is set, worked out for each repetition, and taken back', () => {
  const set = done(
    nested,
    edit('setParam', { nodeId: 'n3', param: 'repeat', value: 2 }),
    edit('setUseValue', { nodeId: 'n3', name: 'width', value: '=i == 0 ? 8 : 16' }),
  );
  expect(expand(set).graph.nodes['n3[1]/u[0]/c']?.params.filters).toBe(16);
  const back = done(set, edit('setUseValue', { nodeId: 'n3', name: 'width', value: null }));
  expect(paramsIn(back, 'main', 'n3')).toEqual({ graph: 'stage', repeat: 2 });
});

test.each<[string, Edit, RegExp]>([
  [
    'in the main graph',
    edit('setBlockParameter', { graph: 'main', name: 'a', parameter: { default: 1 } }),
    /main graph is no block/,
  ],
  [
    'of a reserved name',
    edit('setBlockParameter', { graph: 'stage', name: 'i', parameter: { default: 1 } }),
    /“i” cannot be a parameter’s name/,
  ],
  [
    'of a kind that is none',
    edit('setBlockParameter', { graph: 'stage', name: 'a', parameter: { kind: 'shape', default: 1 } }),
    /“shape” is no kind/,
  ],
  [
    'whose default is not of its kind',
    edit('setBlockParameter', { graph: 'stage', name: 'a', parameter: { kind: 'flag', default: 1 } }),
    /must be true or false, but is 1/,
  ],
  [
    'with bounds the wrong way round',
    edit('setBlockParameter', { graph: 'stage', name: 'a', parameter: { default: 1, min: 2, max: 1 } }),
    /at least 2 and at most 1/,
  ],
  [
    'without options',
    edit('setBlockParameter', { graph: 'stage', name: 'a', parameter: { kind: 'choice', default: 'x' } }),
    /at least one option/,
  ],
  [
    'of a taken name',
    edit('renameBlockParameter', { graph: 'residual', name: 'rate', to: 'filters' }),
    /already has a parameter “filters”/,
  ],
  ['that is not there', edit('removeBlockParameter', { graph: 'residual', name: 'width' }), /no parameter “width”/],
  [
    'of a formula',
    edit('turnIntoParameter', { graph: 'residual', nodeId: 'c', param: 'filters', name: 'own' }),
    /by a formula already/,
  ],
  [
    'of what a layer does not have',
    edit('turnIntoParameter', { graph: 'residual', nodeId: 'c', param: 'units', name: 'own' }),
    /no parameter “units”/,
  ],
  [
    'of a layer as of a use',
    edit('setUseValue', { nodeId: 'n2', name: 'width', value: 1 }),
    /“stem” is no use of a block/,
  ],
  [
    'as a formula in the main graph',
    edit('setParam', { nodeId: 'n2', param: 'filters', value: '=8' }),
    /must be a whole number/,
  ],
  [
    'as a formula that cannot be read',
    inGraph(edit('setParam', { nodeId: 'c', param: 'filters', value: '=8 *' }), 'residual'),
    /cannot be worked out from “=8 \*”/,
  ],
  [
    'as no number of repetitions',
    edit('setParam', { nodeId: 'n3', param: 'repeat', value: 0 }),
    /a whole number of times, at least once, not 0/,
  ],
  ['as another block', edit('setParam', { nodeId: 'n3', param: 'graph', value: 'halves' }), /“graph” is not set/],
])('refused: a parameter %s', (_, one, message) => {
  expect(refusal(one)).toMatch(message);
});
