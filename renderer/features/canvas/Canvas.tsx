import {
  Background,
  BackgroundVariant,
  MiniMap,
  Panel,
  ReactFlow,
  ReactFlowProvider,
  SelectionMode,
  useReactFlow,
  useStore,
} from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import { type DragEvent, type KeyboardEvent, type MouseEvent, useEffect, useRef, useState } from 'react';
import { ActionButton } from '../../actions/ActionButton.tsx';
import { findAddable } from '../../actions/addables.ts';
import { addAt, insertOnWire, openQuickAdd } from '../../actions/addLayer.ts';
import { enterBlock } from '../../actions/blocks.ts';
import { LAYER_MIME } from '../../actions/dragTypes.ts';
import { focusCanvas } from '../../actions/focusReturn.ts';
import { onceDrawn } from '../../stores/canvasStore.ts';
import { useDocument, useGraph } from '../../stores/documentStore.ts';
import { select, useSelection } from '../../stores/selectionStore.ts';
import { useUi } from '../../stores/uiStore.ts';
import { classNames, hueColour } from '../../ui/index.ts';
import { Breadcrumb } from './Breadcrumb.tsx';
import './canvas.css';
import { CanvasMenu } from './CanvasMenu.tsx';
import { setDropEdge } from './canvasState.ts';
import { edgeAt } from './dropOnWire.ts';
import { EmptyCanvas } from './EmptyCanvas.tsx';
import type { LayerFlowNode } from './flowTypes.ts';
import { LayerCard } from './LayerCard.tsx';
import { QuickAddMenu } from './QuickAddMenu.tsx';
import { useCanvasView } from './useCanvasView.ts';
import { useConnecting } from './useConnecting.ts';
import { useFlowEdges } from './useFlowEdges.ts';
import { useFlowNodes } from './useFlowNodes.ts';
import { START, useFitOnOpen, useKeptView, useWishes } from './useKeptView.ts';
import { useSidewaysScroll } from './useSidewaysScroll.ts';
import { Wire } from './Wire.tsx';

const NODE_TYPES = { card: LayerCard, pill: LayerCard };
const EDGE_TYPES = { wire: Wire };

/** Below this zoom a card's title is just over 3 pixels high: cards and wires are drawn without their text. */
const FAR = 0.25;
/** Below this one a card is some 20 pixels wide: it is drawn as a block in the hue of its family. */
const TINY = 0.17;

export function Canvas() {
  const graph = useDocument((state) => state.graphId);
  useKeptFocus(graph);
  return (
    <div className="canvas-column">
      <Breadcrumb />
      <ReactFlowProvider key={graph}>
        <CanvasMenu>
          <Flow />
        </CanvasMenu>
        <QuickAddMenu />
      </ReactFlowProvider>
    </div>
  );
}

/** Another graph takes away the card that had the focus: the canvas has it then, so that keys go on working. */
function useKeptFocus(graph: string): void {
  const shown = useRef(graph);
  useEffect(() => {
    if (shown.current === graph) return;
    shown.current = graph;
    if (document.activeElement === null || document.activeElement === document.body) onceDrawn(graph, focusCanvas);
  }, [graph]);
}

