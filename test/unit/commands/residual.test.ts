import { describe, expect, it } from 'vitest';
import { applyCommand } from '../../../core/commands/index.ts';
import { blockPorts, type LayerNode, type LoomDocument } from '../../../core/document/index.ts';
import { analyse, graphOf, incomingEdges, residualEdit } from '../../../core/graph/index.ts';
import type { Shape } from '../../../core/tensor/index.ts';
import { applied, edited, refusal } from '../../edits.ts';
import { chain, type Step } from '../graph/smallDesigns.ts';
import { graphIn, nestedDesign } from './nestedDesign.ts';

const design = (shape: Shape, ...layers: readonly Step[]) =>
  chain(['Input', { shape: [...shape] }], ...layers, ['Flatten'], ['Output', { loss: 'meanSquaredError' }]);
const errors = (document: LoomDocument) =>
  analyse({ document, dataset: null }).problems.filter(({ severity }) => severity === 'error');

/** Everything between the Input and the Flatten, wrapped with what is proposed for it. */
function wrapped(document: LoomDocument, nodeIds: readonly string[]) {
  const { nodes } = analyse({ document, dataset: null });
  const proposed = residualEdit(
    graphOf(document),
    nodeIds,
    document.graphs,
    ({ nodeId }) => nodes.get(nodeId)?.outputShape ?? null,
  );
  if (!proposed.ok) return proposed;
  return applyCommand(document, proposed.value);
}

describe('layers wrapped as residual', () => {
  const conv = (filters: number, strides: number, padding = 'same'): Step => [
    'Conv2D',
    { filters, kernelSize: [3, 3], strides: [strides, strides], padding },
  ];
  it.each([
    ['keep their shape', design([8, 8, 4], conv(4, 1), ['ReLU']), ['n2', 'n3'], []],
    ['change channels', design([8, 8, 4], conv(6, 1)), ['n2'], ['Conv2D 1,1 1,1']],
    ['stride', design([8, 8, 4], conv(6, 2), conv(6, 1)), ['n2', 'n3'], ['Conv2D 1,1 2,2']],
    ['lose their border', design([8, 8, 1], conv(16, 1, 'valid')), ['n2'], ['AveragePool2D 3,3 1,1', 'Conv2D 1,1 1,1']],
    ['lose their border alone', design([8, 8, 4], conv(4, 1, 'valid')), ['n2'], ['AveragePool2D 3,3 1,1']],
    ['are vectors', design([5], ['Dense', { units: 7 }]), ['n2'], ['Dense 7']],
    [
      'are sequences',
      design([12, 3], ['Conv1D', { filters: 5, kernelSize: [3], strides: [3], padding: 'same' }]),
      ['n2'],
      ['Conv1D 1 3'],
    ],
  ] as const)('that %s', (_, document, nodeIds, shortcut) => {
    expect(errors(document)).toEqual([]);
    const done = wrapped(document, nodeIds);
    if (!done.ok) throw new Error(done.error.message);
    const graph = graphOf(done.value.document);
    const [add = '', ...onShortcut] = done.value.created;
    expect(graph.nodes[add]?.type).toBe('Add');
    const said = onShortcut.map((id) => {
      const node = graph.nodes[id];
      const params: LayerNode['params'] = node?.params ?? {};
      return [node?.type, params.units ?? params.kernelSize ?? params.poolSize, params.strides]
        .filter((part) => part !== undefined)
        .join(' ');
    });
    expect(said).toEqual(shortcut);
    expect(errors(done.value.document)).toEqual([]);
    // The sum stands where the last layer stood: same shape, read by the same.
    const { nodes } = analyse({ document: done.value.document, dataset: null });
    const last = nodeIds.at(-1) ?? '';
    expect(nodes.get(add)?.outputShape).toEqual(nodes.get(last)?.outputShape);
    expect(incomingEdges(graph, add).map(({ source }) => source)).toEqual([last, onShortcut.at(-1) ?? 'n1']);
    const back = edited(done.value.document, 'unwrapResidual', { nodeId: add });
    const wires = (one: LoomDocument) =>
      Object.values(graphOf(one).edges)
        .map(({ source, target }) => [source, target])
        .sort();
    expect(wires(back)).toEqual(wires(document));
    expect(Object.keys(graphOf(back).nodes)).toEqual(Object.keys(graphOf(document).nodes));
  });

  it('are refused with a sentence where no shortcut fits', () => {
    const grows = wrapped(design([4, 4, 3], ['UpSampling2D']), ['n2']);
    expect(!grows.ok && grows.error.code).toBe('residual-shapes');
    const ranks = wrapped(design([4, 4, 3], ['GlobalAveragePool2D']), ['n2']);
    expect(!ranks.ok && ranks.error.message).toMatch(/not the same number of axes/);
    const nested = nestedDesign();
    expect(refusal(nested, 'wrapResidual', { nodeIds: ['n4'] }).message).toMatch(
      /left from “halves” and “halves”|left from/,
    );
    expect(refusal(nested, 'wrapResidual', { nodeIds: ['n1'] }).message).toMatch(/samples enter or leave/);
    expect(refusal(nested, 'wrapResidual', { nodeIds: [] }).code).toBe('nothing-selected');
    expect(refusal(nested, 'unwrapResidual', { nodeId: 'n2' }).code).toBe('residual-none');
    expect(refusal(nested, 'wrapResidual', { nodeIds: ['n2', 'n6'] }).code).toBe('residual-run');
  });

  it('are unwrapped inside a block too', () => {
    const { document } = applied(nestedDesign(), 'unwrapResidual', { graph: 'residual', nodeId: 'a' });
    const graph = graphIn(document, 'residual');
    const [out] = blockPorts(graph).outputs;
    expect(incomingEdges(graph, out?.id ?? '').map(({ source }) => source)).toEqual(['d']);
  });
});
