import { type ShortcutLayer, shortcutLayers } from '../catalogue/index.ts';
import { BLOCK_INPUT, BLOCK_OUTPUT, type Edge, type Graph, type LayerNode } from '../document/index.ts';
import { type Edit, edit } from '../edits.ts';
import { fail, ok, type Result } from '../errors.ts';
import { formatShape, type Shape } from '../tensor/index.ts';
import type { PortReference } from './connect.ts';
import { firstOutput, type Graphs } from './ports.ts';
import { incomingEdges, nodeById, outgoingEdges, reachable } from './topology.ts';

/** Layers that a wire can be led around: where they are entered and left. */
export interface ResidualRun {
  /** The output outside from which everything enters. */
  readonly from: PortReference;
  /** The output inside from which everything leaves. */
  readonly to: PortReference;
}

/** Whether these layers have one way in and one way out, and which. Errors: `nothing-selected`, `residual-run`. */
export function residualRun(graph: Graph, nodeIds: readonly string[], graphs: Graphs): Result<ResidualRun> {
  const inside = new Set(nodeIds);
  const nodes = nodeIds.flatMap((id) => nodeById(graph, id) ?? []);
  const [first] = nodes;
  if (first === undefined)
    return no('Select the layers that the shortcut is to lead around first.', 'nothing-selected');
  const end = nodes.find(({ type }) => ENDS.has(type));
  if (end !== undefined) return no(`“${end.name}” is where samples enter or leave, so no shortcut can lead around it.`);
  const say = (refs: readonly PortReference[]) =>
    refs.map(({ nodeId }) => `“${nodeById(graph, nodeId)?.name ?? nodeId}”`).join(' and ');
  const entering = distinct(
    nodes.flatMap(({ id }) => incomingEdges(graph, id)).filter(({ source }) => !inside.has(source)),
  );
  const [from, ...moreIn] = entering;
  if (from === undefined)
    return no('Nothing leads to these layers, so there is nothing that a shortcut could take around them.');
  if (moreIn.length > 0)
    return no(
      `They are entered from ${say(entering)}, but a shortcut begins at one place. Select a run of layers that one output leads to.`,
    );
  const leaving = distinct(
    nodes.flatMap(({ id }) => outgoingEdges(graph, id)).filter(({ target }) => !inside.has(target)),
  );
  const ends = leaving.length > 0 ? leaving : lastOf(graph, nodes, inside, graphs);
  const [to, ...moreOut] = ends;
  if (to === undefined || moreOut.length > 0)
    return no(
      to === undefined
        ? 'These layers have no output that could be added to.'
        : `They are left from ${say(ends)}, but a shortcut ends at one place. Select a run of layers that one output leaves.`,
    );
  const above = reachable(graph, inside, 'up');
  const between = [...reachable(graph, inside, 'down')].find((id) => !inside.has(id) && above.has(id));
  if (between !== undefined)
    return no(`“${nodeById(graph, between)?.name ?? between}” lies between them. Select it too.`);
  return ok({ from, to });
}

/**
 * The edit that leads a shortcut around layers, with what brings the shape before them to the one behind. Errors: those of `residualRun`, and
 * `residual-shapes`.
 * @param shapeAt the shape that an output has; null where it is not known, and then the shortcut is a wire
 */
export function residualEdit(
  graph: Graph,
  nodeIds: readonly string[],
  graphs: Graphs,
  shapeAt: (output: PortReference) => Shape | null,
): Result<Edit<'wrapResidual'>> {
  const run = residualRun(graph, nodeIds, graphs);
  if (!run.ok) return run;
  const [before, behind] = [shapeAt(run.value.from), shapeAt(run.value.to)];
  const layers: readonly ShortcutLayer[] | null =
    before === null || behind === null ? [] : shortcutLayers(before, behind);
  if (layers === null)
    return no(
      `What enters is ${formatShape(before ?? [])}, what leaves ${formatShape(behind ?? [])}, and no projection brings the one to the other: ${
        before?.length === behind?.length ? 'the map grows' : 'they have not the same number of axes'
      }. Select a run that keeps it, or makes it smaller.`,
      'residual-shapes',
    );
  return ok(edit('wrapResidual', { graph: graph.id, nodeIds, shortcut: layers }));
}

const ENDS = new Set(['Input', 'Output', BLOCK_INPUT, BLOCK_OUTPUT]);

function distinct(wires: readonly Edge[]): readonly PortReference[] {
  const found = new Map(
    wires.map(({ source, sourcePort }) => [JSON.stringify([source, sourcePort]), { nodeId: source, port: sourcePort }]),
  );
  return [...found.values()];
}

/** Outputs of those among the nodes that nothing reads. */
function lastOf(
  graph: Graph,
  nodes: readonly LayerNode[],
  inside: ReadonlySet<string>,
  graphs: Graphs,
): readonly PortReference[] {
  return nodes
    .filter(({ id }) => !outgoingEdges(graph, id).some(({ target }) => inside.has(target)))
    .flatMap((node) => {
      const port = firstOutput(node, graphs);
      return port === null ? [] : [{ nodeId: node.id, port: port.name }];
    });
}

function no(message: string, code = 'residual-run'): Result<never> {
  return fail({ code, severity: 'error', title: 'Cannot wrap', message });
}
