import {
  BLOCK,
  BLOCK_INPUT,
  BLOCK_OUTPUT,
  type BlockUse,
  blockPorts,
  blockValues,
  type Graph,
  LAYER_NAME_PATTERN,
  type LayerNode,
  type LoomDocument,
  readBlockUse,
} from '../../document/index.ts';
import type { Problem } from '../../errors.ts';
import { shorten } from '../../shorten.ts';
import type { Definitions } from './definitions.ts';
import { graphById, type UseStep } from './flatGraph.ts';
import { type Scope, substitute } from './values.ts';

/** One graph of the document at one place of the network. */
export interface Instance {
  readonly graph: Graph;
  /** In front of the ids and the names of its nodes. */
  readonly path: string;
  readonly names: string;
  readonly uses: readonly UseStep[];
  readonly scope: Scope;
  /** Says the scope's values. */
  readonly scopeKey: string;
  /** Where it is used; null for the main graph. */
  readonly within: { readonly instance: Instance; readonly use: LayerNode } | null;
  /** The repetition in front of it; null for the first. */
  readonly before: Instance | null;
  /** What its uses of blocks became, by the use's id: one instance a repetition. A use that is not here cannot be expanded. */
  readonly children: Map<string, readonly Instance[]>;
}

/** The main graph with every use below it, and what is wrong with uses. Depth and size are bounded by `definitions`. */
export function instancesOf(
  document: LoomDocument,
  root: Graph,
  definitions: Definitions,
  problems: Problem[],
): Instance {
  const main: Instance = {
    graph: root,
    path: '',
    names: '',
    uses: [],
    scope: new Map(),
    scopeKey: '',
    within: null,
    before: null,
    children: new Map(),
  };
  if (definitions.tooLarge === null) addChildren(document, main, definitions, problems);
  else {
    const { use, message } = definitions.tooLarge;
    problems.push(fault('network-too-large', use.id, `“${use.name}”: ${message}`));
  }
  return main;
}

function addChildren(document: LoomDocument, parent: Instance, definitions: Definitions, problems: Problem[]): void {
  for (const node of Object.values(parent.graph.nodes)) {
    const at = parent.path + node.id;
    if (node.type === BLOCK_INPUT || node.type === BLOCK_OUTPUT) {
      if (parent.within === null) problems.push(outside(node, at));
      continue;
    }
    if (parent.within !== null && (node.type === 'Input' || node.type === 'Output')) problems.push(inside(node, at));
    if (node.type !== BLOCK) continue;
    problems.push(...misnamed(parent, node, at));
    const read = readUse(document, parent, node, definitions);
    if ('problem' in read) {
      problems.push(read.problem);
      continue;
    }
    const { use, graph } = read;
    problems.push(...unknownValues(graph, node, at, use));
    const scope = blockValues(graph, use);
    const scopeKey = JSON.stringify([...scope]);
    const repetitions: Instance[] = [];
    for (let iteration = 0; iteration < use.repeat; iteration++) {
      const which = use.repeat === 1 ? '/' : `[${iteration}]/`;
      const child: Instance = {
        graph,
        path: `${at}${which}`,
        names: `${parent.names}${node.name}${which}`,
        uses: [
          ...parent.uses,
          { graph: parent.graph.id, node: node.id, iteration: use.repeat === 1 ? null : iteration },
        ],
        scope,
        scopeKey,
        within: { instance: parent, use: node },
        before: repetitions.at(-1) ?? null,
        children: new Map(),
      };
      // What is wrong inside is the same in every repetition.
      addChildren(document, child, definitions, iteration === 0 ? problems : []);
      repetitions.push(child);
    }
    parent.children.set(node.id, repetitions);
  }
}

function readUse(
  document: LoomDocument,
  parent: Instance,
  node: LayerNode,
  definitions: Definitions,
): { readonly use: BlockUse; readonly graph: Graph } | { readonly problem: Problem } {
  const at = parent.path + node.id;
  const { params } = parent.within === null ? node : substitute(node.params, parent.scope, parent.scopeKey);
  const read = readBlockUse(params);
  if ('fault' in read)
    return {
      problem: fault(
        'block-invalid',
        at,
        `“${shorten(node.name)}” does not say how it uses a block: ${shorten(read.fault, 120)}. Update Layerloom, or delete it.`,
      ),
    };
  const wrong = definitions.faultOf(read.use.graph);
  const graph = graphById(document, read.use.graph);
  if (wrong !== null || graph === undefined)
    return {
      problem: fault(wrong?.code ?? 'block-missing', at, `In “${shorten(node.name)}”: ${wrong?.message ?? ''}`),
    };
  const { inputs, outputs } = blockPorts(graph);
  if (read.use.repeat > 1 && inputs.length !== outputs.length)
    return {
      problem: fault(
        'block-repeat',
        at,
        `“${shorten(node.name)}” stands ${read.use.repeat} times in series, so what leaves one must enter the next, but the block has ${inputs.length} ${inputs.length === 1 ? 'input' : 'inputs'} and ${outputs.length} ${outputs.length === 1 ? 'output' : 'outputs'}. Use it once, or give it as many of either.`,
        'repeat',
      ),
    };
  return { use: read.use, graph };
}

function unknownValues(graph: Graph, node: LayerNode, at: string, use: BlockUse): readonly Problem[] {
  return Object.keys(use.values)
    .filter((name) => !Object.hasOwn(graph.parameters ?? {}, name))
    .slice(0, 5)
    .map((name) => ({
      ...fault(
        'block-value',
        at,
        `“${shorten(node.name)}” gives a value for “${shorten(name)}”, but the block has no parameter of that name, so it has no effect.`,
        'values',
      ),
      severity: 'warning' as const,
    }));
}

/** A block's name is the first part of the paths of its layers: legal, and no other node's. */
function misnamed({ graph }: Instance, { id, name }: LayerNode, at: string): readonly Problem[] {
  const legal = LAYER_NAME_PATTERN.test(name);
  if (legal && !Object.values(graph.nodes).some((other) => other.name === name && other.id !== id)) return [];
  const message = legal
    ? `“${name}” is the name of a block and of something beside it. The weights of its layers are stored under it, so each needs its own.`
    : `“${shorten(name)}” cannot be a block’s name, because the names of its layers in files begin with it: use a letter first, then letters, digits and underscores, at most 64.`;
  return [{ ...fault(legal ? 'duplicate-name' : 'invalid-name', at, message), title: 'Name' }];
}

const outside = (node: LayerNode, at: string) =>
  fault(
    'block-port-outside',
    at,
    `“${shorten(node.name)}” is a port of a block, but it stands in the main graph. Use an ${node.type === BLOCK_INPUT ? 'Input' : 'Output'} here, or delete it.`,
  );

const inside = (node: LayerNode, at: string) =>
  fault(
    'block-holds-end',
    at,
    `“${shorten(node.name)}” is an ${node.type} inside a block. Samples enter and predictions leave in the main graph alone: give the block a port there instead.`,
  );

function fault(code: string, nodeId: string, message: string, param?: string): Problem {
  return { code, severity: 'error', title: 'Block', message, nodeId, ...(param !== undefined && { param }) };
}
