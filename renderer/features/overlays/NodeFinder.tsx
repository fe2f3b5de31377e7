import { Command } from 'cmdk';
import type { Graph } from '../../../core/document/index.ts';
import { canConnect, firstOutput, freeInput, graphOf, type Place, sortNodes } from '../../../core/graph/index.ts';
import { formatShape } from '../../../core/tensor/index.ts';
import { goTo } from '../../actions/goTo.ts';
import { useAnalysis } from '../../stores/analysisStore.ts';
import { canvasView } from '../../stores/canvasStore.ts';
import { currentGraph, currentGraphs, currentPlace, dispatchHere, useDocument } from '../../stores/documentStore.ts';
import { nearestPlace, pathOf } from '../../stores/place.ts';
import { useSelection } from '../../stores/selectionStore.ts';
import { useUi } from '../../stores/uiStore.ts';
import { Glyph, nodeLook } from '../../ui/index.ts';
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

/** Layers of the main graph, then those of each block, as they are at the place nearest to the one on screen. */
function LayersToShow({ onDone }: { readonly onDone: () => void }) {
  const { document } = useDocument.getState();
  const { places } = useAnalysis.getState().analysis;
  const show = (place: Place, nodeId: string) => {
    onDone();
    goTo({ graph: place.graph, nodeIds: [nodeId], place, focus: true });
  };
  const ids = Object.keys(document.graphs).filter((id) => id !== document.root);
  return [document.root, ...ids].map((id) => {
    const graph = graphOf(document, id);
    const place = nearestPlace(document, places, id, currentPlace());
    const entries = sortNodes(graph).order.map((nodeId) => (
      <LayerEntry key={nodeId} nodeId={nodeId} place={place} onSelect={() => show(place, nodeId)} />
    ));
    if (id === document.root) return entries;
    return (
      <Command.Group key={id} heading={`In ${graph.name ?? id}`}>
        {entries}
      </Command.Group>
    );
  });
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
          <LayerEntry key={id} nodeId={id} place={currentPlace()} hint={direction} onSelect={() => draw({ ...wire })} />
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

interface LayerEntryProps {
  readonly nodeId: string;
  readonly place: Place;
  readonly hint?: string;
  readonly onSelect: () => void;
}

function LayerEntry({ nodeId, place, hint = '', onSelect }: LayerEntryProps) {
  const { document } = useDocument.getState();
  const graph = graphOf(document, place.graph);
  const node = graph.nodes[nodeId];
  if (node === undefined) return null;
  const { title, glyph, family, hue } = nodeLook(node, document.graphs);
  const path = pathOf(document, place);
  const shape = path === null ? null : (useAnalysis.getState().analysis.nodes.get(path + nodeId)?.outputShape ?? null);
  const within = place.graph === document.root ? '' : (graph.name ?? graph.id);
  return (
    <Command.Item
      value={`${node.name} ${title} ${hint} ${within === '' ? '' : `${within} ${place.graph}`}`}
      className="command-item"
      onSelect={onSelect}
    >
      <Glyph glyph={glyph} family={family} hue={hue} size="s" />
      <span className="grow">
        {node.name} <span className="faint">{title}</span>
      </span>
      <span className="mono faint">{shape === null ? '' : formatShape(shape)}</span>
    </Command.Item>
  );
}
