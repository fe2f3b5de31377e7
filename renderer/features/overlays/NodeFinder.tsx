import { Command } from 'cmdk';
import { findLayer } from '../../../core/catalogue/index.ts';
import { sortNodes } from '../../../core/graph/index.ts';
import { formatShape } from '../../../core/tensor/index.ts';
import { useAnalysis } from '../../stores/analysisStore.ts';
import { canvasView } from '../../stores/canvasStore.ts';
import { currentGraph } from '../../stores/documentStore.ts';
import { select } from '../../stores/selectionStore.ts';
import { goToRoom, useUi } from '../../stores/uiStore.ts';
import { Glyph } from '../../ui/index.ts';
import { CommandOverlay } from './CommandOverlay.tsx';

/** Ctrl+F: finds a layer of the network by name or type, selects it and brings it into view. */
export function NodeFinder() {
  const open = useUi((state) => state.finder);
  const close = () => useUi.setState({ finder: false });
  return (
    <CommandOverlay open={open} onClose={close} label="Find a layer in the network" empty="No layer of that name.">
      {open && <Entries onDone={close} />}
    </CommandOverlay>
  );
}

function Entries({ onDone }: { readonly onDone: () => void }) {
  const graph = currentGraph();
  const { nodes } = useAnalysis.getState().analysis;
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
  return sortNodes(graph).order.map((id) => {
    const node = graph.nodes[id];
    if (node === undefined) return null;
    const layer = findLayer(node.type);
    const shape = nodes.get(id)?.outputShape ?? null;
    return (
      <Command.Item
        key={id}
        value={`${node.name} ${layer?.title ?? node.type}`}
        className="command-item"
        onSelect={() => show(id)}
      >
        <Glyph glyph={layer?.glyph ?? 'unknown'} family={layer?.family ?? null} size="s" />
        <span className="grow">
          {node.name} <span className="faint">{layer?.title ?? node.type}</span>
        </span>
        <span className="mono faint">{shape === null ? '' : formatShape(shape)}</span>
      </Command.Item>
    );
  });
}
