import { describe, expect, it } from 'vitest';
import { applyCommand, emptyHistory, record, redo, undo } from '../../../core/commands/index.ts';
import { emptyDocument, type LoomDocument } from '../../../core/document/index.ts';
import { edit, isEdit } from '../../../core/edits.ts';
import { graphOf, incomingEdges } from '../../../core/graph/index.ts';
import { applied, type EditStep, edited, editIn, refusal } from '../../edits.ts';

const build = (...steps: readonly EditStep[]) =>
  steps.reduce((document, step) => edited(document, ...step), emptyDocument());
const add = (type: string, x: number, y = 0): EditStep => ['addNode', { type, position: { x, y } }];
const wire = (source: string, target: string): EditStep => [
  'connect',
  { source, sourcePort: 'out', target, targetPort: 'in' },
];
const chain = () => build(add('Input', 0), add('Dense', 170), add('Output', 340), wire('n1', 'n2'), wire('n2', 'n3'));
const names = (document: LoomDocument, nodeId: string) =>
  incomingEdges(graphOf(document), nodeId).map((edge) => graphOf(document).nodes[edge.source]?.name);

describe('a layer let go on a wire', () => {
  it('goes into it where it lies, and what follows makes room', () => {
    let document = build(add('Input', 0), add('Dense', 170), add('Output', 340), wire('n1', 'n2'), wire('n2', 'n3'));
    document = applied(document, ...add('ReLU', 250, 10)).document;
    document = applied(document, 'moveOntoEdge', { nodeId: 'n4', edgeId: 'e2' }).document;
    expect(names(document, 'n4')).toEqual(['dense_1']);
    expect(names(document, 'n3')).toEqual(['relu_1']);
    const { n2, n3, n4 } = graphOf(document).nodes;
    // A card is 140 wide: none lies on another.
    expect(n4!.position.x).toBeGreaterThanOrEqual(n2!.position.x + 140);
    expect(n3!.position.x).toBeGreaterThanOrEqual(n4!.position.x + 140);
  });
  it('is refused where it has wires of its own', () => {
    expect(refusal(chain(), 'moveOntoEdge', { nodeId: 'n2', edgeId: 'e2' }).code).toBe('already-wired');
  });
});

describe('adding and connecting', () => {
  it('names layers by type and number, with short ids and every parameter written out', () => {
    const graph = graphOf(build(add('Dense', 0), add('Dense', 170), add('Add', 340)));
    expect(Object.values(graph.nodes).map((node) => [node.id, node.name])).toEqual([
      ['n1', 'dense_1'],
      ['n2', 'dense_2'],
      ['n3', 'add_1'],
    ]);
    expect(graph.nodes.n1?.params).toMatchObject({ units: 32, useBias: true });
  });

  it('gives a taken single input to the new wire, and keeps the order at many', () => {
    let document = build(add('Input', 0), add('Input', 0, 120), add('Dense', 170), add('Add', 340), wire('n1', 'n3'));
    document = applied(document, ...wire('n2', 'n3')).document;
    expect(names(document, 'n3')).toEqual(['input_2']);
    for (const from of ['n3', 'n1', 'n2']) document = applied(document, ...wire(from, 'n4')).document;
    expect(names(document, 'n4')).toEqual(['dense_1', 'input_1', 'input_2']);
    const last = incomingEdges(graphOf(document), 'n4')[2]?.id ?? '';
    document = applied(document, 'reorderInput', { edgeId: last, order: 0 }).document;
    expect(names(document, 'n4')).toEqual(['input_2', 'dense_1', 'input_1']);
    document = applied(document, 'disconnect', { edgeId: last }).document;
    expect(incomingEdges(graphOf(document), 'n4').map((edge) => edge.order)).toEqual([0, 1]);
  });

  it('refuses circles, doubles and wires that make no sense, in sentences', () => {
    const document = chain();
    expect(refusal(document, ...wire('n2', 'n2')).code).toBe('wire-to-itself');
    expect(refusal(document, ...wire('n1', 'n2')).code).toBe('wire-exists');
    expect(refusal(document, ...wire('n3', 'n2')).message).toMatch(/Output: the network ends there/);
    expect(refusal(document, ...wire('n2', 'n1')).message).toMatch(/Input: samples enter there/);
    expect(refusal(document, ...wire('n2', 'constructor')).code).toBe('no-such-node');
    const looped = build(add('Dense', 0), add('Dense', 170), wire('n1', 'n2'));
    expect(refusal(looped, ...wire('n2', 'n1')).code).toBe('wire-cycle');
    const outside = (text: string) => applyCommand(document, JSON.parse(text));
    expect(outside('{"command":"launch","args":{}}')).toMatchObject({ error: { code: 'unknown-command' } });
    expect(outside('{"command":"addNode","args":{"type":"Dense"}}')).toMatchObject({
      error: { code: 'invalid-arguments' },
    });
    expect(refusal(document, ...add('Transmogrify', 0)).code).toBe('unknown-layer');
  });
});

