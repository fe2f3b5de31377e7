import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyCommand, copyItems, emptyHistory, type History, record, redo, undo } from '../../core/commands/index.ts';
import {
  blockPorts,
  type Graph,
  type LoomDocument,
  parseDocument,
  serialiseDocument,
} from '../../core/document/index.ts';
import {
  EDITS,
  type Edit,
  type EditArgs,
  type EditName,
  edit as editOf,
  inGraph,
  isEditName,
} from '../../core/edits.ts';
import { analyse, createAnalyser, edgeById, graphOf } from '../../core/graph/index.ts';
import type { JsonObject } from '../../core/json.ts';
import { SMALL_TEMPLATES } from '../smallTemplates.ts';

/**
 * Edits at random: each draws numbers and makes of them, on whatever document there then is, a call that may or may not make
 * sense. What is refused must leave everything as it was; what is done must be undone and redone exactly.
 */
const TYPES = [
  'Dense',
  'Conv2D',
  'ReLU',
  'Add',
  'Concatenate',
  'Flatten',
  'BatchNorm',
  'Softmax',
  'Input',
  'Output',
  'MaxPool2D',
];

const IRIS: JsonObject = { source: { kind: 'builtin', id: 'iris' } };
const SGD: JsonObject = { optimizer: { name: 'sgd' } };

const NESTED = JSON.parse(readFileSync(join(import.meta.dirname, '../fixtures/blocks/nested.loom'), 'utf8'));
const DEFINITIONS: EditArgs['addBlock']['definitions'] = [
  NESTED.graphs.stage,
  NESTED.graphs.residual,
  NESTED.graphs.halves,
];

const NAMES = Object.keys(EDITS).filter((name) => isEditName(name));

interface Draw {
  readonly command: EditName;
  readonly a: number;
  readonly b: number;
  readonly c: number;
}
const draw = (): fc.Arbitrary<Draw> =>
  fc.record({
    command: fc.constantFrom(...NAMES),
    a: fc.nat(1000),
    b: fc.nat(1000),
    c: fc.nat(1000),
  });

