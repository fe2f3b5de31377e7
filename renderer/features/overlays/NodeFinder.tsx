import { Command } from 'cmdk';
import { findLayer } from '../../../core/catalogue/index.ts';
import type { Graph } from '../../../core/document/index.ts';
import { canConnect, firstOutput, freeInput, sortNodes } from '../../../core/graph/index.ts';
import { formatShape } from '../../../core/tensor/index.ts';
import { useAnalysis } from '../../stores/analysisStore.ts';
import { canvasView } from '../../stores/canvasStore.ts';
import { currentGraph, currentGraphs, dispatchHere } from '../../stores/documentStore.ts';
import { select, useSelection } from '../../stores/selectionStore.ts';
import { goToRoom, useUi } from '../../stores/uiStore.ts';
import { Glyph } from '../../ui/index.ts';
import { CommandOverlay } from './CommandOverlay.tsx';

/** Finds a layer of the network by name or type: to bring it into view, or to connect the selected layer with it. */
export function NodeFinder() {
  const purpose = useUi((state) => state.finder);
  const selected = useSelection((state) => state.nodeIds.at(-1));
  const close = () => useUi.setState({ finder: null });
  const name = selected === undefined ? '' : (currentGraph().nodes[selected]?.name ?? '');
  return (
    <CommandOverlay
      open={purpose !== null}
      onClose={close}
      label={purpose === 'connect' ? `Connect ${name} with…` : 'Find a layer in the network'}
      empty={purpose === 'connect' ? 'No layer of that name can be connected.' : 'No layer of that name.'}
    >
      {purpose === 'show' && <LayersToShow onDone={close} />}
      {purpose === 'connect' && selected !== undefined && <LayersToConnect nodeId={selected} onDone={close} />}
    </CommandOverlay>
  );
}

function LayersToShow({ onDone }: { readonly onDone: () => void }) {
  const show = (nodeId: string) => {
    onDone();
    goToRoom('design');
    select([nodeId]);
    // The canvas may have to come back from another room first.
    setTimeout(() => {
      canvasView()?.centreOn(nodeId);
      canvasView()?.focusNode(nodeId);
    }, 60);
  };
  return sortNodes(currentGraph()).order.map((id) => <LayerEntry key={id} nodeId={id} onSelect={() => show(id)} />);
}

/** The layers a wire can lead to, then those it can come from: what the mouse would be shown while it draws the wire. */
function LayersToConnect({ nodeId, onDone }: { readonly nodeId: string; readonly onDone: () => void }) {
  const graph = currentGraph();
  const wires = (direction: 'to' | 'from') =>
    sortNodes(graph).order.flatMap((id) => {
      const wire = direction === 'to' ? wireBetween(graph, nodeId, id) : wireBetween(graph, id, nodeId);
      return wire === null ? [] : [{ id, wire }];
    });
  const draw = (args: Wire) => {
    onDone();
    dispatchHere({ command: 'connect', args });
    // The dialog gives the focus back first.
    setTimeout(() => canvasView()?.focusNode(nodeId), 60);
  };
  return (['to', 'from'] as const).map((direction) => {
    const found = wires(direction);
    if (found.length === 0) return null;
    return (
      <Command.Group key={direction} heading={direction === 'to' ? 'Wire to' : 'Wire from'}>
        {found.map(({ id, wire }) => (
          <LayerEntry key={id} nodeId={id} hint={direction} onSelect={() => draw({ ...wire })} />
        ))}
      </Command.Group>
    );
  });
}

type Wire = {
  readonly source: string;
  readonly sourcePort: string;
  readonly target: string;
  readonly targetPort: string;
};

/** The wire from one layer to another by the ports that fit first, or null where it cannot be drawn. */
function wireBetween(graph: Graph, sourceId: string, targetId: string): Wire | null {
  const source = graph.nodes[sourceId];
  const target = graph.nodes[targetId];
  if (source === undefined || target === undefined) return null;
  const graphs = currentGraphs();
  const sourcePort = firstOutput(source, graphs)?.name ?? 'out';
  const targetPort = freeInput(graph, target, graphs)?.name ?? 'in';
  const allowed = canConnect(
    graph,
    { nodeId: source.id, port: sourcePort },
    { nodeId: target.id, port: targetPort },
    graphs,
  );
  return allowed.ok ? { source: source.id, sourcePort, target: target.id, targetPort } : null;
}

function LayerEntry(props: { readonly nodeId: string; readonly hint?: string; readonly onSelect: () => void }) {
  const { nodeId, hint = '', onSelect } = props;
  const node = currentGraph().nodes[nodeId];
  if (node === undefined) return null;
  const layer = findLayer(node.type);
  const shape = useAnalysis.getState().analysis.nodes.get(nodeId)?.outputShape ?? null;
  return (
    <Command.Item
      value={`${node.name} ${layer?.title ?? node.type} ${hint}`}
      className="command-item"
      onSelect={onSelect}
    >
      <Glyph glyph={layer?.glyph ?? 'unknown'} family={layer?.family ?? null} size="s" />
      <span className="grow">
        {node.name} <span className="faint">{layer?.title ?? node.type}</span>
      </span>
      <span className="mono faint">{shape === null ? '' : formatShape(shape)}</span>
    </Command.Item>
  );
}