describe('parameters and names', () => {
  it('refuses values a layer does not accept', () => {
    const document = chain();
    const problem = refusal(document, 'setParam', { nodeId: 'n2', param: 'units', value: 0 });
    expect(problem).toMatchObject({ code: 'invalid-param', nodeId: 'n2', param: 'units' });
    expect(refusal(document, 'setParams', { nodeId: 'n2', params: { units: 4, wings: 2 } }).code).toBe('unknown-param');
    const set = applied(document, 'setParams', { nodeId: 'n2', params: { units: 4, activation: 'tanh' } }).document;
    expect(graphOf(set).nodes.n2?.params).toMatchObject({ units: 4, activation: 'tanh' });
    expect(graphOf(set).nodes.n1).toBe(graphOf(document).nodes.n1);
  });

  it('changes nothing where nothing changes', () => {
    const document = chain();
    const steps: readonly EditStep[] = [
      ['setParam', { nodeId: 'n2', param: 'units', value: 32 }],
      ['moveNodes', { positions: { n2: { x: 170, y: 0 } } }],
      ['renameNode', { nodeId: 'n2', name: 'dense_1' }],
      ['setTraining', { training: { epochs: 20 } }],
      ['setData', { data: { split: { seed: 42 } } }],
      ['renameDocument', { name: 'Untitled' }],
    ];
    for (const step of steps) {
      const same = applied(document, ...step);
      expect(same.document, step[0]).toBe(document);
      expect(record(emptyHistory, same)).toBe(emptyHistory);
    }
  });

  it('refuses names that are taken or not legal, and offers one that is', () => {
    const document = build(add('Dense', 0), add('Dense', 170));
    const taken = refusal(document, 'renameNode', { nodeId: 'n2', name: 'dense_1' });
    expect(taken.code).toBe('duplicate-name');
    const [fix] = taken.fixes ?? [];
    expect(fix).toMatchObject({ edit: { command: 'renameNode', args: { nodeId: 'n2', name: 'dense_3' } } });
    expect(refusal(document, 'renameNode', { nodeId: 'n2', name: 'my layer' }).message).toContain(
      '“my_layer” would do',
    );
  });
});

describe('an edit of a graph that is not the main one', () => {
  const nested = (): LoomDocument => {
    const document = chain();
    return { ...document, graphs: { ...document.graphs, block: { ...graphOf(document), id: 'block' } } };
  };

  it('is refused in a graph that is not there', () => {
    for (const graph of ['gone', 'constructor'])
      expect(refusal(chain(), 'setParam', { graph, nodeId: 'n2', param: 'units', value: 3 }).code).toBe(
        'no-such-graph',
      );
  });

  it('names the graph in what it refuses, and in the fix', () => {
    const units = refusal(nested(), 'setParam', { graph: 'block', nodeId: 'n2', param: 'units', value: 0 });
    expect(units).toMatchObject({ code: 'invalid-param', graph: 'block', nodeId: 'n2' });
    const step: EditStep = ['renameNode', { graph: 'block', nodeId: 'n2', name: 'no name' }];
    const problem = refusal(nested(), 'batch', { label: 'Rename', calls: [edit(...step)] });
    expect(problem).toMatchObject({ code: 'invalid-name', graph: 'block' });
    const mended = applyCommand(nested(), editIn(problem.fixes?.[0]));
    expect(mended.ok && mended.value.document.graphs.block?.nodes.n2?.name).toBe('no_name');
    expect(mended.ok && graphOf(mended.value.document).nodes.n2?.name).toBe('dense_1');
  });
});