function callFor({ command, a, b, c }: Draw, document: LoomDocument, graph = graphOf(document)): Edit {
  const pick = <T>(list: readonly T[], n: number, none: T): T => list[n % Math.max(list.length, 1)] ?? none;
  const node = (n: number) => pick(Object.keys(graph.nodes), n, 'n1');
  const definition = (n: number) => pick(Object.keys(document.graphs), n, 'main');
  const edge = (n: number) => pick(Object.keys(graph.edges), n, 'e1');
  const unwired = () => {
    const wired = new Set(Object.values(graph.edges).flatMap(({ source, target }) => [source, target]));
    return Object.keys(graph.nodes).filter((id) => !wired.has(id));
  };
  const block = pick(['stage', 'residual', 'halves'], a, 'stage');
  const parameters = Object.keys(document.graphs[block]?.parameters ?? {});
  const type = pick(TYPES, b, 'Dense');
  const position = { x: a, y: c };
  const args: { readonly [K in EditName]: () => EditArgs[K] } = {
    addNode: () => ({ type, position }),
    addBlock: () => ({
      definitions: DEFINITIONS,
      root: pick(['stage', 'residual', 'halves'], b, 'stage'),
      ...[{ position }, { edgeId: edge(a) }, { nodeId: node(a) }][c % 3],
      ...(a % 3 ? {} : { name: `layer_${b % 5}`, repeat: (b % 3) + 1 }),
    }),
    groupIntoBlock: () => ({ nodeIds: [...new Set([node(a), node(b), node(c)])] }),
    expandBlock: () => ({ nodeId: pick(usesIn(graph), a, node(b)) }),
    makeUnique: () => ({ nodeId: pick(usesIn(graph), a, node(b)) }),
    setBlock: () => ({
      graph: definition(a),
      name: `Block ${b % 3}`,
      ...(c % 2 ? { doc: `${b % 4 ? b : ''}` } : { hue: c % 3 ? b % 360 : null }),
    }),
    deleteBlock: () => ({ graph: definition(a) }),
    wrapResidual: () => ({
      nodeIds: c % 3 ? [node(a)] : [...new Set([node(a), node(b)])],
      ...(c % 2 && { shortcut: [{ type: 'Dense', params: { units: 3 } }] }),
    }),
    unwrapResidual: () => ({ nodeId: pick(addsIn(graph), a, node(b)) }),
    movePort: () => ({ ...pick(portsIn(document), a, { graph: 'main', nodeId: node(b) }), order: c % 3 }),
    setUseValue: () => ({
      nodeId: pick(usesIn(graph), a, node(b)),
      name: pick(['width', 'filters', 'rate'], b, 'width'),
      value: pick([4, '=i == 0 ? 2 : 4', null], c, null),
    }),
    setBlockParameter: () => ({
      graph: block,
      name: pick(['width', 'filters', 'depth', 'i'], b, 'width'),
      parameter: { kind: c % 3 ? 'integer' : 'flag', default: c % 2 ? b : true, max: 500 },
    }),
    renameBlockParameter: () => ({
      graph: block,
      name: pick(parameters, b, 'width'),
      to: pick(['wide', 'filters', 'min'], c, 'wide'),
    }),
    removeBlockParameter: () => ({ graph: block, name: pick(parameters, b, 'width') }),
    turnIntoParameter: () => ({
      graph: block,
      nodeId: pick(Object.keys(document.graphs[block]?.nodes ?? {}), b, 'n1'),
      param: pick(['kernelSize', 'useBias', 'repeat', 'parts', 'padding', 'filters'], c, 'padding'),
      name: `own_${a % 3}`,
    }),
    connect: () => ({ source: node(a), sourcePort: 'out', target: node(b), targetPort: 'in' }),
    disconnect: () => ({ edgeId: edge(a) }),
    deleteItems: () => ({
      nodeIds: [...new Set([node(a), node(b)])],
      edgeIds: c % 3 ? [] : [edge(c)],
      relink: c % 2 === 0,
    }),
    moveNodes: () => ({ positions: { [node(a)]: position, [node(b)]: { x: b, y: a } } }),
    setParam: () =>
      c % 2
        ? { nodeId: node(a), param: 'units', value: b }
        : { nodeId: node(a), param: 'kernelSize', value: [b % 5, 3] },
    setParams: () => ({ nodeId: node(a), params: { activation: 'relu', useBias: c % 2 === 0 } }),
    renameNode: () => ({ nodeId: node(a), name: `layer_${b % 5}` }),
    replaceLayer: () => ({ nodeId: node(a), type }),
    insertOnEdge: () => ({ edgeId: edge(a), type, ...(c % 2 ? { position } : {}) }),
    moveOntoEdge: () => ({ nodeId: pick(c % 4 ? unwired() : [], a, node(a)), edgeId: edge(c) }),
    insertAfter: () => ({ nodeId: node(a), type }),
    insertBefore: () => ({ nodeId: node(a), type, ...(c % 2 ? { edgeId: edge(c) } : {}) }),
    pasteItems: () => ({
      text: copyItems(graph, [node(a), node(b), node(c)], document.graphs),
      position: c % 2 ? position : null,
    }),
    duplicateItems: () => ({ nodeIds: [...new Set([node(a), node(b)])] }),
    batch: () => ({
      label: 'Two things',
      calls: [
        editOf('insertOnEdge', { edgeId: edge(a), type }),
        editOf('setParam', { nodeId: node(c), param: 'units', value: b }),
      ],
    }),
    reorderInput: () => ({ edgeId: edge(a), order: b % 4 }),
    swapWithNext: () => ({ nodeId: node(a) }),
    setData: () => ({
      data: c % 2 ? IRIS : { split: { validation: b / 1000 } },
    }),
    setTraining: () => ({
      training: c % 2 ? SGD : { epochs: a, learningRate: b / 100 },
    }),
    dropUnknownSetting: () => ({ path: pick(NEWER, a, ['training', 'epochs']) }),
    renameDocument: () => ({ name: `Design ${a}` }),
  };
  return editOf(command, args[command]());
}

