import type { NetworkLayer } from '../../graph/index.ts';

/**
 * Layers in the order in which Keras numbers them when it loads weights. Its weight paths count layers by class (`conv2d`,
 * `conv2d_1`, ...) along `model.layers`, which is not the order of the config: layers are sorted by their longest distance from an
 * output, and among equals by when a depth-first walk from the outputs first meets them (`map_graph` in keras/src/ops/function.py).
 */
export function kerasLoadOrder(outputs: readonly NetworkLayer[]): readonly NetworkLayer[] {
  const { met, finished } = walk(outputs);
  const depth = new Map<NetworkLayer, number>();
  // Sources finish before their targets, so from the end every layer's depth is final when it is read.
  for (const layer of finished.toReversed()) {
    const own = depth.get(layer) ?? 0;
    depth.set(layer, own);
    for (const source of layer.sources) depth.set(source.layer, Math.max(own + 1, depth.get(source.layer) ?? 0));
  }
  const position = new Map(met.map((layer, index) => [layer, index]));
  const at = (map: ReadonlyMap<NetworkLayer, number>, layer: NetworkLayer) => map.get(layer) ?? 0;
  return met.toSorted((a, b) => at(depth, b) - at(depth, a) || at(position, a) - at(position, b));
}

/** Depth-first from each output in turn; without recursion, because graphs can be thousands of layers deep. */
function walk(outputs: readonly NetworkLayer[]): { met: NetworkLayer[]; finished: NetworkLayer[] } {
  const met = new Set<NetworkLayer>();
  const finished: NetworkLayer[] = [];
  for (const output of outputs) {
    if (met.has(output)) continue;
    met.add(output);
    const stack = [{ layer: output, next: 0 }];
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const source = top.layer.sources[top.next++]?.layer;
      if (source === undefined) {
        finished.push(top.layer);
        stack.pop();
      } else if (!met.has(source)) {
        met.add(source);
        stack.push({ layer: source, next: 0 });
      }
    }
  }
  return { met: [...met], finished };
}
