import type { LoomDocument } from '../../document/index.ts';
import { batch, idsIn, inGraph, type SingleEdit, withIds } from '../../edits.ts';
import type { Fix, Problem } from '../../errors.ts';
import { formulasIn } from '../../expressions/index.ts';
import type { JsonValue } from '../../json.ts';
import { type FlatGraph, graphById, type Origin, pathsOfUses } from './flatGraph.ts';

/**
 * Problems of the flat graph as a person meets them: what is wrong inside a block is told once, of the node in its definition, with the graph
 * that holds it and the path on which it was found. Fixes edit the definition, and so every use of it. Left out are those that would edit two
 * graphs in one step, and those that would set a parameter which the block takes from its own (`=filters`).
 */
export function locateProblems(
  problems: readonly Problem[],
  { origins }: FlatGraph,
  document: LoomDocument,
): readonly Problem[] {
  if (origins.size === 0) return problems;
  const told = new Map<string, number>();
  const located: Problem[] = [];
  for (const problem of problems) {
    const found = locate(problem, origins, document);
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

function locate(problem: Problem, origins: ReadonlyMap<string, Origin>, document: LoomDocument): Problem {
  const { nodeId, edgeId, fixes = [], ...rest } = problem;
  const node = nodeId === undefined ? undefined : origins.get(nodeId);
  const edge = edgeId === undefined ? undefined : origins.get(edgeId);
  const placed = fixes.flatMap((fix) => place(fix, origins, document) ?? []);
  if (node === undefined && edge === undefined && placed.every((fix, i) => fix === fixes[i])) return problem;
  const at = node ?? edge;
  return {
    ...rest,
    ...(at !== undefined && at.uses.length > 0 && { graph: at.graph, path: nodeId ?? edgeId, within: pathsOfUses(at) }),
    ...(nodeId !== undefined && { nodeId: node?.node ?? nodeId }),
    ...(edgeId !== undefined && { edgeId: edge?.node ?? edgeId }),
    ...(placed.length > 0 && { fixes: placed }),
  };
}

/** The fix in the graph that its nodes and wires stand in; null where it cannot be done there. */
function place(fix: Fix, origins: ReadonlyMap<string, Origin>, document: LoomDocument): Fix | null {
  if (!('edit' in fix)) return fix;
  const { edit } = fix;
  if (edit.command !== 'batch') {
    const there = placeCall(edit, origins, document);
    return there === edit ? fix : there && { ...fix, edit: there };
  }
  const { label, calls } = edit.args;
  const placed = calls.flatMap((call) => placeCall(call, origins, document) ?? []);
  if (placed.length < calls.length) return null;
  return placed.every((call, i) => call === calls[i]) ? fix : { ...fix, edit: batch(label, ...placed) };
}

function placeCall(call: SingleEdit, origins: ReadonlyMap<string, Origin>, document: LoomDocument): SingleEdit | null {
  const ids = idsIn(call);
  const found = ids.map((id) => origins.get(id));
  const [first] = found;
  if (found.every((origin) => origin === undefined)) return call;
  if (
    first === undefined ||
    found.some((origin) => origin?.graph !== first.graph) ||
    takesFromBlock(call, first, document)
  )
    return null;
  return inGraph(
    withIds(call, (id) => origins.get(id)?.node ?? id),
    first.graph,
  );
}

/** Whether it sets a parameter that is worked out to something that is not. */
function takesFromBlock(call: SingleEdit, { graph, node }: Origin, document: LoomDocument): boolean {
  if (call.command !== 'setParam') return false;
  const value = graphById(document, graph)?.nodes[node]?.params[call.args.param] as JsonValue | undefined;
  return value !== undefined && formulasIn(value).length > 0 && formulasIn(call.args.value).length === 0;
}
