import { BLOCK, BLOCK_INPUT, BLOCK_OUTPUT, blockPorts, readBlockUse } from '../../document/index.ts';
import { nameStem } from '../../graph/index.ts';
import type { JsonObject } from '../../json.ts';
import { type DocumentDraft, refuse } from '../defineCommand.ts';
import { requireDefinition, requireNoRing, sayDefinition } from './definitions.ts';
import { createLayer, type GraphDraft, type NewNode, type NodeDraft, plain, putNode, requireLayer } from './nodes.ts';

/** Adds a node: a layer, a use of a block (`params.graph` says of which), or a port of the block that the graph defines, behind the others. */
export function createNode(draft: DocumentDraft, graph: GraphDraft, wanted: NewNode): NodeDraft {
  switch (wanted.type) {
    case BLOCK:
      return createUse(draft, graph, wanted);
    case BLOCK_INPUT:
    case BLOCK_OUTPUT:
      return createPort(draft, graph, wanted);
    default:
      return createLayer(graph, wanted);
  }
}

/** What a new node is called in menus: the title of its layer type, the name of its block. */
export function titleOf(draft: DocumentDraft, { type, params }: Pick<NewNode, 'type' | 'params'>): string {
  switch (type) {
    case BLOCK:
      return sayDefinition(requireDefinition(draft, requireUse(params).graph));
    case BLOCK_INPUT:
      return 'input of the block';
    case BLOCK_OUTPUT:
      return 'output of the block';
    default:
      return requireLayer(type).title;
  }
}

function createUse(draft: DocumentDraft, graph: GraphDraft, wanted: NewNode): NodeDraft {
  const use = requireUse(wanted.params);
  const definition = requireDefinition(draft, use.graph);
  requireNoRing(draft, graph.id, use.graph);
  const params: JsonObject = {
    graph: use.graph,
    ...(Object.keys(use.values).length > 0 && { values: use.values }),
    ...(use.repeatFormula !== undefined ? { repeat: use.repeatFormula } : use.repeat !== 1 && { repeat: use.repeat }),
  };
  return putNode(graph, wanted, 1, params, stemOf(definition.name ?? ''));
}

/** “Residual 2” gives `residual`: uses are numbered themselves. */
const stemOf = (name: string): string => nameStem(name).replace(/_\d+$/, '');

function requireUse(params: JsonObject = {}) {
  const read = readBlockUse(params);
  if ('use' in read) return read.use;
  return refuse('block-invalid', 'Block', `This is not how a block is used: ${read.fault}.`);
}

function createPort(draft: DocumentDraft, graph: GraphDraft, wanted: NewNode): NodeDraft {
  if (graph.id === draft.root)
    refuse(
      'block-port-outside',
      'No block',
      `A port belongs into a block, but this is the main graph. Add an ${wanted.type === BLOCK_INPUT ? 'Input' : 'Output'} here.`,
    );
  const { inputs, outputs } = blockPorts(plain(graph));
  const orders = (wanted.type === BLOCK_INPUT ? inputs : outputs)
    .map(({ params }) => Number(params.order))
    .filter(Number.isFinite);
  const params = { order: Math.max(-1, ...orders) + 1 };
  return putNode(graph, wanted, 1, params, wanted.type === BLOCK_INPUT ? 'in' : 'out');
}
