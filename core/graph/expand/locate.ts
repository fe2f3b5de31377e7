import type { LoomDocument } from '../../document/index.ts';
import { batch, idsIn, inGraph, type SingleEdit, withIds } from '../../edits.ts';
import type { Fix, Problem } from '../../errors.ts';
import { formulasIn } from '../../expressions/index.ts';
import type { JsonValue } from '../../json.ts';
import { type FlatGraph, graphById, type Origin, pathsOfUses } from './flatGraph.ts';

/**
 * Problems of the flat graph as a person meets them: of the node in its definition, with the graph that holds it and the path on which it was
 * found. Fixes edit the definition, and so every use of it. Left out are those that would edit two graphs in one step, and those that would
 * set a parameter which the block takes from its own (`=filters`).
 */
export function locateProblems(
  problems: readonly Problem[],
  { origins }: FlatGraph,
  document: LoomDocument,
): readonly Problem[] {
  return origins.size === 0 ? problems : problems.map((problem) => locate(problem, origins, document));
}

/** Of what is wrong with the same node of a definition at several places, the first. */
export function toldOnce(located: readonly Problem[]): readonly Problem[] {
  if (located.every(({ graph }) => graph === undefined)) return located;
  const told = new Set<string>();
  return located.filter(({ code, graph, nodeId, port, param }) => {
    if (graph === undefined) return true;
    const key = JSON.stringify([code, graph, nodeId, port, param]);
    const known = told.has(key);
    told.add(key);
    return !known;
  });
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
