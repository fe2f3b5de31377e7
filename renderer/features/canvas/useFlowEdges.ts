import type { EdgeChange } from '@xyflow/react';
import { useCallback, useMemo, useRef } from 'react';
import type { Edge, Graph } from '../../../core/document/index.ts';
import { detours } from '../../actions/layout/detours.ts';
import { skipEdges } from '../../actions/layout/skipEdges.ts';
import { useDocument } from '../../stores/documentStore.ts';
import { useSelection } from '../../stores/selectionStore.ts';
import type { WireFlowEdge } from './flowTypes.ts';
import { applySelectChanges } from './selectChanges.ts';
import { toFlowEdge, wireName } from './toFlow.ts';

/** React Flow's edges for a graph; objects are reused while wire, selection and role stay the same. */
export function useFlowEdges(graph: Graph) {
  const graphs = useDocument(({ document }) => document.graphs);
  const selectedIds = useSelection((state) => state.edgeIds);
  const skips = useMemo(() => skipEdges(graph), [graph]);
  const crossings = useMemo(() => detours(graph), [graph]);
  const cache = useRef(new Map<string, { edge: Edge; flow: WireFlowEdge }>());
  const edges = useMemo(() => {
    const selected = new Set(selectedIds);
    const next = new Map<string, { edge: Edge; flow: WireFlowEdge }>();
    for (const edge of Object.values(graph.edges)) {
      const known = cache.current.get(edge.id);
      const crossAt = crossings.get(edge.id) ?? null;
      const name = wireName(graph, edge, graphs);
      const same =
        known?.edge === edge &&
        known.flow.selected === selected.has(edge.id) &&
        known.flow.data?.skip === skips.has(edge.id) &&
        known.flow.data.crossAt === crossAt &&
        known.flow.ariaLabel === name;
      next.set(
        edge.id,
        same
          ? known
          : {
              edge,
              flow: toFlowEdge(edge, { name, selected: selected.has(edge.id), skip: skips.has(edge.id), crossAt }),
            },
      );
    }
    cache.current = next;
    return [...next.values()].map(({ flow }) => flow);
  }, [graph, graphs, selectedIds, skips, crossings]);

  const onEdgesChange = useCallback((changes: EdgeChange<WireFlowEdge>[]) => {
    applySelectChanges(
      'edge',
      changes.filter((change) => change.type === 'select'),
    );
  }, []);
  return { edges, onEdgesChange };
}
