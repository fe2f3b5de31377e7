import { Command } from 'cmdk';
import { Popover } from 'radix-ui';
import { useMemo, useState } from 'react';
import { compatibleTypes, isWrapping } from '../../../core/graph/index.ts';
import { formatShape } from '../../../core/tensor/index.ts';
import {
  type Addable,
  designAddables,
  layerAddables,
  libraryAddables,
  portsOfAddable,
} from '../../actions/addables.ts';
import { addAt, addConnected } from '../../actions/addLayer.ts';
import { search } from '../../actions/search.ts';
import { shapeLeaving } from '../../stores/analysisStore.ts';
import { useDocument } from '../../stores/documentStore.ts';
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

function choices(request: QuickAdd): { readonly found: readonly Addable[]; readonly shape: string | null } {
  const { from } = request;
  const { document, graphId } = useDocument.getState();
  const layers = layerAddables(graphId !== document.root);
  const blocks = [...designAddables(document.graphs, document.root), ...libraryAddables()];
  if (from === null) return { found: [...layers, ...blocks], shape: null };
  if (from.side === 'target')
    return { found: [...layers, ...blocks].filter((one) => portsOfAddable(one).outputs.length > 0), shape: null };
  const shape = shapeLeaving(from.nodeId, from.port);
  const types = new Set(compatibleTypes(shape));
  const takes = (one: Addable) => (isWrapping(one) ? portsOfAddable(one).inputs.length > 0 : types.has(one.type));
  return { found: [...layers, ...blocks].filter(takes), shape: shape === null ? null : formatShape(shape) };
}

function LayerList({ request, onDone }: { readonly request: QuickAdd; readonly onDone: () => void }) {
  const [query, setQuery] = useState('');
  const { found, shape } = useMemo(() => choices(request), [request]);
  const add = (what: Addable) => {
    onDone();
    if (request.from === null) addAt(what, request.position);
    else addConnected(what, request.position, request.from);
  };
  return (
    <Command shouldFilter={false} label="Add a layer">
      <Command.Input
        autoFocus
        value={query}
        onValueChange={setQuery}
        placeholder={shape === null ? 'Add a layer or a block' : `Layers that take ${shape}`}
        className="command-input"
      />
      <Command.List className="command-list">
        <Command.Empty className="command-empty">Nothing of that name fits here.</Command.Empty>
        {search(found, query).map((what) => (
          <Command.Item key={what.key} value={what.key} className="command-item" onSelect={() => add(what)}>
            <Glyph {...what.look} size="s" />
            <span>{what.title}</span>
            {what.tag !== undefined && <span className="faint">{what.tag}</span>}
          </Command.Item>
        ))}
      </Command.List>
    </Command>
  );
}
