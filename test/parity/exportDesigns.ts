import { defaultParams, findLayer } from '../../core/catalogue/index.ts';
import { emptyDocument, type LoomDocument } from '../../core/document/index.ts';
import type { WeightMap } from '../../core/formats/index.ts';
import { layerPorts, resolveNetwork } from '../../core/graph/index.ts';
import { type Shape, sizeOf } from '../../core/tensor/index.ts';
import type { LayerCase } from '../conformance/layerCase.ts';

/** Numbers that look random and are the same every time, about -1..1. */
export function wobble(count: number, phase: number): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => {
    const x = Math.sin((i + 1) * 12.9898 + phase * 78.233) * 43758.5453;
    return (x - Math.floor(x)) * 2 - 1;
  });
}

/** Weights for every layer of a design: none zero, moving statistics included, sized so that signals neither fade nor explode. */
export function wobblyWeights(document: LoomDocument): WeightMap {
  const network = resolveNetwork(document);
  if (!network.ok) throw new Error(network.error.message);
  const weights = new Map<string, { shape: Shape; data: Float32Array }>();
  for (const { name: layer, weights: specs } of network.value.layers)
    for (const { name, shape } of specs) {
      const fanIn = Math.max(1, sizeOf(shape) / (shape.at(-1) ?? 1));
      const raw = wobble(sizeOf(shape), weights.size);
      const data = raw.map((x) => {
        if (name.includes('variance')) return 0.6 + 0.4 * Math.abs(x);
        if (name === 'gamma') return 1 + 0.3 * x;
        return shape.length > 1 ? (1.7 * x) / Math.sqrt(fanIn) : 0.3 * x;
      });
      weights.set(`${layer}/${name}`, { shape, data });
    }
  return weights;
}

/** A layer that is read at its first output, or at the output named. */
export type Read = string | { readonly node: string; readonly port: string };

export interface BuiltNode {
  readonly type: string;
  readonly name: string;
  readonly params: object;
  readonly reads: readonly Read[];
}

export function designOf(title: string, nodes: readonly BuiltNode[]): LoomDocument {
  const document = emptyDocument(title);
  const made = nodes.map(({ type, name, params }, i) => {
    const definition = findLayer(type);
    if (!definition) throw new Error(`no layer ${type}`);
    const all = { ...defaultParams(definition), ...params };
    return { id: name, type, typeVersion: 1, name, params: all, position: { x: 200 * i, y: 0 } };
  });
  const output = new Map(made.map((node) => [node.id, layerPorts(node).outputs[0]?.name ?? 'out']));
  const edges = nodes.flatMap(({ type, name, reads }) =>
    reads.map((read, order) => {
      const { node: source, port } = typeof read === 'string' ? { node: read, port: output.get(read) ?? 'out' } : read;
      const id = `${source}-${name}-${order}`;
      return { id, source, sourcePort: port, target: name, ...place(type, order) };
    }),
  );
  const byId = <T extends { readonly id: string }>(items: readonly T[]) =>
    Object.fromEntries(items.map((item) => [item.id, item]));
  return { ...document, graphs: { main: { id: 'main', nodes: byId(made), edges: byId(edges) } } };
}

/** Where the wire of this number meets a layer: one of many at its only input, or an input of its own. */
function place(type: string, wire: number): { targetPort: string; order: number } {
  const inputs = findLayer(type)?.inputs ?? [];
  const many = inputs[0]?.arity === 'many';
  return { targetPort: inputs[many ? 0 : wire]?.name ?? 'in', order: many ? wire : 0 };
}

export interface CaseDesign {
  readonly document: LoomDocument;
  /** Name of the layer of each case, in the order of the outputs; and of the inputs it reads. */
  readonly cases: readonly { readonly layer: string; readonly inputs: readonly string[]; readonly from: LayerCase }[];
}

/** One design that holds every case: each with inputs and an output of its own, so that one file tests them all. */
export function caseDesign(title: string, cases: readonly LayerCase[]): CaseDesign {
  const placed = cases.map((from, i) => ({
    from,
    layer: `case${i}`,
    inputs: from.inputs.map((_, k) => `in${i}_${k}`),
  }));
  const nodes = placed.flatMap(({ from, layer, inputs }, i) => [
    ...inputs.map((name, k) => ({ type: 'Input', name, params: { shape: [...(from.inputs[k] ?? [])] }, reads: [] })),
    { type: from.type, name: layer, params: from.params, reads: inputs },
    { type: 'Output', name: `out${i}`, params: { loss: 'meanSquaredError' }, reads: [layer] },
  ]);
  return { document: designOf(title, nodes), cases: placed };
}
