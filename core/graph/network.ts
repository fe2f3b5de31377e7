import {
  type AnyLayerDefinition,
  type AnyParams,
  checkParams,
  findLayer,
  type WeightSpec,
} from '../catalogue/index.ts';
import type { Graph, LayerNode, LoomDocument } from '../document/index.ts';
import { fail, ok, type Problem, type Result } from '../errors.ts';
import type { Shape } from '../tensor/index.ts';
import type { FlatGraph } from './expand/index.ts';
import { type Head, headsOf } from './heads.ts';
import { contextOf, judge, worstFirst } from './judge.ts';
import { createNamer } from './naming.ts';
import { outputIndex } from './ports.ts';
import { incomingEdges, nodeById, reachable } from './topology.ts';

/** One output of a layer. */
export interface NetworkSource {
  readonly layer: NetworkLayer;
  /** Its place among the layer's outputs. */
  readonly port: number;
}

/** One layer of a network that can be built, with everything a writer or builder asks about it. */
export interface NetworkLayer {
  /** Path of node ids: the id of the node, where it stands in the main graph. */
  readonly id: string;
  /** Path of node names. With a weight's name behind it, it is the weight's key in files. */
  readonly name: string;
  /** What exported files and programs call it: letters, digits and underscores, and no other layer's. */
  readonly exportName: string;
  /**
   * What its random numbers (first weights, dropout masks) are drawn by: the name that it would have with every block taken apart, so that
   * grouping layers changes nothing of what they learn.
   */
  readonly drawName: string;
  readonly type: string;
  readonly definition: AnyLayerDefinition;
  /** Complete: every parameter, defaults filled in. */
  readonly params: AnyParams;
  /** What it reads, in wire order. */
  readonly sources: readonly NetworkSource[];
  readonly inputShapes: readonly Shape[];
  /** One for each output. An Output has one too: that of what it reads. */
  readonly outputShapes: readonly Shape[];
  readonly weights: readonly WeightSpec[];
  /** Multiply-accumulates for one sample's forward pass. */
  readonly macs: number;
}

/** An Output: it has exactly one source. */
export interface NetworkOutput extends NetworkLayer {
  readonly source: NetworkSource;
  /** What the design says of it. What the data say comes by `fitToData`. */
  readonly head: Head;
}

/** What a document describes, flat and resolved: sources before targets, and nothing in it that no output needs. */
export interface Network {
  /** What it was resolved from. */
  readonly document: LoomDocument;
  /** Input nodes, then every other layer but Output nodes, in graph order. */
  readonly layers: readonly NetworkLayer[];
  /** The Input nodes, in graph order: the order of the model's inputs. */
  readonly inputs: readonly NetworkLayer[];
  /** The Output nodes, in graph order: the order of the model's outputs. */
  readonly outputs: readonly NetworkOutput[];
}

/**
 * Resolves a document into layers ready to be written or built. Layers whose result reaches no Output are left out: they have no
 * part in what the network computes.
 * @returns the first error analysis found, or `no-output`, when the network cannot be built.
 */
export function resolveNetwork(document: LoomDocument): Result<Network> {
  const context = contextOf(document, null);
  const { graph, order, inferred } = context;
  const error = worstFirst(judge(context), order).find((problem) => problem.severity === 'error');
  if (error) return fail(error);
  const { origins } = context.flat;
  const heads = new Map(headsOf(context).map((head) => [head.node.id, head]));
  const exportNames = exportNamesOf(graph, origins);
  const drawNames = drawNamesOf(graph, origins);
  const needed = reachingOutputs(graph);
  const resolved = new Map<string, NetworkLayer>();
  const outputs: NetworkOutput[] = [];
  for (const id of order) {
    const node = nodeById(graph, id);
    const known = inferred.get(id);
    if (!node || !known || !needed.has(id)) continue;
    const definition = findLayer(node.type);
    const sources = sourcesOf(graph, id, resolved);
    if (!definition || known.outputShapes.length === 0 || !allKnown(sources) || !allKnown(known.inputShapes))
      return fail(notResolved(node));
    const layer: NetworkLayer = {
      id,
      name: node.name,
      exportName: exportNames.get(id) ?? node.name,
      drawName: drawNames.get(id) ?? node.name,
      type: node.type,
      definition,
      params: checkParams(definition, node.params).params,
      sources,
      inputShapes: known.inputShapes,
      outputShapes: known.outputShapes,
      weights: known.weights,
      macs: known.macs,
    };
    resolved.set(id, layer);
    const [source] = sources;
    const head = heads.get(id);
    if (source !== undefined && head !== undefined) outputs.push({ ...layer, source, head });
  }
  if (outputs.length === 0)
    return fail({
      code: 'no-output',
      severity: 'error',
      title: 'No output',
      message: 'This design has no Output node, so nothing says where the network ends. Add one after the last layer.',
    });
  const all = [...resolved.values()];
  const inputs = all.filter((layer) => layer.type === 'Input');
  const between = all.filter((layer) => layer.type !== 'Input' && layer.type !== 'Output');
  return ok({ document, layers: [...inputs, ...between], inputs, outputs });
}

function sourcesOf(graph: Graph, id: string, resolved: ReadonlyMap<string, NetworkLayer>) {
  return incomingEdges(graph, id).map(({ source, sourcePort }): NetworkSource | null => {
    const layer = resolved.get(source);
    const node = nodeById(graph, source);
    const port = node === undefined ? null : outputIndex(node, sourcePort);
    return layer === undefined || port === null ? null : { layer, port };
  });
}

/** Layers of the main graph keep their names; those in blocks have the names that they have there, or the next free ones. */
function drawNamesOf(graph: Graph, origins: FlatGraph['origins']): ReadonlyMap<string, string> {
  const nodes = Object.values(graph.nodes);
  const taken = new Set(nodes.flatMap(({ id, name }) => (origins.has(id) ? [] : [name])));
  const freeName = createNamer(taken);
  const inside = nodes.filter(({ id }) => origins.has(id));
  return new Map(
    inside.map(({ id, name }) => {
      const own = freeName(name.slice(name.lastIndexOf('/') + 1));
      taken.add(own);
      return [id, own];
    }),
  );
}

/** Layers of the main graph keep their names; a path becomes one name of its parts, `stage2_block1_3_conv1`, however long. */
function exportNamesOf(graph: Graph, origins: FlatGraph['origins']): ReadonlyMap<string, string> {
  const nodes = Object.values(graph.nodes);
  const taken = new Set(nodes.flatMap(({ id, name }) => (origins.has(id) ? [] : [name])));
  const freeName = createNamer(taken);
  const names = new Map<string, string>();
  for (const { id, name } of nodes) {
    if (!origins.has(id)) continue;
    const parts = name.replace(/\W+/g, '_');
    const own = taken.has(parts) ? freeName(name) : parts;
    taken.add(own);
    names.set(id, own);
  }
  return names;
}

function reachingOutputs(graph: Graph): ReadonlySet<string> {
  const outputs = Object.values(graph.nodes).filter((node) => node.type === 'Output');
  return reachable(
    graph,
    outputs.map((node) => node.id),
    'up',
  );
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

/** Shape of what arrives by a wire from this source. */
export function shapeOf({ layer, port }: NetworkSource): Shape {
  return layer.outputShapes[port] ?? [];
}

/** The document's name as exported models and files are called: lower case letters, digits and underscores. */
export function modelName(document: LoomDocument): string {
  const name = document.name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');
  return /^[a-z]/.test(name) ? name : name === '' ? 'model' : `model_${name}`;
}
