import type { LoomDocument } from '../../document/index.ts';
import { type SafetensorsFile, type WeightMap, weightsOfSafetensors } from '../../formats/index.ts';
import { expand, resolve } from '../../graph/index.ts';
import { type Shape, sizeOf } from '../../tensor/index.ts';

/**
 * Goes into the metadata of every file of weights. Files without it are older: in them gamma and beta of a layer norm over several axes have
 * these in the order in which the design names them; now in ascending order, as in Keras.
 */
export const LAYOUT: { readonly [key: string]: string } = { layout: '2' };

/**
 * The tensors of a file of weights, slots of an optimiser among them, laid out as they are now.
 * @param document asked for the design only where the file is an older one
 */
export async function inPresentLayout(
  file: SafetensorsFile,
  document: () => Promise<LoomDocument>,
): Promise<WeightMap> {
  const tensors = weightsOfSafetensors(file);
  if (file.metadata.layout !== undefined) return tensors;
  const orders = axisOrders(await document());
  if (orders.size === 0) return tensors;
  return new Map(
    [...tensors].map(([key, tensor]) => {
      const [, name = ''] = /^(?:weight\/|slot\/)?([^/]+)\/(?:gamma|beta)(?:\/|$)/.exec(key) ?? [];
      const order = orders.get(name);
      return [key, order && order.length === tensor.shape.length ? reordered(tensor, order) : tensor] as const;
    }),
  );
}

/** For each layer norm that does not name its axes in ascending order: which of its axes comes first, second … */
function axisOrders(document: LoomDocument): ReadonlyMap<string, readonly number[]> {
  const orders = new Map<string, readonly number[]>();
  const { graph, inferred } = resolve(expand(document).graph);
  for (const node of Object.values(graph.nodes)) {
    const rank = inferred.get(node.id)?.inputShapes[0]?.length;
    if (node.type !== 'LayerNorm' || rank === undefined || !Array.isArray(node.params.axis)) continue;
    const axes = node.params.axis.map((axis) => (Number(axis) < 0 ? Number(axis) + rank + 1 : Number(axis)));
    const order = axes.map((_, i) => i).sort((a, b) => (axes[a] ?? 0) - (axes[b] ?? 0));
    if (order.some((from, to) => from !== to)) orders.set(node.name, order);
  }
  return orders;
}

/** A tensor with its axes in another order. */
function reordered(
  { shape, data }: { readonly shape: Shape; readonly data: Float32Array },
  order: readonly number[],
): { readonly shape: Shape; readonly data: Float32Array } {
  const turned = order.map((axis) => shape[axis] ?? 1);
  const strides = order.map((axis) => sizeOf(shape.slice(axis + 1)));
  const values = Float32Array.from(data, (_, i) => {
    let [rest, at] = [i, 0];
    for (let axis = turned.length - 1; axis >= 0; axis--) {
      const size = turned[axis] ?? 1;
      at += (rest % size) * (strides[axis] ?? 0);
      rest = Math.floor(rest / size);
    }
    return data[at] ?? 0;
  });
  return { shape: turned, data: values };
}
