import type { LayoutEdge, LayoutNode } from './layoutTypes.ts';

/** Who is wired to whom. */
export interface Wiring {
  readonly sources: ReadonlyMap<string, readonly string[]>;
  readonly targets: ReadonlyMap<string, readonly string[]>;
}

/** The neighbours of every node, each once. */
export function wiringOf(nodes: readonly { readonly id: string }[], edges: readonly LayoutEdge[]): Wiring {
  const sources = new Map<string, Set<string>>(nodes.map(({ id }) => [id, new Set()]));
  const targets = new Map<string, Set<string>>(nodes.map(({ id }) => [id, new Set()]));
  for (const { source, target } of edges) {
    if (source === target || !sources.has(source) || !sources.has(target)) continue;
    sources.get(target)?.add(source);
    targets.get(source)?.add(target);
  }
  const lists = (sets: ReadonlyMap<string, ReadonlySet<string>>) =>
    new Map([...sets].map(([id, set]) => [id, [...set]] as const));
  return { sources: lists(sources), targets: lists(targets) };
}

/** The parts of a graph that no wire joins, each in the order of its nodes. */
export function connectedParts(
  nodes: readonly LayoutNode[],
  { sources, targets }: Wiring,
): readonly (readonly LayoutNode[])[] {
  const partOf = new Map<string, number>();
  let parts = 0;
  for (const { id: start } of nodes) {
    if (partOf.has(start)) continue;
    const open = [start];
    partOf.set(start, parts);
    for (let id = open.pop(); id !== undefined; id = open.pop())
      for (const next of [...(sources.get(id) ?? []), ...(targets.get(id) ?? [])]) {
        if (partOf.has(next)) continue;
        partOf.set(next, parts);
        open.push(next);
      }
    parts += 1;
  }
  const lists: LayoutNode[][] = Array.from({ length: parts }, () => []);
  for (const node of nodes) lists[partOf.get(node.id) ?? 0]?.push(node);
  return lists;
}

/** Each node's distance from the beginning along the longest path. Nodes of a cycle come after what leads into it. */
export function ranks(nodes: readonly LayoutNode[], { sources, targets }: Wiring): ReadonlyMap<string, number> {
  const waiting = new Map(nodes.map(({ id }) => [id, sources.get(id)?.length ?? 0]));
  const rank = new Map<string, number>();
  const ready = nodes.filter(({ id }) => waiting.get(id) === 0).map(({ id }) => id);
  const settle = (id: string) => {
    rank.set(id, (sources.get(id) ?? []).reduce((most, source) => Math.max(most, rank.get(source) ?? -1), -1) + 1);
    for (const target of targets.get(id) ?? []) {
      const left = (waiting.get(target) ?? 0) - 1;
      waiting.set(target, left);
      if (left === 0 && !rank.has(target)) ready.push(target);
    }
  };
  const drain = () => {
    for (let next = 0; next < ready.length; next++) settle(ready[next] ?? '');
    ready.length = 0;
  };
  drain();
  for (const { id } of nodes) {
    if (rank.has(id)) continue;
    settle(id);
    drain();
  }
  return rank;
}