describe('inserting and deleting', () => {
  it('puts a layer on a wire and makes room', () => {
    const { document, created } = applied(chain(), 'insertOnEdge', { edgeId: 'e1', type: 'Dense' });
    expect(created).toEqual(['n4']);
    expect(names(document, 'n2')).toEqual(['dense_2']);
    expect(names(document, 'n4')).toEqual(['input_1']);
    const x = (id: string) => graphOf(document).nodes[id]?.position.x;
    expect([x('n1'), x('n4'), x('n2'), x('n3')]).toEqual([0, 170, 340, 510]);
  });

  it('uses a gap that is wide enough and stays clear of other cards', () => {
    const document = build(
      add('Input', 0),
      add('Dense', 170),
      add('Add', 340),
      wire('n1', 'n2'),
      wire('n2', 'n3'),
      wire('n1', 'n3'),
    );
    const { document: next } = applied(document, 'insertOnEdge', { edgeId: 'e3', type: 'Dense' });
    expect(graphOf(next).nodes.n4?.position).toEqual({ x: 170, y: -120 });
    expect(graphOf(next).nodes.n3?.position).toEqual({ x: 340, y: 0 });
    expect(names(next, 'n3')).toEqual(['dense_1', 'dense_2']);
  });

  it('refuses to put an Input or an Output into a wire', () => {
    expect(refusal(chain(), 'insertOnEdge', { edgeId: 'e1', type: 'Input' }).title).toBe('Cannot insert');
    expect(refusal(chain(), 'insertOnEdge', { edgeId: 'e1', type: 'Output' }).title).toBe('Cannot insert');
  });

  it('inserts after a branch point for all that follow, and before a layer on its only wire', () => {
    const document = build(
      add('Input', 0),
      add('Dense', 170),
      add('Add', 340),
      wire('n1', 'n2'),
      wire('n2', 'n3'),
      wire('n1', 'n3'),
    );
    const after = applied(document, 'insertAfter', { nodeId: 'n1', type: 'Dense' }).document;
    expect(names(after, 'n2')).toEqual(['dense_2']);
    expect(names(after, 'n3')).toEqual(['dense_1', 'dense_2']);
    expect(refusal(document, 'insertBefore', { nodeId: 'n3', type: 'Dense' }).code).toBe('ambiguous-wire');
    const before = applied(document, 'insertBefore', { nodeId: 'n3', edgeId: 'e3', type: 'Dense' }).document;
    expect(names(before, 'n3')).toEqual(['dense_1', 'dense_2']);
    const front = applied(build(add('Dense', 0)), 'insertBefore', { nodeId: 'n1', type: 'Input' }).document;
    expect(names(front, 'n1')).toEqual(['input_1']);
    const end = applied(document, 'insertAfter', { nodeId: 'n3', type: 'Output', params: { loss: 'huber' } }).document;
    expect(names(end, 'n4')).toEqual(['add_1']);
  });

  it('keeps a chain whole when a layer is taken out, and never doubles a wire', () => {
    const document = applied(chain(), 'deleteItems', { nodeIds: ['n2'], edgeIds: [], relink: true }).document;
    expect(names(document, 'n3')).toEqual(['input_1']);
    const cut = applied(chain(), 'deleteItems', { nodeIds: ['n2'], edgeIds: [], relink: false }).document;
    expect(graphOf(cut).edges).toEqual({});
    const skip = build(
      add('Input', 0),
      add('Dense', 170),
      add('Add', 340),
      wire('n1', 'n2'),
      wire('n2', 'n3'),
      wire('n1', 'n3'),
    );
    expect(names(applied(skip, 'deleteItems', { nodeIds: ['n2'], edgeIds: [], relink: true }).document, 'n3')).toEqual([
      'input_1',
    ]);
  });

  it('replaces a layer and keeps its wires and shared parameters', () => {
    const document = applied(chain(), 'setParam', { nodeId: 'n2', param: 'useBias', value: false }).document;
    const { document: next } = applied(document, 'replaceLayer', {
      nodeId: 'n2',
      type: 'Conv2D',
      params: { filters: 4 },
    });
    expect(graphOf(next).nodes.n2).toMatchObject({
      type: 'Conv2D',
      name: 'conv2d_1',
      params: { filters: 4, useBias: false },
    });
    expect(names(next, 'n3')).toEqual(['conv2d_1']);
    expect(refusal(document, 'replaceLayer', { nodeId: 'n2', type: 'Input' }).code).toBe('replace-ports');
  });

  it('gives each wire an input of its own where the new layer has several, and one order where it takes many', () => {
    const merged = build(add('Input', 0), add('Input', 0, 120), add('Add', 170), wire('n1', 'n3'), wire('n2', 'n3'));
    const ports = (document: LoomDocument) =>
      incomingEdges(graphOf(document), 'n3').map(({ source, targetPort, order }) => [source, targetPort, order]);
    const attention = applied(merged, 'replaceLayer', { nodeId: 'n3', type: 'MultiHeadAttention' }).document;
    expect(ports(attention)).toEqual([
      ['n1', 'query', 0],
      ['n2', 'value', 0],
    ]);
    const back = applied(attention, 'replaceLayer', { nodeId: 'n3', type: 'Concatenate' }).document;
    expect(ports(back)).toEqual([
      ['n1', 'in', 0],
      ['n2', 'in', 1],
    ]);
    expect(refusal(attention, 'replaceLayer', { nodeId: 'n3', type: 'Dense' }).code).toBe('replace-ports');
  });
});

