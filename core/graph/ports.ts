import { findLayer, type Port } from '../catalogue/index.ts';
import {
  BLOCK,
  BLOCK_INPUT,
  BLOCK_OUTPUT,
  blockPorts,
  type Graph,
  type LayerNode,
  type LoomDocument,
  readBlockUse,
} from '../document/index.ts';

/** Where wires may arrive at a layer, and leave it. */
export interface Ports {
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
}

/** The graphs of a document by id, among them the definitions that uses of blocks name. */
export type Graphs = LoomDocument['graphs'];

/** A node, or a layer type as a new node of it would be. */
export type PortOwner = Pick<LayerNode, 'type'> & Partial<Pick<LayerNode, 'params'>>;

const IN: Port = { name: 'in', label: 'Input', arity: 'one' };
const OUT: Port = { name: 'out', label: 'Output', arity: 'one' };

/** What this version does not know, or a block that is not there: one side to wire into and one to wire from, so that it keeps its place. */
const OPAQUE: Ports = { inputs: [{ ...IN, arity: 'many' }], outputs: [OUT] };
/** The port nodes of a block; one object each, so that what is drawn of them lasts. */
const ENTRY: Ports = { inputs: [], outputs: [OUT] };
const EXIT: Ports = { inputs: [IN], outputs: [] };

/** Where wires can meet a node of a drawn graph: a layer, a use of a block (its ports are called by the ids of the port nodes), or a port node. */
export function portsOf(node: PortOwner, graphs: Graphs): Ports {
  switch (node.type) {
    case BLOCK:
      return portsOfUse(node, graphs);
    case BLOCK_INPUT:
      return ENTRY;
    case BLOCK_OUTPUT:
      return EXIT;
    default:
      return layerPorts(node);
  }
}

/** Where wires can meet a layer of a flat graph, in which no block is left. */
export function layerPorts(node: PortOwner): Ports {
  const layer = findLayer(node.type);
  if (layer === undefined) return OPAQUE;
  if (layer.outputPorts === undefined || node.params === undefined) return layer;
  const known = portsByParams.get(node.params);
  if (known !== undefined && known.inputs === layer.inputs) return known;
  const ports = { inputs: layer.inputs, outputs: layer.outputPorts(node.params) };
  portsByParams.set(node.params, ports);
  return ports;
}

/** The same parameters give the same object, so that what is drawn of it lasts. */
const portsByParams = new WeakMap<LayerNode['params'], Ports>();

function portsOfUse({ params = {} }: PortOwner, graphs: Graphs): Ports {
  const read = readBlockUse(params);
  const definition = 'use' in read && Object.hasOwn(graphs, read.use.graph) ? graphs[read.use.graph] : undefined;
  if (definition === undefined) return OPAQUE;
  const known = portsOfDefinition.get(definition.nodes);
  if (known !== undefined) return known;
  const { inputs, outputs } = blockPorts(definition);
  const portOf = ({ id, name }: LayerNode): Port => ({ name: id, label: name, arity: 'one' });
  const ports = { inputs: inputs.map(portOf), outputs: outputs.map(portOf) };
  portsOfDefinition.set(definition.nodes, ports);
  return ports;
}

/** Nodes are immutable: what holds for one table of them holds for as long as it lives. */
const portsOfDefinition = new WeakMap<Graph['nodes'], Ports>();

/** The input a wire goes to when nobody says which: the first. Null for Input. */
export function firstInput(node: PortOwner, graphs: Graphs): Port | null {
  return portsOf(node, graphs).inputs[0] ?? null;
}

/** The input a wire let go over a node goes to: the first that is free, or the first of all, whose wire it then replaces. */
export function freeInput(graph: Graph, node: PortOwner & Pick<LayerNode, 'id'>, graphs: Graphs): Port | null {
  const wires = Object.values(graph.edges).filter((edge) => edge.target === node.id);
  const { inputs } = portsOf(node, graphs);
  const free = inputs.find((port) => port.arity === 'many' || !wires.some((wire) => wire.targetPort === port.name));
  return free ?? inputs[0] ?? null;
}

/** The output a wire comes from when nobody says which: the first. Null for Output. */
export function firstOutput(node: PortOwner, graphs: Graphs): Port | null {
  return portsOf(node, graphs).outputs[0] ?? null;
}

/**
 * Which of a layer's outputs a wire of a flat graph comes from, by its place among them; null where there is none of that name. A layer with
 * one output has no other that could be meant.
 */
export function outputIndex(node: PortOwner, port: string): number | null {
  const { outputs } = layerPorts(node);
  if (outputs.length === 1) return 0;
  const index = outputs.findIndex(({ name }) => name === port);
  return index < 0 ? null : index;
}
