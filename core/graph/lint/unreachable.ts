import type { LayerNode, LoomDocument } from '../../document/index.ts';
import type { Problem } from '../../errors.ts';
import { graphById, pathsOfUses, type UseStep } from '../expand/index.ts';
import { nodeById } from '../topology.ts';
import { defineRule, type LintContext } from './defineRule.ts';
import { deleteNode } from './fixes.ts';
import { say } from './trace.ts';

/**
 * Layers on no path from an Input to an Output: they are left out of the network, which is rarely meant. Where that is so of all layers of a use
 * of a block, it is told of the use: its definition may be right in others.
 */
export const unreachable = defineRule({
  name: 'unreachable',
  *check(context) {
    const { graph, order, inferred, active, cyclic } = context;
    if (active.size === 0) return;
    // Rarely wanted, and as long as the network.
    let outside: ReturnType<typeof usesOutside> | null = null;
    const told = new Set<string>();
    for (const id of order) {
      const node = nodeById(graph, id);
      if (node === undefined || active.has(id) || node.type === 'Output' || cyclic.includes(id)) continue;
      outside ??= usesOutside(context);
      const use = outside.get(id);
      if (use !== undefined) {
        if (told.has(use.path)) continue;
        told.add(use.path);
        if (use.node !== undefined && !use.starved) yield leftOut(use.path, use.node);
        continue;
      }
      if ((inferred.get(id)?.unconnected.length ?? 0) === 0) yield leftOut(id, node);
    }
  },
});

function leftOut(id: string, node: Pick<LayerNode, 'name'>): Problem {
  return {
    code: 'unreachable',
    severity: 'warning',
    title: 'Left out',
    message: `${say(node)} is not on a path from an Input to an Output, so it is left out of the network. Connect what follows from it, or delete it.`,
    nodeId: id,
    fixes: [deleteNode(`Delete ${say(node)}`, id)],
  };
}

interface UseOutside {
  readonly path: string;
  readonly node: LayerNode | undefined;
  /** Nothing arrives at one of its ports, which is told there. */
  readonly starved: boolean;
}

/** For each layer within a use that has no layer in the network, the outermost such use. */
function usesOutside({ active, document, flat }: LintContext): ReadonlyMap<string, UseOutside> {
  const inside = new Set<string>();
  for (const id of active) {
    const origin = flat.origins.get(id);
    if (origin !== undefined) for (const path of pathsOfUses(origin)) inside.add(path);
  }
  const starved = new Set([...flat.starved.values()].map(({ open }) => open.at));
  const known = new Map<string, UseOutside>();
  const found = new Map<string, UseOutside>();
  for (const [id, origin] of flat.origins) {
    const level = pathsOfUses(origin).findIndex((path) => !inside.has(path));
    if (level < 0) continue;
    const path = pathsOfUses(origin)[level] ?? '';
    const use = known.get(path) ?? { path, node: nodeOf(document, origin.uses[level]), starved: starved.has(path) };
    known.set(path, use);
    found.set(id, use);
  }
  return found;
}

function nodeOf(document: LoomDocument, step: UseStep | undefined): LayerNode | undefined {
  return step === undefined ? undefined : graphById(document, step.graph)?.nodes[step.node];
}
