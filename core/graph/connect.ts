import { listLayers } from '../catalogue/index.ts';
import type { Graph } from '../document/index.ts';
import { fail, ok, type Problem, type Result } from '../errors.ts';
import { shorten } from '../shorten.ts';
import type { Shape } from '../tensor/index.ts';
import { type Graphs, portsOf } from './ports.ts';
import { incomingEdges, nodeById, reachable } from './topology.ts';

/** A port of a layer. */
export interface PortReference {
  readonly nodeId: string;
  readonly port: string;
}

/**
 * Whether a wire may be drawn. A taken single input is no obstacle: the new wire takes the old one's place. Shapes are not
 * looked at either: a wire with the wrong shape may be drawn, and analysis then says how to mend it.
 * Errors: `no-such-node`, `no-such-port`, `wire-to-itself`, `wire-exists`, `wire-cycle`.
 */
export function canConnect(graph: Graph, from: PortReference, to: PortReference, graphs: Graphs): Result<null> {
  const source = nodeById(graph, from.nodeId);
  const target = nodeById(graph, to.nodeId);
  if (source === undefined || target === undefined)
    return refuse(
      'no-such-node',
      `There is no layer with the id “${source === undefined ? from.nodeId : to.nodeId}” to connect.`,
    );
  if (!portsOf(source, graphs).outputs.some((port) => port.name === from.port))
    return refuse(
      'no-such-port',
      source.type === 'Output'
        ? `“${source.name}” is an Output: the network ends there, and nothing can follow it.`
        : `“${source.name}” has no output called “${shorten(from.port)}”.`,
    );
  if (!portsOf(target, graphs).inputs.some((port) => port.name === to.port))
    return refuse(
      'no-such-port',
      target.type === 'Input'
        ? `“${target.name}” is an Input: samples enter there, and nothing can come before it.`
        : `“${target.name}” has no input called “${shorten(to.port)}”.`,
    );
  if (source.id === target.id) return refuse('wire-to-itself', `“${source.name}” cannot be connected to itself.`);
  const same = incomingEdges(graph, target.id).some(
    (edge) => edge.source === source.id && edge.sourcePort === from.port && edge.targetPort === to.port,
  );
  if (same) return refuse('wire-exists', `“${source.name}” is already connected to “${target.name}”.`);
  if (reachable(graph, [target.id], 'down').has(source.id))
    return refuse(
      'wire-cycle',
      `“${target.name}” already leads to “${source.name}”, so a wire back would close a circle, and values would have no beginning.`,
    );
  return ok(null);
}

function refuse(code: string, message: string): Result<never> {
  const problem: Problem = { code, severity: 'error', title: 'Cannot connect', message };
  return fail(problem);
}

/** Layer types that take a wire of this shape (any shape when null), in palette order: what the menu of a dropped wire offers. */
export function compatibleTypes(shape: Shape | null): readonly string[] {
  return listLayers()
    .filter((layer) =>
      layer.inputs.some((port) => shape === null || !port.ranks?.length || port.ranks.includes(shape.length)),
    )
    .map((layer) => layer.type);
}
