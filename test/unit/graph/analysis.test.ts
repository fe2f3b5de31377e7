import { describe, expect, it } from 'vitest';
import type { LoomDocument } from '../../../core/document/index.ts';
import {
  analyse,
  canConnect,
  compatibleTypes,
  createAnalyser,
  freeInput,
  graphOf,
  sortNodes,
} from '../../../core/graph/index.ts';
import { findTemplate } from '../../../core/templates/index.ts';
import { edited } from '../../edits.ts';
import { chain, DIGITS, tamper, wire } from './smallDesigns.ts';

const create = (id: string): LoomDocument => {
  const template = findTemplate(id);
  if (template === undefined) throw new Error(id);
  return template.create();
};

describe('incremental analysis', () => {
  const resnet = create('digits-resnet');
  const setup = () => {
    const inferred: string[] = [];
    const analyser = createAnalyser({ onInfer: (id) => inferred.push(id) });
    const first = analyser({ document: resnet, dataset: DIGITS });
    inferred.length = 0;
    return { analyser, inferred, first };
  };

  it('infers nothing again after a move, and hands back the same analysis', () => {
    const { analyser, inferred, first } = setup();
    const moved = edited(resnet, 'moveNodes', { positions: { n5: { x: 1, y: 2 } } });
    expect(analyser({ document: moved, dataset: DIGITS })).toBe(first);
    expect(inferred).toEqual([]);
  });

  it('infers one layer again when its output keeps its shape', () => {
    const { analyser, inferred, first } = setup();
    const next = analyser({
      document: edited(resnet, 'setParam', { nodeId: 'n5', param: 'useBias', value: true }),
      dataset: DIGITS,
    });
    expect(inferred).toEqual(['n5']);
    for (const [id, node] of next.nodes) expect(node === first.nodes.get(id), id).toBe(id !== 'n5');
    expect(next.totals.params).toBe(first.totals.params + 16);
  });

  it('follows a changed shape as far as it reaches', () => {
    const { analyser, inferred, first } = setup();
    const document = edited(resnet, 'setParam', { nodeId: 'n5', param: 'filters', value: 8 });
    const next = analyser({ document, dataset: DIGITS });
    // Conv, norm, ReLU, and the next convolution, which brings it back to 16 channels.
    expect(inferred).toEqual(['n5', 'n6', 'n7', 'n8']);
    expect(next.nodes.get('n9')).toBe(first.nodes.get('n9'));
    expect(next).toEqual(analyse({ document, dataset: DIGITS }));
  });

  it('does not infer again when only the data changes', () => {
    const { analyser, inferred } = setup();
    analyser({ document: resnet, dataset: null });
    expect(inferred).toEqual([]);
  });
});

describe('numbers', () => {
  it('counts parameters, moving statistics, work and memory', () => {
    const { nodes, totals } = analyse({ document: create('digits-cnn'), dataset: DIGITS });
    expect(nodes.get('n2')).toMatchObject({
      outputShape: [8, 8, 16],
      params: { trainable: 160, nonTrainable: 0 },
      macs: 8 * 8 * 16 * 9,
      activationBytes: 8 * 8 * 16 * 4,
    });
    const params = 160 + (9 * 16 * 32 + 32) + (128 * 10 + 10);
    expect(totals).toMatchObject({ params, trainable: params, weightBytes: 4 * params * 4 });
    expect(totals.bytes).toBe(totals.weightBytes + totals.activationBytes);
    expect(analyse({ document: create('digits-resnet'), dataset: null }).totals.nonTrainable).toBe(
      2 * (3 * 16 + 3 * 32),
    );
  });

  it('counts the weights of attention as BERT base has them, and its work', () => {
    const attention = (shape: number[], params: object) =>
      analyse({
        document: chain(['Input', { shape }], ['MultiHeadAttention', { ...params }]),
        dataset: null,
      }).nodes.get('n2');
    expect(attention([128, 768], { numHeads: 12, keyDim: 64 })?.params.trainable).toBe(4 * (768 * 768 + 768));
    // Four products with weights, and for each pair of positions one product and one sum over all heads.
    expect(attention([64, 64], { numHeads: 4, keyDim: 16 })?.macs).toBe(4 * 64 * 64 * 64 + 2 * 64 * 64 * 64);
  });

  it('keeps fewer copies of the weights for plain SGD', () => {
    const adam = create('digits-mlp');
    const sgd = edited(adam, 'setTraining', { training: { optimizer: { name: 'sgd', momentum: 0 } } });
    const bytes = (document: LoomDocument) => analyse({ document, dataset: null }).totals.weightBytes;
    expect(bytes(adam) / bytes(sgd)).toBe(2);
  });

  it('works out receptive fields as Araujo et al. do', () => {
    const fields = (id: string) =>
      [...analyse({ document: create(id), dataset: null }).nodes.values()].map((node) => node.receptiveField);
    // LeNet-5: 5, then 5 + 1·1, then 6 + 4·2, then 14 + 1·2.
    expect(fields('lenet5').slice(0, 6)).toEqual([[1, 1], [5, 5], [6, 6], [14, 14], [16, 16], null]);
    const vgg = fields('vgg11').filter((field) => field !== null);
    expect(vgg.at(-1)).toEqual([150, 150]);
    // The deeper branch decides at an Add.
    const resnet = analyse({ document: create('digits-resnet'), dataset: null });
    expect(resnet.nodes.get('n10')?.receptiveField).toEqual([7, 7]);
  });
});

