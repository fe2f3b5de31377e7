import { applyNodeChanges, type NodeChange, type OnNodeDrag } from '@xyflow/react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { BLOCK, type Graph } from '../../../core/document/index.ts';
import { batch, edit } from '../../../core/edits.ts';
import type { Graphs } from '../../../core/graph/index.ts';
import { dispatchHere, useDocument } from '../../stores/documentStore.ts';
import { useSelection } from '../../stores/selectionStore.ts';
import { dropOnWire, markWireUnderNode } from './dropOnWire.ts';
import type { LayerFlowNode } from './flowTypes.ts';
import { applySelectChanges } from './selectChanges.ts';
import { toFlowNode } from './toFlow.ts';

/**
 * React Flow's nodes for a graph. Objects are reused while node and selection stay the same, so that one edit renders one card. Positions
 * move here while a drag goes on and reach the document once, when it ends: one gesture, one entry in the history.
 */
export function useFlowNodes(graph: Graph) {
  const graphs = useDocument(({ document }) => document.graphs);
  const selectedIds = useSelection((state) => state.nodeIds);
  const [nodes, setNodes] = useState<readonly LayerFlowNode[]>([]);
  const built = useRef<{ nodes: Graph['nodes']; graphs: Graphs; selected: ReadonlySet<string> }>({
    nodes: {},
    graphs: {},
    selected: new Set(),
  });

  useEffect(() => {
    const selected = new Set(selectedIds);
    const last = built.current;
    built.current = { nodes: graph.nodes, graphs, selected };
    setNodes((current) => {
      const byId = new Map(current.map((node) => [node.id, node]));
      return Object.values(graph.nodes).map((node) => {
        const flow = byId.get(node.id);
        const same =
          last.nodes[node.id] === node &&
          last.selected.has(node.id) === selected.has(node.id) &&
          // The ports of a use are its definition's.
          (node.type !== BLOCK || last.graphs === graphs);
        return flow !== undefined && same ? flow : toFlowNode(node, graphs, selected.has(node.id), flow);
      });
    });
  }, [graph.nodes, graphs, selectedIds]);

  const onNodesChange = useCallback((changes: NodeChange<LayerFlowNode>[]) => {
    applySelectChanges(
      'node',
      changes.filter((change) => change.type === 'select'),
    );
    const moves = changes.filter((change) => change.type === 'position' || change.type === 'dimensions');
    if (moves.length > 0) setNodes((current) => applyNodeChanges(moves, [...current]));
  }, []);

  const onNodeDrag: OnNodeDrag<LayerFlowNode> = useCallback((_event, node, dragged) => {
    markWireUnderNode(dragged.length === 1 ? node : null);
  }, []);

  const onNodeDragStop: OnNodeDrag<LayerFlowNode> = useCallback((_event, node, dragged) => {
    const positions = Object.fromEntries(
      dragged.map(({ id, position }) => [id, { x: Math.round(position.x), y: Math.round(position.y) }]),
    );
    const moved = edit('moveNodes', { positions });
    const inserted = dragged.length === 1 ? dropOnWire(node) : null;
    dispatchHere(inserted === null ? moved : batch('Insert layer', moved, inserted));
    markWireUnderNode(null);
  }, []);

  return { nodes, onNodesChange, onNodeDrag, onNodeDragStop };
}
