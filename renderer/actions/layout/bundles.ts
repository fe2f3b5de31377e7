import { type Box, COLUMN_GAP, LANE_GAP, type LayoutEdge, type LayoutNode, shifted } from './layoutTypes.ts';
import { type Wiring, wiringOf } from './wiring.ts';

/** From so many like branches on, they are packed into a grid: stacked they would be higher than a screen. */
const MANY = 9;

/** Several layers that are placed as one, and where each of them is in it. */
interface Pack extends LayoutNode {
  readonly boxes: readonly Box[];
}

/** A graph in which every large bundle of parallel branches is one node. */
export interface Packed {
  readonly nodes: readonly LayoutNode[];
  readonly edges: readonly LayoutEdge[];
  /** Puts the layers of the bundles where the bundles came to lie. */
  readonly unpack: (placed: readonly Box[]) => readonly Box[];
}

/**
 * Packs branches that lead from the same layers to the same layers (a thousand experts, a hundred heads) into grids of the canvas's shape;
 * each branch is a chain of one layer or more.
 */
export function packBundles(nodes: readonly LayoutNode[], edges: readonly LayoutEdge[], aspect: number): Packed {
  const wiring = wiringOf(nodes, edges);
  const packs = bundles(nodes, wiring).map((branches) => grid(branches.map(inLine), aspect));
  if (packs.length === 0) return { nodes, edges, unpack: (placed) => placed };
  const packOf = new Map(packs.flatMap((pack) => pack.boxes.map((box) => [box.id, pack] as const)));
  const nameOf = (id: string) => packOf.get(id)?.id ?? id;
  const byName = new Map(packs.map((pack) => [pack.id, pack]));
  const outside = edges.filter(({ source, target }) => nameOf(source) !== nameOf(target));
  return {
    nodes: [...new Set(nodes.map((node) => packOf.get(node.id) ?? node))],
    edges: outside.map((edge) => ({ ...edge, source: nameOf(edge.source), target: nameOf(edge.target) })),
    unpack: (placed) =>
      placed.flatMap((box) => byName.get(box.id)?.boxes.map((inner) => shifted(inner, box.left, box.top)) ?? [box]),
  };
}

function bundles(nodes: readonly LayoutNode[], wiring: Wiring): readonly (readonly (readonly LayoutNode[])[])[] {
  const groups = new Map<string, (readonly LayoutNode[])[]>();
  for (const branch of chains(nodes, wiring)) {
    const from = wiring.sources.get(branch[0]?.id ?? '') ?? [];
    const to = wiring.targets.get(branch.at(-1)?.id ?? '') ?? [];
    // Of a branch with many ends the key would be as long as the graph; such a one has no twins worth a grid.
    if (from.length + to.length > MANY) continue;
    const key = JSON.stringify([[...from].sort(), [...to].sort()]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [branch]);
    else group.push(branch);
  }
  return [...groups.values()].filter((group) => group.length >= MANY);
}

/** The chains of a graph: of layers with one wire in and one out between them. */
function chains(nodes: readonly LayoutNode[], { sources, targets }: Wiring): readonly (readonly LayoutNode[])[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const only = (ids: readonly string[] | undefined) => (ids?.length === 1 ? ids[0] : undefined);
  const before = (id: string) => {
    const source = only(sources.get(id));
    return source !== undefined && only(targets.get(source)) === id ? source : undefined;
  };
  return nodes.flatMap((node) => {
    if (before(node.id) !== undefined) return [];
    const chain = [node];
    for (let last = node; ; ) {
      const target = only(targets.get(last.id));
      const next = target !== undefined && before(target) === last.id ? byId.get(target) : undefined;
      if (next === undefined || next === node) return [chain];
      chain.push(next);
      last = next;
    }
  });
}

function inLine(branch: readonly LayoutNode[]): Pack {
  const height = branch.reduce((most, node) => Math.max(most, node.height), 0);
  let left = 0;
  const boxes = branch.map(({ id, width, height: own }) => {
    const top = (height - own) / 2;
    const box = { id, left, right: left + width, top, bottom: top + own };
    left += width + COLUMN_GAP;
    return box;
  });
  return { id: `bundle of ${branch[0]?.id ?? ''}`, width: left - COLUMN_GAP, height, boxes };
}

/** Branches in as many columns as bring the grid closest to the canvas's shape. */
function grid(branches: readonly Pack[], aspect: number): Pack {
  const width = branches.reduce((most, branch) => Math.max(most, branch.width), 0) + COLUMN_GAP;
  const height = branches.reduce((most, branch) => Math.max(most, branch.height), 0) + LANE_GAP;
  const columns = Math.max(
    1,
    Math.min(branches.length, Math.round(Math.sqrt((branches.length * aspect * height) / width))),
  );
  const rows = Math.ceil(branches.length / columns);
  const boxes = branches.flatMap((branch, i) =>
    branch.boxes.map((box) => shifted(box, (i % columns) * width, Math.floor(i / columns) * height)),
  );
  return {
    id: branches[0]?.id ?? '',
    width: columns * width - COLUMN_GAP,
    height: rows * height - LANE_GAP,
    boxes,
  };
}
