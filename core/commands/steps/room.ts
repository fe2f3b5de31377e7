import { CARD, PITCH, reachable } from '../../graph/index.ts';
import { type GraphDraft, type NodeDraft, plain } from './nodes.ts';

export interface Position {
  readonly x: number;
  readonly y: number;
}

/** Whether a card at this place would touch another one. */
export function isTaken(graph: GraphDraft, place: Position, except: ReadonlySet<string> = new Set()): boolean {
  return Object.values(graph.nodes).some(
    (node) =>
      !except.has(node.id) &&
      Math.abs(node.position.x - place.x) < CARD.width &&
      Math.abs(node.position.y - place.y) < CARD.height,
  );
}

/** The nearest free place above or below, above first. */
export function freePlace(graph: GraphDraft, wanted: Position, except: ReadonlySet<string> = new Set()): Position {
  for (let step = 0; step < 40; step++)
    for (const sign of step === 0 ? [1] : [-1, 1]) {
      const place = { x: wanted.x, y: wanted.y + sign * step * PITCH.y };
      if (!isTaken(graph, place, except)) return place;
    }
  return wanted;
}

/** Moves a node and everything that follows from it to the right. */
export function shiftRight(graph: GraphDraft, nodeId: string, by: number): void {
  for (const id of reachable(plain(graph), [nodeId], 'down')) {
    const node = graph.nodes[id];
    if (node !== undefined) node.position.x += by;
  }
}

/**
 * Where a layer between two others goes: halfway where there is room, else one step right of the first, and what follows
 * moves right.
 */
export function placeBetween(graph: GraphDraft, source: NodeDraft, target: NodeDraft): Position {
  const gap = target.position.x - source.position.x;
  const roomy = gap >= 2 * PITCH.x - 20;
  const x = roomy ? (source.position.x + target.position.x) / 2 : source.position.x + PITCH.x;
  const y = roomy ? (source.position.y + target.position.y) / 2 : source.position.y;
  if (!roomy) shiftRight(graph, target.id, 2 * PITCH.x - Math.max(gap, 0));
  return freePlace(graph, { x, y });
}
