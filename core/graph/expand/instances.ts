import {
  BLOCK,
  BLOCK_INPUT,
  BLOCK_OUTPUT,
  type BlockUse,
  blockPorts,
  type Graph,
  LAYER_NAME_PATTERN,
  type LayerNode,
  type LoomDocument,
  readBlockUse,
} from '../../document/index.ts';
import type { Problem } from '../../errors.ts';
import { shorten } from '../../shorten.ts';
import { rootGraph } from '../mainGraph.ts';
import { checkDefinitions, type Definitions, MOST_LAYERS } from './definitions.ts';
import { graphById, isWrapping, type UseStep } from './flatGraph.ts';
import { badFormula, valueField, wrongValues } from './formulaProblems.ts';
import { MAIN_SCOPE, namesUsedIn, repeatOf, scopeInside } from './scope.ts';
import { keyOf, type Scope } from './values.ts';

/** One graph of the document at one place of the network. */
export interface Instance {
  readonly graph: Graph;
  /** In front of the ids and the names of its nodes. */
  readonly path: string;
  readonly names: string;
  readonly uses: readonly UseStep[];
  readonly scope: Scope;
  /** Says the values of those names that the graph uses: equal keys, equal parameters of its layers. */
  readonly scopeKey: string;
  /** Where it is used; null for the main graph. */
  readonly within: { readonly instance: Instance; readonly use: LayerNode } | null;
  /** The repetition in front of it; null for the first. */
  readonly before: Instance | null;
  /** What its uses of blocks became, by the use's id: one instance a repetition. A use that is not here cannot be expanded. */
  readonly children: Map<string, readonly Instance[]>;
}

/** The main graph of a document with every use below it, for who writes a network as it was drawn. */
export function instanceTree(document: LoomDocument): Instance {
  return instancesOf(document, rootGraph(document), checkDefinitions(document), []);
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
    scope: MAIN_SCOPE,
    scopeKey: '',
    within: null,
    before: null,
    children: new Map(),
  };
  if (definitions.tooLarge === null)
    addChildren({ document, definitions, room: { left: MOST_LAYERS } }, main, problems);
  else {
    const { use, message } = definitions.tooLarge;
    problems.push(fault('network-too-large', use.id, `“${use.name}”: ${message}`));
  }
  return main;
}

interface Expanding {
  readonly document: LoomDocument;
  readonly definitions: Definitions;
  /** Layers that there is room for: counts worked out by formulas are known only here. */
  readonly room: { left: number };
}

function addChildren(expanding: Expanding, parent: Instance, problems: Problem[]): void {
  for (const node of Object.values(parent.graph.nodes)) {
    const at = parent.path + node.id;
    if (node.type === BLOCK_INPUT || node.type === BLOCK_OUTPUT) {
      if (parent.within === null) problems.push(outside(node, at));
      continue;
    }
    if (parent.within !== null && (node.type === 'Input' || node.type === 'Output')) problems.push(inside(node, at));
    if (node.type !== BLOCK) continue;
    problems.push(...misnamed(parent, node, at));
    const read = readUse(expanding, parent, node);
    if ('problem' in read) {
      problems.push(read.problem);
      continue;
    }
    problems.push(...unknownValues(read.graph, node, at, read.use));
    parent.children.set(node.id, repetitionsOf(expanding, parent, node, read, problems));
  }
}

/** A use that can be expanded. */
interface ReadUse {
  readonly use: BlockUse;
  readonly graph: Graph;
  readonly repeat: number;
}

function repetitionsOf(
  expanding: Expanding,
  parent: Instance,
  node: LayerNode,
  { use, graph, repeat }: ReadUse,
  problems: Problem[],
): readonly Instance[] {
  const at = parent.path + node.id;
  const told = new Set<string>();
  const repetitions: Instance[] = [];
  for (let iteration = 0; iteration < repeat; iteration++) {
    const which = repeat === 1 ? '/' : `[${iteration}]/`;
    const { scope, faults, refused } = scopeInside(graph, use, parent, { iteration, repeat });
    problems.push(...wrongValues(graph, node, at, { faults, refused }, told));
    const child: Instance = {
      graph,
      path: `${at}${which}`,
      names: `${parent.names}${node.name}${which}`,
      uses: [...parent.uses, { graph: parent.graph.id, node: node.id, iteration: repeat === 1 ? null : iteration }],
      scope,
      scopeKey: keyOf(namesUsedIn(graph), scope),
      within: { instance: parent, use: node },
      before: repetitions.at(-1) ?? null,
      children: new Map(),
    };
    // What is wrong inside is the same in every repetition, but for what is worked out of its number.
    const inside: Problem[] = [];
    addChildren(expanding, child, inside);
    problems.push(...(iteration === 0 ? inside : inside.filter(({ code }) => VARYING.has(code))));
    repetitions.push(child);
  }
  return repetitions;
}

/** Codes of what can be wrong in one repetition and right in another. */
const VARYING: ReadonlySet<string> = new Set(['block-expression', 'block-value', 'block-repeat', 'network-too-large']);

function readUse(
  { document, definitions, room }: Expanding,
  parent: Instance,
  node: LayerNode,
): ReadUse | { readonly problem: Problem } {
  const at = parent.path + node.id;
  const read = readBlockUse(node.params);
  if ('fault' in read)
    return {
      problem: fault(
        'block-invalid',
        at,
        `“${shorten(node.name)}” does not say how it uses a block: ${shorten(read.fault, 120)}. Update Layerloom, or delete it.`,
      ),
    };
  const { use } = read;
  const wrong = definitions.faultOf(use.graph);
  const graph = graphById(document, use.graph);
  if (wrong !== null || graph === undefined)
    return {
      problem: fault(wrong?.code ?? 'block-missing', at, `In “${shorten(node.name)}”: ${wrong?.message ?? ''}`),
    };
  const { value: repeat, bad } = repeatOf(use, parent.scope);
  if (bad !== undefined) return { problem: badFormula(node, at, 'repeat', 'the number of repetitions', bad) };
  if (typeof repeat !== 'number' || !Number.isInteger(repeat) || repeat < 1)
    return {
      problem: fault(
        'block-repeat',
        at,
        `“${shorten(node.name)}” stands in series as often as “${shorten(use.repeatFormula ?? '')}” says, which here gives ${shorten(JSON.stringify(repeat))}. It has to be a whole number of at least 1.`,
        'repeat',
      ),
    };
  const { inputs, outputs } = blockPorts(graph);
  if (repeat > 1 && inputs.length !== outputs.length)
    return {
      problem: fault(
        'block-repeat',
        at,
        `“${shorten(node.name)}” stands ${repeat} times in series, so what leaves one must enter the next, but the block has ${inputs.length} ${inputs.length === 1 ? 'input' : 'inputs'} and ${outputs.length} ${outputs.length === 1 ? 'output' : 'outputs'}. Use it once, or give it as many of either.`,
        'repeat',
      ),
    };
  const layers = repeat * (1 + Object.values(graph.nodes).filter((inner) => !isWrapping(inner)).length);
  if (layers > room.left)
    return {
      problem: fault(
        'network-too-large',
        at,
        `“${shorten(node.name)}” stands ${repeat.toLocaleString('en')} times in series here. All repetitions and blocks written out, the network would have more than ${MOST_LAYERS.toLocaleString('en')} layers. Repeat fewer times, or take blocks out.`,
        'repeat',
      ),
    };
  room.left -= layers;
  return { use, graph, repeat };
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
        valueField(name),
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
