import { Command } from 'cmdk';
import { Popover } from 'radix-ui';
import { useMemo, useState } from 'react';
import { type AnyLayerDefinition, listLayers } from '../../../core/catalogue/index.ts';
import { compatibleTypes } from '../../../core/graph/index.ts';
import { formatShape } from '../../../core/tensor/index.ts';
import { addAt, addConnected } from '../../actions/addLayer.ts';
import { searchLayers } from '../../actions/searchLayers.ts';
import { shapeLeaving } from '../../stores/analysisStore.ts';
import { type QuickAdd, useUi } from '../../stores/uiStore.ts';
import { Glyph } from '../../ui/index.ts';
import '../../ui/command.css';
import './quickAdd.css';

/** The layer menu at the pointer, or where a wire was let go: then only layers that can take the wire. */
export function QuickAddMenu() {
  const request = useUi((state) => state.quickAdd);
  const close = () => useUi.setState({ quickAdd: null });
  if (request === null) return null;
  return (
    <Popover.Root open onOpenChange={(open) => !open && close()}>
      <Popover.Anchor asChild>
        <span className="quick-anchor" style={{ left: request.screen.x, top: request.screen.y }} />
      </Popover.Anchor>
      <Popover.Portal>
        <Popover.Content
          className="quick-add"
          side="bottom"
          align="start"
          sideOffset={4}
          collisionPadding={12}
          aria-label="Add a layer"
        >
          <LayerList request={request} onDone={close} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function choices(request: QuickAdd): { readonly layers: readonly AnyLayerDefinition[]; readonly shape: string | null } {
  const { from } = request;
  if (from === null) return { layers: listLayers(), shape: null };
  if (from.side === 'target') return { layers: listLayers().filter((layer) => layer.outputs.length > 0), shape: null };
  const shape = shapeLeaving(from.nodeId, from.port);
  const types = new Set(compatibleTypes(shape));
  return {
    layers: listLayers().filter((layer) => types.has(layer.type)),
    shape: shape === null ? null : formatShape(shape),
  };
}

function LayerList({ request, onDone }: { readonly request: QuickAdd; readonly onDone: () => void }) {
  const [query, setQuery] = useState('');
  const { layers, shape } = useMemo(() => choices(request), [request]);
  const found = searchLayers(layers, query);
  const add = (type: string) => {
    onDone();
    if (request.from === null) addAt(type, request.position);
    else addConnected(type, request.position, request.from);
  };
  return (
    <Command shouldFilter={false} label="Add a layer">
      <Command.Input
        autoFocus
        value={query}
        onValueChange={setQuery}
        placeholder={shape === null ? 'Add a layer' : `Layers that take ${shape}`}
        className="command-input"
      />
      <Command.List className="command-list">
        <Command.Empty className="command-empty">No layer of that name fits here.</Command.Empty>
        {found.map((layer) => (
          <Command.Item key={layer.type} value={layer.type} className="command-item" onSelect={() => add(layer.type)}>
            <Glyph glyph={layer.glyph} family={layer.family} size="s" />
            <span>{layer.title}</span>
            {layer.tag !== undefined && <span className="faint">{layer.tag}</span>}
          </Command.Item>
        ))}
      </Command.List>
    </Command>
  );
}
