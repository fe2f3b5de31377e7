import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyCommand } from '../../../core/commands/index.ts';
import { type BlockParameter, type Graph, type LoomDocument, parseDocument } from '../../../core/document/index.ts';
import { analyse, createAnalyser, createExpander, expand } from '../../../core/graph/index.ts';
import type { JsonObject, JsonValue } from '../../../core/json.ts';

const parsed = parseDocument(readFileSync(join(import.meta.dirname, '../../fixtures/blocks/nested.loom'), 'utf8'));
if (!parsed.ok) throw new Error(parsed.error.message);
const nested: LoomDocument = parsed.value.document;

function change(document: LoomDocument, id: string, to: (graph: Graph) => Partial<Graph>): LoomDocument {
  const graph = document.graphs[id];
  if (graph === undefined) throw new Error(id);
  return { ...document, graphs: { ...document.graphs, [id]: { ...graph, ...to(graph) } } };
}

const withParams = (document: LoomDocument, id: string, node: string, params: JsonObject): LoomDocument =>
  change(document, id, ({ nodes }) => {
    const known = nodes[node];
    if (known === undefined) throw new Error(node);
    return { nodes: { ...nodes, [node]: { ...known, params: { ...known.params, ...params } } } };
  });

const withParameter = (document: LoomDocument, id: string, name: string, parameter: BlockParameter): LoomDocument =>
  change(document, id, ({ parameters = {} }) => ({ parameters: { ...parameters, [name]: parameter } }));

const paramOf = (document: LoomDocument, path: string, param: string) =>
  expand(document).graph.nodes[path]?.params[param];
const errorsOf = (document: LoomDocument) =>
  analyse({ document, dataset: null }).problems.filter(({ severity }) => severity === 'error');

test('a formula is worked out from the values of its use', () => {
  const document = withParams(nested, 'residual', 'c', {
    filters: '=filters * 2',
    kernelSize: ['=min(filters, 5)', 1],
  });
  expect(paramOf(document, 'n3/u[0]/c', 'filters')).toBe(16);
  expect(paramOf(document, 'n3/u[0]/c', 'kernelSize')).toEqual([5, 1]);
});

test('each repetition has its number, in what it holds and in the values that it is given', () => {
  const inside = withParams(nested, 'residual', 'd', { rate: '=(i + 1) / (n + 2)' });
  expect(paramOf(inside, 'n3/u[0]/d', 'rate')).toBe(0.25);
  expect(paramOf(inside, 'n3/u[1]/d', 'rate')).toBe(0.5);
  const given = withParams(nested, 'stage', 'u', { values: { filters: '=width', rate: '=i == 0 ? 0.5 : width / 32' } });
  expect(paramOf(given, 'n3/u[0]/d', 'rate')).toBe(0.5);
  expect(paramOf(given, 'n3/u[1]/d', 'rate')).toBe(0.25);
});

test('values of a use that stands once are of the repetition around it; what it holds is its own', () => {
  const twice = withParams(nested, 'main', 'n3', { repeat: 2 });
  const document = withParams(twice, 'stage', 'u', { repeat: 1, values: { rate: '=i / 4' } });
  expect(paramOf(document, 'n3[1]/u/d', 'rate')).toBe(0.25);
  expect(paramOf(withParams(document, 'residual', 'd', { rate: '=i / 4' }), 'n3[1]/u/d', 'rate')).toBe(0);
});

test('a parameter that is called like the number of the repetition goes before it', () => {
  const document = withParams(withParameter(nested, 'residual', 'n', { default: 9 }), 'residual', 'c', {
    filters: '=n + i',
  });
  expect(paramOf(document, 'n3/u[1]/c', 'filters')).toBe(10);
});

test('the number of repetitions may be worked out', () => {
  const document = withParams(withParameter(nested, 'stage', 'depth', { default: 2 }), 'stage', 'u', {
    repeat: '=depth + 1',
  });
  expect(Object.keys(expand(document).graph.nodes)).toContain('n3/u[2]/c');
  expect(errorsOf(document)).toEqual([]);
});

test.each<[string, JsonValue, RegExp]>([
  ['an unknown name', '=widht', /no parameter of the name “widht”; did you mean “width”\?/],
  ['no count', '=width / 16', /which here gives 0.5. It has to be a whole number/],
  ['too many', '=10 ** 9', /“unit” stands 1,000,000,000 times .* more than 20,000 layers/],
])('a number of repetitions from a formula with %s is refused', (_, repeat, message) => {
  const [problem, ...more] = errorsOf(withParams(nested, 'stage', 'u', { repeat })).filter(
    ({ code }) => code !== 'unconnected-input',
  );
  expect(problem).toMatchObject({ graph: 'stage', nodeId: 'u', param: 'repeat' });
  expect(problem?.message).toMatch(message);
  expect(more).toEqual([]);
});

test('a block that holds itself is found where a formula says how often', () => {
  const looped = change(nested, 'residual', ({ nodes }) => ({
    nodes: {
      ...nodes,
      again: {
        ...nodes.c,
        id: 'again',
        name: 'again',
        type: 'Block',
        params: { graph: 'stage', repeat: '=filters' },
      } as Graph['nodes'][string],
    },
  }));
  expect(errorsOf(looped).map(({ code }) => code)).toContain('block-ring');
});

test.each<[string, RegExp]>([
  ['=filters *', /“=filters \*”, which has no value. It ends too early/],
  ['=1 / (filters - 8)', /divides 1 by zero/],
])('%s is a problem of the layer’s field, and nothing else is', (formula, message) => {
  const [problem, ...more] = errorsOf(withParams(nested, 'residual', 'c', { filters: formula }));
  expect(problem).toMatchObject({ code: 'block-expression', graph: 'residual', nodeId: 'c', param: 'filters' });
  expect(problem?.message).toMatch(message);
  expect(more).toEqual([]);
});

