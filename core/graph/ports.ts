import { findLayer, type Port } from '../catalogue/index.ts';
import type { Graph, LayerNode } from '../document/index.ts';

/** Where wires may arrive at a layer, and leave it. */
export interface Ports {
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
}

/** A layer type this version does not know: one side to wire into and one to wire from, so that it keeps its place. */
const OPAQUE: Ports = {
  inputs: [{ name: 'in', label: 'Input', arity: 'many' }],
  outputs: [{ name: 'out', label: 'Output', arity: 'one' }],
};

/** Where wires can meet a node. */
export function portsOf(node: PortOwner): Ports {
  const layer = findLayer(node.type);
  if (layer === undefined) return OPAQUE;
  if (layer.outputPorts === undefined || node.params === undefined) return layer;
  return { inputs: layer.inputs, outputs: layer.outputPorts(node.params) };
}

/** A node, or a layer type as a new node of it would be. */
export type PortOwner = Pick<LayerNode, 'type'> & Partial<Pick<LayerNode, 'params'>>;

/** The input a wire goes to when nobody says which: the first. Null for Input. */
export function firstInput(node: Pick<LayerNode, 'type'>): Port | null {
  return portsOf(node).inputs[0] ?? null;
}

/** The input a wire let go over a node goes to: the first that is free, or the first of all, whose wire it then replaces. */
export function freeInput(graph: Graph, node: Pick<LayerNode, 'id' | 'type'>): Port | null {
  const wires = Object.values(graph.edges).filter((edge) => edge.target === node.id);
  const free = portsOf(node).inputs.find(
    (port) => port.arity === 'many' || !wires.some((wire) => wire.targetPort === port.name),
  );
  return free ?? firstInput(node);
}

/** The output a wire comes from when nobody says which: the first. Null for Output. */
export function firstOutput(node: PortOwner): Port | null {
  return portsOf(node).outputs[0] ?? null;
}

/**
 * Which of a node's outputs a wire comes from, by its place among them; null where there is none of that name. A layer with one output has
 * no other that could be meant.
 */
export function outputIndex(node: PortOwner, port: string): number | null {
  const { outputs } = portsOf(node);
  if (outputs.length === 1) return 0;
  const index = outputs.findIndex(({ name }) => name === port);
  return index < 0 ? null : index;
}
