import { BLOCK_INPUT, BLOCK_OUTPUT, blockPorts, type LayerNode } from '../../document/index.ts';
import { edgeInto } from './edgeInto.ts';
import type { FlatOutput, OpenPort } from './flatGraph.ts';
import type { Instance } from './instances.ts';

/** Where a wire really comes from: an output of a layer, or the port without a wire at which the way there ends. */
export type Arrival = { readonly from: FlatOutput } | { readonly open: OpenPort };

/** Borders crossed already, with where the way behind them ends. */
export type KnownWays = Map<string, Arrival>;

/**
 * Follows a wire back through the ports of blocks to the layer it comes from. Each step crosses one border, and none is crossed twice in one
 * expansion; wires that run in a circle through blocks alone meet no layer and end as open.
 */
export function arrivalFrom(instance: Instance, nodeId: string, port: string, known: KnownWays): Arrival {
  const way: string[] = [];
  const arrival = follow({ instance, node: nodeId, port }, known, way);
  for (const border of way) known.set(border, arrival);
  return arrival;
}

interface Place {
  readonly instance: Instance;
  readonly node: string;
  readonly port: string;
}

function follow(from: Place, known: KnownWays, way: string[]): Arrival {
  const crossed = new Set<string>();
  let at = from;
  let open: OpenPort = { at: from.instance.path + from.node, port: null, portName: from.port, blockName: '' };
  for (;;) {
    const node = at.instance.graph.nodes[at.node];
    if (node === undefined) return { open };
    const inside = at.instance.children.get(node.id)?.at(-1);
    const border =
      inside !== undefined
        ? leaving(inside, at.port)
        : node.type === BLOCK_INPUT && at.instance.within !== null
          ? entering(at.instance, node)
          : null;
    if (border === null) return { from: { node: at.instance.path + node.id, port: at.port } };
    const key = `${at.instance.path}${node.id}\u0000${at.port}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    open = border.open;
    if (crossed.has(key)) return { open };
    crossed.add(key);
    way.push(key);
    const wire = edgeInto(border.instance.graph, border.node, border.port);
    if (wire === undefined) return { open };
    at = { instance: border.instance, node: wire.source, port: wire.sourcePort };
  }
}

interface Border {
  readonly instance: Instance;
  /** Whose incoming wire goes on. */
  readonly node: string;
  readonly port: string;
  readonly open: OpenPort;
}

/** From a use into its last repetition: the wire to the port node. */
function leaving(inside: Instance, portId: string): Border {
  const port = inside.graph.nodes[portId];
  return {
    instance: inside,
    node: portId,
    port: 'in',
    open: {
      at: inside.path + portId,
      port: null,
      portName: port?.name ?? portId,
      blockName: inside.within?.use.name ?? '',
    },
  };
}

/** From a port inside out of the block: into the repetition before, or to what is wired to the use. */
function entering(instance: Instance, port: LayerNode): Border {
  const { before, within } = instance;
  if (before !== null) {
    const place = blockPorts(instance.graph).inputs.findIndex(({ id }) => id === port.id);
    const output = blockPorts(instance.graph).outputs[place];
    if (output?.type === BLOCK_OUTPUT) return leaving(before, output.id);
  }
  const outer = within?.instance ?? instance;
  const use = within?.use ?? port;
  return {
    instance: outer,
    node: use.id,
    port: port.id,
    open: { at: outer.path + use.id, port: port.id, portName: port.name, blockName: use.name },
  };
}