function Flow() {
  const graph = useGraph((shown) => shown);
  const opened = useDocument((state) => state.opened);
  const minimap = useUi((state) => state.minimap);
  const view = useKeptView(opened, graph.id);
  const far = useStore((state) => state.transform[2] < FAR);
  const tiny = useStore((state) => state.transform[2] < TINY);
  const box = useRef<HTMLDivElement>(null);
  const { screenToFlowPosition } = useReactFlow();
  const { nodes, onNodesChange, onNodeDrag, onNodeDragStop } = useFlowNodes(graph);
  const { edges, onEdgesChange } = useFlowEdges(graph);
  const connecting = useConnecting();
  useCanvasView(box, view.setWhole);
  useSidewaysScroll(box, view.setWhole);

  const [start] = useState(() => view.known()?.viewport);
  const drawn = nodes.length === Object.keys(graph.nodes).length;
  useFitOnOpen(opened, view, drawn, nodes.length === 0);
  useWishes(graph.id, drawn);

  const onDragOver = (event: DragEvent) => {
    if (!event.dataTransfer.types.includes(LAYER_MIME)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    setDropEdge(edgeAt(event.clientX, event.clientY));
  };
  const onDrop = (event: DragEvent) => {
    const what = findAddable(event.dataTransfer.getData(LAYER_MIME));
    setDropEdge(null);
    if (what === null) return;
    event.preventDefault();
    const screen = { x: event.clientX, y: event.clientY };
    const edgeId = edgeAt(screen.x, screen.y);
    if (edgeId !== null) insertOnWire(what, edgeId);
    else addAt(what, screenToFlowPosition(screen));
  };
  const onDoubleClick = (event: MouseEvent) => {
    if (!(event.target instanceof Element)) return;
    const id = event.target.closest('.react-flow__node')?.getAttribute('data-id');
    if (id != null && event.target.closest('button') === null) enterBlock(id);
    if (event.target.closest('.react-flow__pane') === null) return;
    const screen = { x: event.clientX, y: event.clientY };
    openQuickAdd(screen, screenToFlowPosition(screen));
  };
  // A card reached with Tab is not selected yet; Enter and Space select it, and Enter again edits it.
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    const id =
      event.target instanceof Element ? event.target.closest('.react-flow__node')?.getAttribute('data-id') : null;
    if (id === null || id === undefined || useSelection.getState().nodeIds.includes(id)) return;
    if (event.target instanceof Element && event.target.closest('button') !== null) return;
    event.preventDefault();
    select([id]);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a drawing surface, not a fieldset
    <div
      ref={box}
      role="group"
      className={classNames('canvas', far && 'canvas-far', tiny && 'canvas-tiny')}
      aria-label="Network canvas"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: keys work on the drawing: the arrows lead from layer to layer
      tabIndex={0}
      data-testid="canvas"
      onDragOver={onDragOver}
      onDragLeave={() => setDropEdge(null)}
      onDrop={onDrop}
      onDoubleClick={onDoubleClick}
      onKeyDown={onKeyDown}
    >
      <ReactFlow
        nodes={nodes as LayerFlowNode[]}
        edges={edges}
        nodeTypes={NODE_TYPES}
        edgeTypes={EDGE_TYPES}
        onNodesChange={onNodesChange}
        onEdgesChange={onEdgesChange}
        onNodeDrag={onNodeDrag}
        onNodeDragStop={onNodeDragStop}
        onNodeClick={(event, node) => {
          // React Flow leaves several selected layers selected: a plain click means this one.
          if (!event.shiftKey && !event.ctrlKey && !event.metaKey && useSelection.getState().nodeIds.length > 1)
            select([node.id]);
        }}
        onNodeContextMenu={(_event, node) => {
          if (!useSelection.getState().nodeIds.includes(node.id)) select([node.id]);
        }}
        onEdgeContextMenu={(_event, edge) => select([], [edge.id])}
        onMove={(event, viewport) => {
          // No event: the app moved it.
          view.keep({ viewport, whole: (view.known()?.whole ?? true) && event === null });
          useUi.setState({ zoom: viewport.zoom });
        }}
        {...connecting}
        defaultViewport={start ?? START}
        minZoom={0.05}
        maxZoom={3}
        onlyRenderVisibleElements
        connectionRadius={26}
        // The grips of both ends side by side on the shortest wire that layout draws.
        reconnectRadius={8}
        selectionMode={SelectionMode.Partial}
        selectionKeyCode="Shift"
        multiSelectionKeyCode={['Shift', 'Control', 'Meta']}
        deleteKeyCode={null}
        zoomOnDoubleClick={false}
        disableKeyboardA11y
        elevateNodesOnSelect={false}
        nodeDragThreshold={2}
        proOptions={{ hideAttribution: true }}
      >
        <Background variant={BackgroundVariant.Dots} gap={20} size={1.4} color="var(--dot)" />
        <Panel position="bottom-left" className="canvas-tools">
          <ActionButton id="zoomOut" />
          <ActionButton id="zoomIn" />
          <ActionButton id="fit" />
          <ActionButton id="toggleMinimap" pressed={minimap} />
          <ActionButton id="autoLayout" />
        </Panel>
        {minimap && nodes.length > 0 && (
          <MiniMap
            position="bottom-right"
            className="canvas-minimap"
            ariaLabel="Minimap"
            pannable
            zoomable
            nodeBorderRadius={8}
            nodeClassName={(node) => node.className ?? ''}
            nodeColor={({ data }: LayerFlowNode) => (data.hue === null ? 'var(--hue)' : hueColour(data.hue))}
          />
        )}
        {nodes.length === 0 && <EmptyCanvas />}
      </ReactFlow>
    </div>
  );
}
