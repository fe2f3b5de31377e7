import { z } from 'zod';
import type { JsonObject } from '../json.ts';
import { compareNatural } from './naturalOrder.ts';
import type { Graph, LayerNode } from './schema.ts';

/**
 * Blocks. A definition is a graph of the document beside the main one. Its ports are nodes in it: wires to and from a use of the block name
 * them by their id, so that a port can be renamed without touching who uses it. A node of type `Block` uses a definition.
 */
export const BLOCK = 'Block';
/** What arrives at a use of the block; its one output is called `out`. */
export const BLOCK_INPUT = 'BlockInput';
/** What leaves a use of the block; its one input is called `in`. */
export const BLOCK_OUTPUT = 'BlockOutput';

const blockUseSchema = z.strictObject({
  /** Id of the graph that defines the block. */
  graph: z.string().min(1).max(64),
  /** Values of the definition's parameters, by name; its defaults stand for the others. */
  values: z.record(z.string(), z.json()).default({}),
  /** How often it stands in series: the outputs of one are the inputs of the next, in the order of the ports. May be a formula. */
  repeat: z
    .union([z.number().int().min(1), z.string().startsWith('=')], 'expected a whole number of at least 1, or a formula')
    .default(1),
});

/** How a node uses a block: which, with what values, how often. */
export interface BlockUse {
  readonly graph: string;
  /** By the name of the parameter. */
  readonly values: JsonObject;
  /** 1 where a formula says it. */
  readonly repeat: number;
  /** What works out how often it stands in series, with its leading `=`, where that depends on parameters of the block it stands in. */
  readonly repeatFormula?: string;
}

const portParamsSchema = z.looseObject({ order: z.number() });

/** A use of a block as its parameters say it, or what is wrong with them, in words. */
export function readBlockUse(
  params: Readonly<Record<string, unknown>>,
): { readonly use: BlockUse } | { readonly fault: string } {
  const read = blockUseSchema.safeParse(params);
  if (read.success) {
    const { repeat, ...use } = read.data;
    return { use: typeof repeat === 'number' ? { ...use, repeat } : { ...use, repeat: 1, repeatFormula: repeat } };
  }
  const [issue] = read.error.issues;
  const place = issue?.path.map(String).join('.') ?? '';
  return { fault: `${place === '' ? '' : `“${place}”: `}${issue?.message ?? 'not a use of a block'}` };
}

/** A definition's ports, by their `order` and then by their ids. */
export function blockPorts(graph: Graph): {
  readonly inputs: readonly LayerNode[];
  readonly outputs: readonly LayerNode[];
} {
  const known = portsOfNodes.get(graph.nodes);
  if (known !== undefined) return known;
  const ports = { inputs: portNodes(graph, BLOCK_INPUT), outputs: portNodes(graph, BLOCK_OUTPUT) };
  portsOfNodes.set(graph.nodes, ports);
  return ports;
}

/** Nodes are immutable: what holds for one table of them holds for as long as it lives. */
const portsOfNodes = new WeakMap<Graph['nodes'], ReturnType<typeof blockPorts>>();

function portNodes(graph: Graph, type: string): readonly LayerNode[] {
  const place = ({ params }: LayerNode) => portParamsSchema.safeParse(params).data?.order ?? 0;
  return Object.values(graph.nodes)
    .filter((node) => node.type === type)
    .sort((a, b) => place(a) - place(b) || compareNatural(a.id, b.id));
}
