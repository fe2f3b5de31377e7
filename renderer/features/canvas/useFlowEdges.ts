import type { EdgeChange } from '@xyflow/react';
import { useCallback, useMemo, useRef } from 'react';
import type { Edge, Graph } from '../../../core/document/index.ts';
import { skipEdges } from '../../actions/layout/skipEdges.ts';
import { useSelection } from '../../stores/selectionStore.ts';
import type { WireFlowEdge } from './flowTypes.ts';
import { applySelectChanges } from './selectChanges.ts';
import { toFlowEdge } from './toFlow.ts';

/** React Flow's edges for a graph; objects are reused while wire, selection and role stay the same. */
export function useFlowEdges(graph: Graph) {
  const selectedIds = useSelection((state) => state.edgeIds);
  // Types decide which nodes are merges, wires decide the paths; moving a node changes neither.
  const skips = useMemo(() => skipEdges(graph), [graph]);
  const cache = useRef(new Map<string, { edge: Edge; flow: WireFlowEdge }>());
  const edges = useMemo(() => {
    const selected = new Set(selectedIds);
    const next = new Map<string, { edge: Edge; flow: WireFlowEdge }>();
    for (const edge of Object.values(graph.edges)) {
      const known = cache.current.get(edge.id);
      const same =
        known?.edge === edge &&
        known.flow.selected === selected.has(edge.id) &&
        known.flow.data?.skip === skips.has(edge.id);
      next.set(edge.id, same ? known : { edge, flow: toFlowEdge(edge, selected.has(edge.id), skips.has(edge.id)) });
    }
    cache.current = next;
    return [...next.values()].map(({ flow }) => flow);
  }, [graph.edges, selectedIds, skips]);

  const onEdgesChange = useCallback((changes: EdgeChange<WireFlowEdge>[]) => {
    applySelectChanges(
      'edge',
      changes.filter((change) => change.type === 'select'),
    );
  }, []);
  return { edges, onEdgesChange };
}
