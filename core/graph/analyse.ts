import type { DatasetSummary, LoomDocument } from '../document/index.ts';
import type { Problem } from '../errors.ts';
import { type JsonObject, sameJson } from '../json.ts';
import { sizeOf } from '../tensor/index.ts';
import type { Analysis, NodeAnalysis, Totals } from './analysis.ts';
import { analyseUses } from './blockAnalysis.ts';
import { createExpander, toldOnce } from './expand/index.ts';
import { countWeights, type InferredNode } from './inferNode.ts';
import { judgePlaces, worstFirst } from './judge.ts';
import type { LintContext } from './lint/defineRule.ts';
import { createResolver } from './resolve.ts';
import { nodeById } from './topology.ts';
import { sumUp } from './totals.ts';

/** A design and what is known of its data. */
export interface AnalysisInput {
  readonly document: LoomDocument;
  /** What is known of the chosen data; null while there is none. */
  readonly dataset: DatasetSummary | null;
}

/** Analyses a design, again and again: what an edit does not reach comes back as the same object. */
export type Analyser = (input: AnalysisInput) => Analysis;

/** Shapes, costs and problems of a document's network, from scratch. */
export function analyse(input: AnalysisInput): Analysis {
  return createAnalyser()(input);
}

interface Remembered {
  readonly inferred: InferredNode;
  readonly analysis: NodeAnalysis;
}

/**
 * An analyser that remembers its last result: after an edit, only nodes whose type, parameters, wires or arriving shapes changed
 * are inferred again, and what comes out equal comes back as the same object. Use one for each document on screen.
 * `onInfer` is called with each node that had to be inferred.
 */
export function createAnalyser(options: { readonly onInfer?: (nodeId: string) => void } = {}): Analyser {
  const expand = createExpander();
  const resolve = createResolver(options.onInfer);
  let memory: ReadonlyMap<string, Remembered> = new Map();
  let last: Analysis | null = null;
  return ({ document, dataset }) => {
    const flat = expand(document);
    const context: LintContext = { ...resolve(flat.graph), flat, document, dataset };
    const found = judgePlaces(context);
    const problems = toldOnce(found);
    const byNode = groupByNode(found);
    const next = new Map<string, Remembered>();
    const nodes = new Map<string, NodeAnalysis>();
    for (const [id, node] of context.inferred) {
      const values = nodeById(context.graph, id)?.params ?? {};
      const remembered = remember(id, values, node, byNode.get(id) ?? [], memory.get(id));
      next.set(id, remembered);
      nodes.set(id, remembered.analysis);
    }
    memory = next;
    const totals = totalsOf(context, nodes);
    for (const use of analyseUses(flat, context, nodes, found))
      nodes.set(use.nodeId, keepUse(last?.nodes.get(use.nodeId), use));
    last = keep(last, {
      order: context.order,
      nodes,
      places: flat.places,
      problems: worstFirst(problems, context.order),
      totals,
      buildable: !problems.some((problem) => problem.severity === 'error'),
    });
    return last;
  };
}

function groupByNode(problems: readonly Problem[]): ReadonlyMap<string, readonly Problem[]> {
  const groups = new Map<string, Problem[]>();
  for (const problem of problems) {
    const at = problem.path ?? problem.nodeId;
    if (at === undefined) continue;
    const group = groups.get(at);
    if (group === undefined) groups.set(at, [problem]);
    else group.push(problem);
  }
  return groups;
}

function remember(
  nodeId: string,
  values: JsonObject,
  inferred: InferredNode,
  problems: readonly Problem[],
  before: Remembered | undefined,
): Remembered {
  if (before !== undefined && before.inferred === inferred && sameJson(before.analysis.problems, problems))
    return before;
  const analysis: NodeAnalysis = {
    nodeId,
    values,
    inputShapes: inferred.inputShapes,
    outputShape: inferred.outputShapes[0] ?? null,
    outputShapes: inferred.outputShapes,
    weights: inferred.weights,
    params: countWeights(inferred.weights),
    macs: inferred.macs,
    activationBytes: inferred.outputShapes.reduce((bytes, shape) => bytes + 4 * sizeOf(shape), 0),
    arithmetic: inferred.arithmetic,
    receptiveField: inferred.receptiveField?.size ?? null,
    problems,
  };
  return { inferred, analysis };
}

/** Layers that reach no Output are not trained and do not count, except while nothing does: a design in the making. */
function totalsOf({ graph, active, document }: LintContext, nodes: ReadonlyMap<string, NodeAnalysis>): Totals {
  const counted = [...nodes.values()].filter((node) => active.size === 0 || active.has(node.nodeId));
  const isLayer = (id: string) => !['Input', 'Output'].includes(nodeById(graph, id)?.type ?? '');
  // An Output hands on what arrives; it holds nothing of its own.
  const holding = counted.filter((node) => nodeById(graph, node.nodeId)?.type !== 'Output');
  return sumUp(holding, counted.filter((node) => isLayer(node.nodeId)).length, document.training);
}

/** A use is worked out anew each time; where it comes out the same, the object of before. */
function keepUse(before: NodeAnalysis | undefined, now: NodeAnalysis): NodeAnalysis {
  return before !== undefined && sameJson({ ...before }, { ...now }) ? before : now;
}

/** The previous analysis, or those of its parts that came out the same. */
function keep(before: Analysis | null, now: Analysis): Analysis {
  if (before === null) return now;
  const problems = sameJson(before.problems, now.problems) ? before.problems : now.problems;
  const totals = sameJson({ ...before.totals }, { ...now.totals }) ? before.totals : now.totals;
  const order = sameJson(before.order, now.order) ? before.order : now.order;
  const sameNodes =
    before.nodes.size === now.nodes.size && [...now.nodes].every(([id, node]) => before.nodes.get(id) === node);
  const same = problems === before.problems && totals === before.totals && order === before.order && sameNodes;
  if (same && now.places === before.places) return before;
  return { ...now, problems, totals, order, nodes: sameNodes ? before.nodes : now.nodes };
}
