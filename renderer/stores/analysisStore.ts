import { create } from 'zustand';
import { type Analysis, createAnalyser, type NodeAnalysis, portsOf } from '../../core/graph/index.ts';
import type { Shape } from '../../core/tensor/index.ts';
import { datasetSummary, useData } from './dataStore.ts';
import { currentGraph, currentGraphs, currentPlace, useDocument } from './documentStore.ts';
import { pathOf, stillThere } from './place.ts';

const analyser = createAnalyser();

function run(): Analysis {
  return analyser({ document: useDocument.getState().document, dataset: datasetSummary(useData.getState()) });
}

interface AnalysisState {
  readonly analysis: Analysis;
  /** What the paths of the nodes on screen begin with in the network; null where the graph on screen is not come to through it. */
  readonly path: string | null;
}

/** What analysis says of the document on screen. Recomputed at every edit, synchronously; unchanged nodes keep their objects. */
export const useAnalysis = create<AnalysisState>()(() => ({ analysis: run(), path: '' }));

/** The path in the network of a node on screen; null where it is in none. */
export function pathOnScreen(nodeId: string, { path } = useAnalysis.getState()): string | null {
  return path === null ? null : path + nodeId;
}

/** What is known of a node on screen, in the use of the block that one came through. */
export function nodeOnScreen(nodeId: string, state = useAnalysis.getState()): NodeAnalysis | undefined {
  const path = pathOnScreen(nodeId, state);
  return path === null ? undefined : state.analysis.nodes.get(path);
}

/** The analysis of one node on screen; a component using it re-renders only when that node's analysis changes. */
export function useNodeAnalysis(nodeId: string): NodeAnalysis | undefined {
  return useAnalysis((state) => nodeOnScreen(nodeId, state));
}

/** The shape that leaves a node on screen by one of its outputs; null where it is not known. */
export function shapeLeaving(nodeId: string, port: string, state = useAnalysis.getState()): Shape | null {
  const node = currentGraph().nodes[nodeId];
  const outputs = node === undefined ? [] : portsOf(node, currentGraphs()).outputs;
  const index = outputs.length === 1 ? 0 : outputs.findIndex(({ name }) => name === port);
  return nodeOnScreen(nodeId, state)?.outputShapes[index] ?? null;
}

/** Recomputes whenever the document or the data's summary changes, and sees to it that what is on screen is still there. Call once. */
export function followDocument(): () => void {
  const again = () => {
    const analysis = run();
    const { document } = useDocument.getState();
    const here = currentPlace();
    const { graph: graphId, uses } = stillThere(document, analysis.places, here);
    useAnalysis.setState({ analysis, path: pathOf(document, { graph: graphId, uses }) });
    if (graphId !== here.graph || uses !== here.uses) useDocument.setState({ graphId, uses });
  };
  const stopDocument = useDocument.subscribe((state, before) => {
    if (state.document !== before.document) again();
    else if (state.graphId !== before.graphId || state.uses !== before.uses)
      useAnalysis.setState({ path: pathOf(state.document, currentPlace(state)) });
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
