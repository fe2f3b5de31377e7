import { create } from 'zustand';
import { type Analysis, createAnalyser, type NodeAnalysis } from '../../core/graph/index.ts';
import { datasetSummary, useData } from './dataStore.ts';
import { useDocument } from './documentStore.ts';

const analyser = createAnalyser();

function run(): Analysis {
  return analyser({ document: useDocument.getState().document, dataset: datasetSummary(useData.getState()) });
}

/** What analysis says of the document on screen. Recomputed at every edit, synchronously; unchanged nodes keep their objects. */
export const useAnalysis = create<{ readonly analysis: Analysis }>()(() => ({ analysis: run() }));

/** The analysis of one node; a component using it re-renders only when that node's analysis changes. */
export function useNodeAnalysis(nodeId: string): NodeAnalysis | undefined {
  return useAnalysis((state) => state.analysis.nodes.get(nodeId));
}

/** Recomputes whenever the document or the data's summary changes. Call once. */
export function followDocument(): () => void {
  const again = () => useAnalysis.setState({ analysis: run() });
  const stopDocument = useDocument.subscribe((state, before) => {
    if (state.document !== before.document) again();
  });
  const stopData = useData.subscribe((state, before) => {
    if (datasetSummary(state) !== datasetSummary(before)) again();
  });
  again();
  return () => {
    stopDocument();
    stopData();
  };
}
