import type { Problem } from '../errors.ts';
import type { Shape } from '../tensor/index.ts';
import type { NodeAnalysis } from './analysis.ts';
import { type FlatGraph, type FlatOutput, type FlatUse, pathsOfUses, toldOnce } from './expand/index.ts';
import { worstFirst } from './judge.ts';
import { outputIndex } from './ports.ts';
import type { ResolvedGraph } from './resolve.ts';
import { nodeById } from './topology.ts';

interface Sums {
  trainable: number;
  nonTrainable: number;
  macs: number;
  bytes: number;
}

/**
 * What is known of each use of a block, by its path: the shapes at its ports, and what all layers inside amount to; and of each port inside:
 * the shape that passes it.
 */
export function analyseUses(
  flat: FlatGraph,
  resolved: ResolvedGraph,
  nodes: ReadonlyMap<string, NodeAnalysis>,
  problems: readonly Problem[],
): readonly NodeAnalysis[] {
  if (flat.uses.size === 0) return [];
  const sums = new Map<string, Sums>();
  for (const [id, origin] of flat.origins) {
    const node = nodes.get(id);
    if (node === undefined) continue;
    for (const path of pathsOfUses(origin)) {
      const sum = sums.get(path) ?? { trainable: 0, nonTrainable: 0, macs: 0, bytes: 0 };
      sum.trainable += node.params.trainable;
      sum.nonTrainable += node.params.nonTrainable;
      sum.macs += node.macs;
      sum.bytes += node.activationBytes;
      sums.set(path, sum);
    }
  }
  const within = problemsByUse(problems);
  return [
    ...[...flat.uses].map(([path, use]) => ofUse(path, use, resolved, sums.get(path), within.get(path) ?? [])),
    ...[...flat.ports].map(([path, passing]) => ofPort(path, shapeAt(passing, resolved), within.get(path) ?? [])),
  ];
}

function shapeAt(output: FlatOutput | null, { graph, inferred }: ResolvedGraph): Shape | null {
  const node = output === null ? undefined : nodeById(graph, output.node);
  const port = node === undefined || output === null ? null : outputIndex(node, output.port);
  return (port === null ? undefined : inferred.get(output?.node ?? '')?.outputShapes[port]) ?? null;
}

function ofPort(nodeId: string, shape: Shape | null, problems: readonly Problem[]): NodeAnalysis {
  return {
    nodeId,
    values: {},
    inputShapes: [shape],
    outputShape: shape,
    outputShapes: shape === null ? [] : [shape],
    weights: [],
    params: { trainable: 0, nonTrainable: 0 },
    macs: 0,
    activationBytes: 0,
    arithmetic: [],
    receptiveField: null,
    problems,
  };
}

/** What is wrong with a use itself or with anything that stands in it. */
function problemsByUse(problems: readonly Problem[]): ReadonlyMap<string, readonly Problem[]> {
  const found = new Map<string, Problem[]>();
  for (const problem of problems) {
    const at = problem.path ?? problem.nodeId;
    if (at === undefined) continue;
    for (const place of [at, ...(problem.within ?? [])]) {
      const list = found.get(place);
      if (list === undefined) found.set(place, [problem]);
      else list.push(problem);
    }
  }
  return new Map([...found].map(([place, list]) => [place, worstFirst(toldOnce(list), [])]));
}

function ofUse(
  nodeId: string,
  { inputs, outputs }: FlatUse,
  resolved: ResolvedGraph,
  sums: Sums | undefined,
  problems: readonly Problem[],
): NodeAnalysis {
  const shapes = outputs.map((output) => shapeAt(output, resolved));
  const [last] = outputs;
  return {
    nodeId,
    values: {},
    inputShapes: inputs.map((input) => shapeAt(input, resolved)),
    outputShape: shapes[0] ?? null,
    outputShapes: shapes.every((shape) => shape !== null) ? shapes : [],
    weights: [],
    params: { trainable: sums?.trainable ?? 0, nonTrainable: sums?.nonTrainable ?? 0 },
    macs: sums?.macs ?? 0,
    activationBytes: sums?.bytes ?? 0,
    arithmetic: [],
    receptiveField: (last == null ? undefined : resolved.inferred.get(last.node)?.receptiveField?.size) ?? null,
    problems,
  };
}
