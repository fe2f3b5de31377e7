import type { LayerNode } from '../../document/index.ts';
import { PITCH, reachable } from '../../graph/index.ts';
import { boxAround, middleOf } from './layout.ts';
import { type GraphDraft, plain } from './nodes.ts';
import { isTaken, type Position } from './room.ts';

/**
 * Where the layers of a block stand that come in place of a use: around its place, one repetition right of the other. Where they would touch
 * something, they begin at its place, and what follows moves right. A use that stands where its layers were grouped gives them back their places.
 */
export function placesFor(
  graph: GraphDraft,
  use: LayerNode,
  layers: readonly LayerNode[],
  repeat: number,
): (layer: LayerNode, iteration: number) => Position {
  const middle = middleOf(layers);
  const { from, to } = boxAround(layers);
  const step = to.x - from.x + PITCH.x;
  const more = step * repeat - PITCH.x;
  const around = { x: use.position.x - middle.x, y: use.position.y - middle.y };
  if (repeat === 1 && around.x === 0 && around.y === 0) return ({ position }) => ({ ...position });
  const at =
    (x: number) =>
    ({ position }: LayerNode, iteration: number): Position => ({
      x: position.x + x + iteration * step,
      y: position.y + around.y,
    });
  const centred = at(around.x - (step * (repeat - 1)) / 2);
  const self = new Set([use.id]);
  const iterations = Array.from({ length: repeat }, (_, i) => i);
  if (!layers.some((layer) => iterations.some((i) => isTaken(graph, centred(layer, i), self)))) return centred;
  for (const id of reachable(plain(graph), [use.id], 'down')) {
    const following = graph.nodes[id];
    if (id !== use.id && following !== undefined) following.position.x += more;
  }
  return at(use.position.x - from.x);
}