describe('topology', () => {
  it('sorts sources before targets, the same whatever order layers were added in', () => {
    const graph = graphOf(create('digits-resnet'));
    const { order, cyclic } = sortNodes(graph);
    const place = new Map(order.map((id, i) => [id, i]));
    for (const edge of Object.values(graph.edges))
      expect(place.get(edge.source) ?? 0).toBeLessThan(place.get(edge.target) ?? 0);
    expect(cyclic).toEqual([]);
    const shuffled = { ...graph, nodes: Object.fromEntries(Object.entries(graph.nodes).reverse()) };
    expect(sortNodes(shuffled).order).toEqual(order);
  });

  it('names the nodes of a circle and not those behind it', () => {
    const document = tamper(chain(['Input'], ['Add'], ['ReLU'], ['Softmax'], ['Output']), (graph) => {
      graph.edges.e9 = { id: 'e9', source: 'n3', sourcePort: 'out', target: 'n2', targetPort: 'in', order: 1 };
    });
    expect(sortNodes(graphOf(document))).toEqual({ order: ['n1', 'n2', 'n3', 'n4', 'n5'], cyclic: ['n2', 'n3'] });
  });

  it('allows a wire into a taken input, which then changes hands', () => {
    const graph = graphOf(wire(chain(['Input'], ['Dense'], ['Add']), 'n1', 'n3'));
    expect(canConnect(graph, { nodeId: 'n1', port: 'out' }, { nodeId: 'n2', port: 'in' }, {}).ok).toBe(false);
    const two = graphOf(edited(chain(['Input'], ['Dense']), 'addNode', { type: 'Input', position: { x: 0, y: 120 } }));
    expect(canConnect(two, { nodeId: 'n3', port: 'out' }, { nodeId: 'n2', port: 'in' }, {})).toEqual({
      ok: true,
      value: null,
    });
  });

  it('leads a wire let go over a layer to its first free input', () => {
    const port = (document: LoomDocument) => freeInput(graphOf(document), { id: 'n3', type: 'MultiHeadAttention' }, {});
    let document = chain(['Input', { shape: [4, 8] }], ['Dense'], ['MultiHeadAttention']);
    expect(port(document)?.name).toBe('value');
    for (const [source, targetPort] of [
      ['n1', 'value'],
      ['n1', 'key'],
    ] as const)
      document = edited(document, 'connect', { source, sourcePort: 'out', target: 'n3', targetPort });
    expect(port(document)?.name).toBe('query');
    expect(freeInput(graphOf(document), { id: 'n2', type: 'Add' }, {})?.name).toBe('in');
    expect(analyse({ document, dataset: null }).nodes.get('n3')?.outputShape).toEqual([4, 32]);
  });

  it('offers the layers that take a map, and those that take a vector', () => {
    expect(compatibleTypes([8, 8, 1])).toEqual(expect.arrayContaining(['Conv2D', 'Flatten', 'Dense', 'Add']));
    expect(compatibleTypes([8, 8, 1])).not.toContain('Input');
    expect(compatibleTypes([4])).not.toContain('Conv2D');
    expect(compatibleTypes(null)).toContain('LSTM');
  });
});
