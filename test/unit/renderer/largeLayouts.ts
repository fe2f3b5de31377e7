import type { LayoutEdge, LayoutRequest } from '../../../renderer/actions/layout/layoutTypes.ts';

export const COUNT = 1000;
export const CANVAS = { width: 900, height: 500 };

const wire = (from: number, to: number, skip = false): LayoutEdge => ({ source: `n${from}`, target: `n${to}`, skip });
const chain = Array.from({ length: COUNT - 1 }, (_, i) => wire(i, i + 1));
const last = COUNT - 1;

/** Wirings of a thousand layers that differ in depth and width. */
const WIRINGS = {
  chain,
  wide: Array.from({ length: COUNT - 2 }, (_, i) => [wire(0, i + 1), wire(i + 1, last)]).flat(),
  residual: [...chain, ...Array.from({ length: Math.floor(last / 3) }, (_, i) => wire(3 * i, 3 * i + 3, true))],
  'one skip over all': [...chain, wire(0, last, true)],
  'two towers': [
    ...Array.from({ length: COUNT - 3 }, (_, i) => wire(i, i + 2)),
    wire(COUNT - 3, last),
    wire(COUNT - 2, last),
  ],
  'branches of four': Array.from({ length: COUNT - 2 }, (_, i) => [
    i % 4 === 0 ? wire(0, i + 1) : wire(i, i + 1),
    ...(i % 4 === 3 ? [wire(i + 1, last)] : []),
  ]).flat(),
  'no wires': [],
};

export type Wiring = keyof typeof WIRINGS;

/** What layout is asked for each of them. */
export function largeRequests(): readonly (readonly [Wiring, LayoutRequest])[] {
  const nodes = Array.from({ length: COUNT }, (_, i) => ({ id: `n${i}`, width: 140, height: 72 }));
  return (Object.keys(WIRINGS) as Wiring[]).map((name) => [name, { nodes, edges: WIRINGS[name], canvas: CANVAS }]);
}
