import { rootGraph } from '../../../core/graph/index.ts';
import { useDocument } from '../../stores/documentStore.ts';
import { useSelection } from '../../stores/selectionStore.ts';
import { DocumentSummary } from './DocumentSummary.tsx';
import './inspector.css';
import { NodeInspector } from './NodeInspector.tsx';
import { SelectionSummary } from './SelectionSummary.tsx';
import { WireInspector } from './WireInspector.tsx';

/** What is selected, and everything about it that can be set. */
export function Inspector() {
  const nodeIds = useSelection((state) => state.nodeIds);
  const edgeIds = useSelection((state) => state.edgeIds);
  const [nodeId] = nodeIds;
  const [edgeId] = edgeIds;
  const node = useDocument((state) => (nodeId === undefined ? undefined : rootGraph(state.document).nodes[nodeId]));
  const edge = useDocument((state) => (edgeId === undefined ? undefined : rootGraph(state.document).edges[edgeId]));
  const view = () => {
    if (nodeIds.length + edgeIds.length > 1) return <SelectionSummary />;
    // A new key for another node: half-typed values and open folds belong to one node only.
    if (node !== undefined) return <NodeInspector key={node.id} node={node} />;
    if (edge !== undefined) return <WireInspector edge={edge} />;
    return <DocumentSummary />;
  };
  return <div className="inspector">{view()}</div>;
}