const addsIn = (graph: Graph) => Object.values(graph.nodes).flatMap(({ id, type }) => (type === 'Add' ? [id] : []));
const portsIn = ({ graphs }: LoomDocument) =>
  Object.values(graphs).flatMap((graph) =>
    [...blockPorts(graph).inputs, ...blockPorts(graph).outputs].map((port) => ({ graph: graph.id, nodeId: port.id })),
  );
const usesIn = (graph: Graph) => Object.values(graph.nodes).flatMap(({ id, type }) => (type === 'Block' ? [id] : []));

/** What the designs of a newer version hold that this one does not know. */
const NEWER: readonly (readonly string[])[] = [
  ['training', 'optimizer'],
  ['training', 'clipNorm'],
];

function ofNewerVersion(document: LoomDocument): LoomDocument {
  const raw = JSON.parse(serialiseDocument(document));
  raw.training = { ...raw.training, optimizer: { name: 'lion' }, clipNorm: 1 };
  const parsed = parseDocument(JSON.stringify(raw));
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.value.document;
}

const start = () =>
  fc
    .tuple(fc.constantFrom(...SMALL_TEMPLATES), fc.boolean())
    .map(([template, newer]) => (newer ? ofNewerVersion(template.create()) : template.create()));
const edits = (most: number) => fc.array(draw(), { minLength: 1, maxLength: most });

function checkWires(document: LoomDocument) {
  const graph = graphOf(document);
  for (const edge of Object.values(graph.edges)) {
    expect(graph.nodes[edge.source]).toBeDefined();
    expect(graph.nodes[edge.target]).toBeDefined();
    expect(edgeById(graph, edge.id)).toBe(edge);
  }
  const ports = new Map<string, number[]>();
  for (const edge of Object.values(graph.edges)) {
    const key = `${edge.target}/${edge.targetPort}`;
    ports.set(key, [...(ports.get(key) ?? []), edge.order]);
  }
  for (const orders of ports.values()) expect(orders.sort((x, y) => x - y)).toEqual(orders.map((_, i) => i));
}

/** What a command needs in the design is put there first. */
const NEEDS: { readonly [K in EditName]?: readonly EditName[] } = {
  moveOntoEdge: ['addNode'],
  expandBlock: ['addBlock'],
  makeUnique: ['addBlock', 'addBlock'],
  setBlock: ['addBlock'],
  deleteBlock: ['groupIntoBlock', 'deleteItems'],
  movePort: ['addBlock'],
  unwrapResidual: ['wrapResidual'],
  setUseValue: ['addBlock'],
  setBlockParameter: ['addBlock'],
  renameBlockParameter: ['addBlock'],
  removeBlockParameter: ['addBlock'],
  turnIntoParameter: ['addBlock'],
};

/** Edits of a block's definition: they name its graph themselves. */
const OF_DEFINITIONS: ReadonlySet<EditName> = new Set([
  'setBlockParameter',
  'renameBlockParameter',
  'removeBlockParameter',
  'turnIntoParameter',
]);

describe('every command', () => {
  it.each(NAMES)('%s: undo gives back the document, redo the edit', (command) => {
    let done = 0;
    fc.assert(
      fc.property(start(), edits(6), draw(), (template, before, drawn) => {
        let document = template;
        const needed = (NEEDS[command] ?? []).map((first) => ({ ...drawn, command: first }));
        for (const edit of [...before, ...needed]) {
          const applied = applyCommand(document, callFor(edit, document));
          if (applied.ok) document = applied.value.document;
        }
        const snapshot = structuredClone(document);
        const applied = applyCommand(document, callFor({ ...drawn, command }, document));
        expect(document).toEqual(snapshot);
        if (!applied.ok) {
          expect(applied.error.message).toMatch(/[.?]$/);
          return;
        }
        done++;
        checkWires(applied.value.document);
        const history = record(emptyHistory, applied.value);
        if (history.past.length === 0) {
          expect(applied.value.document).toBe(document);
          return;
        }
        const back = undo(applied.value.document, history);
        expect(back?.document).toEqual(snapshot);
        const again = back && redo(back.document, back.history);
        expect(again?.document).toEqual(applied.value.document);
        expect(again?.history.past).toEqual(history.past);
      }),
      { numRuns: 100 },
    );
    // Most random calls of some commands are refused: a parameter the layer lacks, no layer without wires.
    expect(done).toBeGreaterThan(0);
  });
});