describe('swapping neighbours in a chain', () => {
  const start = () => edited(chain(), 'insertAfter', { nodeId: 'n2', type: 'ReLU' });

  it('exchanges their wires and places', () => {
    const before = graphOf(start()).nodes;
    const swapped = edited(start(), 'swapWithNext', { nodeId: 'n2' });
    expect([names(swapped, 'n3'), names(swapped, 'n2'), names(swapped, 'n4')]).toEqual([
      ['dense_1'],
      ['relu_1'],
      ['input_1'],
    ]);
    const after = graphOf(swapped).nodes;
    expect([after.n2?.position, after.n4?.position]).toEqual([before.n4?.position, before.n2?.position]);
    expect(edited(swapped, 'swapWithNext', { nodeId: 'n4' })).toEqual(start());
  });

  it('brings every reader of the second behind the first', () => {
    const branched = edited(edited(start(), ...add('Dense', 510, 200)), ...wire('n4', 'n5'));
    const swapped = edited(branched, 'swapWithNext', { nodeId: 'n2' });
    expect([names(swapped, 'n3'), names(swapped, 'n5')]).toEqual([['dense_1'], ['dense_1']]);
  });

  it('is refused at the ends and where wires branch or meet', () => {
    expect(refusal(start(), 'swapWithNext', { nodeId: 'n1' }).message).toMatch(/“input_1” does not stand between/);
    expect(refusal(start(), 'swapWithNext', { nodeId: 'n4' }).message).toMatch(/“output_1” is where the network ends/);
    const branched = edited(edited(start(), ...add('Dense', 510, 200)), ...wire('n2', 'n5'));
    expect(refusal(branched, 'swapWithNext', { nodeId: 'n2' }).code).toBe('not-in-chain');
    const merged = build(
      add('Input', 0),
      add('Dense', 1),
      add('Add', 2),
      wire('n1', 'n2'),
      wire('n2', 'n3'),
      wire('n1', 'n3'),
    );
    expect(refusal(merged, 'swapWithNext', { nodeId: 'n2' }).message).toMatch(/More than one wire leads to “add_1”/);
  });
});

