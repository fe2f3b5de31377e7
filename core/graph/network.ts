import {
  type AnyLayerDefinition,
  type AnyParams,
  checkParams,
  findLayer,
  type WeightSpec,
} from '../catalogue/index.ts';
import type { LayerNode, LoomDocument } from '../document/index.ts';
import { fail, ok, type Problem, type Result } from '../errors.ts';
import type { Shape } from '../tensor/index.ts';
import { analyse } from './analyse.ts';
import type { Analysis } from './analysis.ts';
import { incomingEdges, nodeById, rootGraph } from './topology.ts';

/** One layer of a network that can be built, with everything a writer or builder asks about it. */
export interface NetworkLayer {
  readonly node: LayerNode;
  readonly definition: AnyLayerDefinition;
  /** Complete: every parameter, defaults filled in. */
  readonly params: AnyParams;
  /** The layers it reads, in wire order. */
  readonly sources: readonly NetworkLayer[];
  readonly inputShapes: readonly Shape[];
  readonly outputShape: Shape;
  readonly weights: readonly WeightSpec[];
}

/** A document's root graph, resolved: sources before targets, and nothing in it that no output needs. */
export interface Network {
  /** Input nodes, then every other layer but Output nodes, in graph order. */
  readonly layers: readonly NetworkLayer[];
  /** The Input nodes, in graph order: the order of the model's inputs. */
  readonly inputs: readonly NetworkLayer[];
  /** The Output nodes, in graph order: the order of the model's outputs. Each has exactly one source. */
  readonly outputs: readonly NetworkLayer[];
}

/**
 * Resolves a document into layers ready to be written or built. Layers whose result reaches no Output are left out: they have no
 * part in what the network computes.
 * @returns the first error analysis found, or `no-output`, when the network cannot be built.
 */
export function resolveNetwork(document: LoomDocument, analysis?: Analysis): Result<Network> {
  const { order, nodes, problems } = analysis ?? analyse({ document, dataset: null });
  const error = problems.find((problem) => problem.severity === 'error');
  if (error) return fail(error);
  const graph = rootGraph(document);
  const needed = reachingOutputs(document);
  const resolved = new Map<string, NetworkLayer>();
  for (const id of order) {
    const node = nodeById(graph, id);
    const known = nodes.get(id);
    if (!node || !known || !needed.has(id)) continue;
    const definition = findLayer(node.type);
    if (!definition || known.outputShape === null) return fail(notResolved(node));
    const sources = incomingEdges(graph, id).map((edge) => resolved.get(edge.source));
    if (!allKnown(sources) || !allKnown(known.inputShapes)) return fail(notResolved(node));
    resolved.set(id, {
      node,
      definition,
      params: checkParams(definition, node.params).params,
      sources,
      inputShapes: known.inputShapes,
      outputShape: known.outputShape,
      weights: known.weights,
    });
  }
  const all = [...resolved.values()];
  const outputs = all.filter((layer) => layer.node.type === 'Output');
  if (outputs.length === 0)
    return fail({
      code: 'no-output',
      severity: 'error',
      title: 'No output',
      message: 'This design has no Output node, so nothing says where the network ends. Add one after the last layer.',
    });
  const inputs = all.filter((layer) => layer.node.type === 'Input');
  const between = all.filter((layer) => layer.node.type !== 'Input' && layer.node.type !== 'Output');
  return ok({ layers: [...inputs, ...between], inputs, outputs });
}

function reachingOutputs(document: LoomDocument): ReadonlySet<string> {
  const graph = rootGraph(document);
  const pending = Object.values(graph.nodes)
    .filter((node) => node.type === 'Output')
    .map((node) => node.id);
  const reached = new Set(pending);
  for (let id = pending.pop(); id !== undefined; id = pending.pop())
    for (const { source } of incomingEdges(graph, id))
      if (!reached.has(source)) {
        reached.add(source);
        pending.push(source);
      }
  return reached;
}

function allKnown<T>(items: readonly (T | null | undefined)[]): items is readonly T[] {
  return items.every((item) => item !== null && item !== undefined);
}

function notResolved(node: LayerNode): Problem {
  return {
    code: 'layer-unresolved',
    severity: 'error',
    title: 'Unknown layer',
    message: `Layer "${node.name}" of type ${node.type} cannot be built: its type or its shape is not known. Replace it, or see the problems of this design.`,
    nodeId: node.id,
  };
}

/** The document's name as exported models and files are called: lower case letters, digits and underscores. */
export function modelName(document: LoomDocument): string {
  const name = document.name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');
  return /^[a-z]/.test(name) ? name : name === '' ? 'model' : `model_${name}`;
}