/** The design with its main graph a second time, as the graph `inner`. */
function twice(document: LoomDocument): { readonly document: LoomDocument; readonly inner: Graph } {
  const inner = { ...graphOf(document), id: 'inner' };
  return { document: { ...document, graphs: { ...document.graphs, inner } }, inner };
}

describe('an edit in a graph that it names', () => {
  it('does there what it would do in the main graph, and leaves the main graph alone', () => {
    fc.assert(
      fc.property(start(), draw(), (template, drawn) => {
        const { document, inner } = twice(template);
        const call = callFor(drawn, document, inner);
        // Of a definition alone: it names its graph already.
        if ('graph' in call.args) return;
        const there = applyCommand(document, inGraph(call, 'inner'));
        const main = applyCommand(document, callFor(drawn, document));
        expect(there.ok).toBe(main.ok);
        if (!there.ok || !main.ok) return;
        const settings =
          OF_DEFINITIONS.has(drawn.command) || (!('graph' in EDITS[drawn.command].shape) && drawn.command !== 'batch');
        if (settings) {
          expect(there.value.document).toEqual(main.value.document);
          return;
        }
        expect(there.value.document.graphs.inner).toEqual({ ...graphOf(main.value.document), id: 'inner' });
        expect(graphOf(there.value.document)).toBe(graphOf(document));
        expect(there.value.created).toEqual(main.value.created);
        const back = undo(there.value.document, record(emptyHistory, there.value));
        if (there.value.patches.length > 0) expect(back?.document).toEqual(document);
      }),
      { numRuns: 600 },
    );
  });
});

describe('any sequence of edits', () => {
  it('is taken back to the first document, whatever was merged into gestures', () => {
    fc.assert(
      fc.property(
        start(),
        fc.array(fc.tuple(draw(), fc.constantFrom(null, 'g1', 'g2')), { maxLength: 25 }),
        (template, list) => {
          let document = template;
          let history: History = emptyHistory;
          for (const [drawn, gesture] of list) {
            const applied = applyCommand(document, callFor(drawn, document));
            if (!applied.ok) continue;
            document = applied.value.document;
            history = record(history, applied.value, gesture);
          }
          let back = document;
          let steps = history;
          for (let step = undo(back, steps); step !== null; step = undo(back, steps))
            [back, steps] = [step.document, step.history];
          expect(back).toEqual(template);
          for (let step = redo(back, steps); step !== null; step = redo(back, steps))
            [back, steps] = [step.document, step.history];
          expect(back).toEqual(document);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('leaves a document that survives its file and is analysed the same bit by bit as from scratch', () => {
    fc.assert(
      fc.property(start(), edits(20), (template, list) => {
        let document = template;
        const analyser = createAnalyser();
        analyser({ document, dataset: null });
        for (const drawn of list) {
          const applied = applyCommand(document, callFor(drawn, document));
          if (!applied.ok) continue;
          document = applied.value.document;
          expect(analyser({ document, dataset: null })).toEqual(analyse({ document, dataset: null }));
        }
        const text = serialiseDocument(document);
        const parsed = parseDocument(text);
        expect(parsed).toEqual({ ok: true, value: { document, problems: [] } });
        expect(parsed.ok && serialiseDocument(parsed.value.document)).toBe(text);
      }),
      { numRuns: 60 },
    );
  });
});