describe('settings', () => {
  it('merges partial settings and knows each optimiser', () => {
    const sgd = applied(emptyDocument(), 'setTraining', { training: { optimizer: { name: 'sgd' } } }).document;
    expect(sgd.training.optimizer).toEqual({ name: 'sgd', momentum: 0.9, nesterov: false, weightDecay: 0 });
    const nesterov = applied(sgd, 'setTraining', { training: { optimizer: { nesterov: true }, epochs: 3 } }).document;
    expect(nesterov.training).toMatchObject({ epochs: 3, optimizer: { momentum: 0.9, nesterov: true } });
    const stepped = applied(sgd, 'setTraining', { training: { schedule: { name: 'step', every: 4 } } }).document;
    expect(stepped.training.schedule).toEqual({ name: 'step', every: 4, factor: 0.1 });
    const halved = applied(stepped, 'setTraining', { training: { schedule: { factor: 0.5 } } }).document;
    expect(halved.training.schedule).toEqual({ name: 'step', every: 4, factor: 0.5 });
    // What says nothing is not written.
    const constant = applied(halved, 'setTraining', { training: { schedule: { name: 'constant' } } }).document;
    expect(constant.training).toEqual(sgd.training);
    expect(applied(sgd, 'setTraining', { training: { clipping: { name: 'globalNorm' } } }).document.training).toEqual({
      ...sgd.training,
      clipping: { name: 'globalNorm', norm: 1 },
    });
    expect(refusal(sgd, 'setTraining', { training: { learningRate: -1 } })).toMatchObject({
      code: 'invalid-setting',
      param: 'learningRate',
    });
    expect(refusal(sgd, 'setTraining', { training: { optimizer: { name: 'magic' } } }).code).toBe('invalid-setting');
    expect(refusal(sgd, 'setData', { data: { split: { validation: 0.5, test: 0.5 } } }).code).toBe(
      'empty-training-split',
    );
    const digits = applied(sgd, 'setData', {
      data: { source: { kind: 'builtin', id: 'digits' }, split: { test: 0 } },
    }).document;
    expect(digits.data).toMatchObject({ source: { id: 'digits' }, split: { validation: 0.2, test: 0 } });
  });
});

describe('history', () => {
  it('makes one entry of one gesture', () => {
    const start = chain();
    let document = start;
    let history = emptyHistory;
    for (let x = 0; x < 50; x++) {
      const moved = applied(document, 'moveNodes', { positions: { n2: { x: 200 + x, y: x + 1 } } });
      document = moved.document;
      history = record(history, moved, 'drag-1');
    }
    expect(history.past).toHaveLength(1);
    expect(history.past[0]?.patches).toHaveLength(2);
    const back = undo(document, history);
    expect(back?.document).toEqual(start);
    expect(back && redo(back.document, back.history)?.document).toEqual(document);
    const again = applied(document, 'moveNodes', { positions: { n2: { x: 0, y: 0 } } });
    expect(record(history, again, 'drag-2').past).toHaveLength(2);
    expect(undo(start, emptyHistory)).toBeNull();
  });

  it('merges edits of different kinds within a gesture, and takes them back together', () => {
    const start = chain();
    const one = applied(start, 'insertAfter', { nodeId: 'n1', type: 'Dense' });
    const two = applied(one.document, 'moveNodes', { positions: { n4: { x: 9, y: 9 } } });
    const history = record(record(emptyHistory, one, 'g'), two, 'g');
    expect(history.past).toHaveLength(1);
    expect(undo(two.document, history)?.document).toEqual(start);
  });
});

describe('batch', () => {
  const units = (value: number, nodeId = 'n2') => edit('setParam', { nodeId, param: 'units', value });
  const scaling = edit('setData', { data: { scaling: 'none' } });

  it('does several edits as one entry of the history, each seeing what those before it did', () => {
    const start = chain();
    const made = edit('insertAfter', { nodeId: 'n2', type: 'Dense' });
    const done = applied(start, 'batch', { label: 'Three things', calls: [made, units(7, 'n4'), scaling] });
    expect(done.label).toBe('Three things');
    expect(done.created).toEqual(['n4']);
    expect(graphOf(done.document).nodes.n4?.params.units).toBe(7);
    expect(done.document.data.scaling).toBe('none');
    expect(undo(done.document, record(emptyHistory, done))?.document).toEqual(start);
  });

  it('does none where one is refused, not known, or a batch itself', () => {
    const start = chain();
    for (const bad of [units(3, 'n99'), units(-1)])
      expect(refusal(start, 'batch', { label: 'All', calls: [units(3), bad] }).message).toMatch(/[.?]$/);
    const foreign = [{ command: 'explode', args: {} }, edit('batch', { label: 'In it', calls: [units(3)] })];
    for (const bad of foreign)
      expect(isEdit({ command: 'batch', args: { label: 'All', calls: [units(3), bad] } }), bad.command).toBe(false);
    expect(start).toEqual(chain());
  });
});