test('a misspelt name is mended by its fix', () => {
  const [problem] = errorsOf(withParams(nested, 'residual', 'c', { filters: '=filter * 2' }));
  expect(problem?.fixes).toEqual([
    {
      label: 'Write “filters”',
      edit: { command: 'setParam', args: { graph: 'residual', nodeId: 'c', param: 'filters', value: '=filters * 2' } },
    },
  ]);
});

test('what a layer does not accept is told with the formula that gives it', () => {
  const [problem] = errorsOf(withParams(nested, 'residual', 'c', { filters: '=filters / 16' }));
  expect(problem).toMatchObject({ code: 'invalid-param', graph: 'residual', nodeId: 'c', param: 'filters' });
  expect(problem?.message).toMatch(/but is 0.5. That is what “=filters \/ 16” gives here/);
});

test.each<[string, BlockParameter, JsonValue, RegExp | null]>([
  [
    'a whole number',
    { kind: 'integer', default: 8, min: 4, max: 16 },
    8.5,
    /must be a whole number from 4 to 16, but is 8.5/,
  ],
  ['bounds', { kind: 'integer', default: 8, min: 4 }, 2, /of at least 4, but is 2/],
  [
    'what a formula gives',
    { kind: 'integer', default: 8, max: 16 },
    '=width * 4',
    /at most 16, but is 32 \(by “=width \* 4”\)/,
  ],
  ['a choice', { kind: 'choice', default: 'a', options: ['a', 'b'] }, 'c', /one of a, b/],
  ['a flag', { kind: 'flag', default: true }, 1, /true or false/],
  ['an activation', { kind: 'activation', default: 'relu' }, 'rellu', /one of .*relu/],
  ['an initialiser', { kind: 'initializer', default: { name: 'zeros' } }, { name: 'nought' }, /an initialiser/],
  ['a kind of a later version', { kind: 'range', default: 8 }, 'x', /a number/],
  ['a list', { default: [1, 2] }, [3], null],
  ['a number as its default says', { default: 8 }, 0.5, null],
])('a use’s value is held against its parameter: %s', (_, parameter, value, message) => {
  const document = withParams(withParameter(nested, 'residual', 'own', parameter), 'stage', 'u', {
    values: { filters: '=width', own: value },
  });
  const found = errorsOf(document);
  if (message === null) return expect(found).toEqual([]);
  expect(found).toHaveLength(1);
  expect(found[0]).toMatchObject({ code: 'block-value', graph: 'stage', nodeId: 'u', param: 'values.own' });
  expect(found[0]?.message).toMatch(message);
  const [fix] = found[0]?.fixes ?? [];
  const mended = fix !== undefined && 'edit' in fix ? applyCommand(document, fix.edit) : null;
  expect(mended?.ok && errorsOf(mended.value.document)).toEqual([]);
});

const VALUES: readonly JsonValue[] = [
  8,
  0.25,
  '=filters',
  '=width*2',
  '=filter',
  '=i',
  '=n*2',
  '=i==0?8:4',
  '=',
  '=1/i',
  '=rate',
  '=filtres',
];
const edits = fc.array(
  fc.oneof(
    fc.record({
      kind: fc.constantFrom('filters', 'rate', 'value', 'mainValue'),
      value: fc.constantFrom(...VALUES),
    }),
    fc.record({
      kind: fc.constantFrom('repeat', 'mainRepeat'),
      value: fc.constantFrom(1, 2, 3, '=width / 4', '=n + 1', '=x'),
    }),
    fc.record({
      kind: fc.constantFrom('parameter', 'stageParameter'),
      value: fc.constantFrom(2, 8, 'filter', 'filtre', true),
    }),
  ),
  { minLength: 1, maxLength: 12 },
);

function edited(
  document: LoomDocument,
  { kind, value }: { readonly kind: string; readonly value: JsonValue },
): LoomDocument {
  switch (kind) {
    case 'filters':
      return withParams(document, 'residual', 'c', { filters: value });
    case 'rate':
      return withParams(document, 'residual', 'd', { rate: value });
    case 'value':
      return withParams(document, 'stage', 'u', { values: { filters: value, rate: '=width / 32' } });
    case 'mainValue':
      return withParams(document, 'main', 'n3', { values: { width: value } });
    case 'repeat':
      return withParams(document, 'stage', 'u', { repeat: value });
    case 'mainRepeat':
      return withParams(document, 'main', 'n3', { repeat: value });
    case 'parameter':
      return typeof value === 'string'
        ? withParameter(document, 'residual', value, { default: 4 })
        : withParameter(document, 'residual', 'filters', { default: value });
    default:
      return typeof value === 'string'
        ? withParameter(document, 'stage', value, { default: 4 })
        : withParameter(document, 'stage', 'width', { kind: 'integer', default: value, max: 8 });
  }
}

test('edits one after the other give what expanding and analysing from scratch gives', () => {
  fc.assert(
    fc.property(edits, (list) => {
      const expandAgain = createExpander();
      const analyseAgain = createAnalyser();
      let document = nested;
      for (const one of list) {
        document = edited(document, one);
        // A copy of it, so that nothing worked out before is known of it.
        const fresh: LoomDocument = structuredClone(document);
        expect(expandAgain(document)).toEqual(createExpander()(fresh));
        expect(analyseAgain({ document, dataset: null })).toEqual(analyse({ document: fresh, dataset: null }));
      }
    }),
    {
      numRuns: 20,
      // What is suggested for a name changes with the names there are.
      examples: [
        [
          [
            { kind: 'filters', value: '=filtres' },
            { kind: 'parameter', value: 'filtre' },
          ],
        ],
      ],
    },
  );
});
