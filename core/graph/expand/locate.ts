import type { Fix, Problem } from '../../errors.ts';
import { type FlatGraph, type Origin, pathsOfUses } from './flatGraph.ts';

/**
 * Problems of the flat graph as a person meets them: what is wrong inside a block is told once, of the node in its definition, with the graph
 * that holds it and the path on which it was found. Fixes speak of the main graph, so that those that would edit another are left out.
 */
export function locateProblems(problems: readonly Problem[], { origins }: FlatGraph): readonly Problem[] {
  if (origins.size === 0) return problems;
  const told = new Map<string, number>();
  const located: Problem[] = [];
  for (const problem of problems) {
    const found = locate(problem, origins);
    if (found.graph !== undefined) {
      const key = JSON.stringify([found.code, found.graph, found.nodeId, found.port, found.param]);
      const times = told.get(key) ?? 0;
      told.set(key, times + 1);
      if (times > 0) continue;
    }
    located.push(found);
  }
  return located;
}

function locate(problem: Problem, origins: ReadonlyMap<string, Origin>): Problem {
  const { nodeId, edgeId, fixes = [], ...rest } = problem;
  const node = nodeId === undefined ? undefined : origins.get(nodeId);
  const edge = edgeId === undefined ? undefined : origins.get(edgeId);
  const kept = fixes.filter((fix) => !names(fix, origins));
  if (node === undefined && edge === undefined && kept.length === fixes.length) return problem;
  const at = node ?? edge;
  return {
    ...rest,
    ...(at !== undefined && at.uses.length > 0 && { graph: at.graph, path: nodeId ?? edgeId, within: pathsOfUses(at) }),
    ...(nodeId !== undefined && { nodeId: node?.node ?? nodeId }),
    ...(edgeId !== undefined && { edgeId: edge?.node ?? edgeId }),
    ...(kept.length > 0 && { fixes: kept }),
  };
}

/** Whether a fix speaks of something that does not stand in the main graph. */
function names(value: Fix | unknown, origins: ReadonlyMap<string, Origin>): boolean {
  if (typeof value === 'string') return origins.has(value);
  return typeof value === 'object' && value !== null && Object.values(value).some((item) => names(item, origins));
}
