import type { KeyboardEvent } from 'react';
import { BLOCK } from '../../../core/document/index.ts';
import { FieldScope } from '../../actions/FieldScope.tsx';
import { canvasView } from '../../stores/canvasStore.ts';
import { useGraph } from '../../stores/documentStore.ts';
import { useSelection } from '../../stores/selectionStore.ts';
import { BlockInspector } from './BlockInspector.tsx';
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
  const node = useGraph(({ nodes }) => (nodeId === undefined ? undefined : nodes[nodeId]));
  const edge = useGraph(({ edges }) => (edgeId === undefined ? undefined : edges[edgeId]));
  const graphId = useGraph(({ id }) => id);
  const view = () => {
    if (nodeIds.length + edgeIds.length > 1) return <SelectionSummary />;
    // A new key for another node: half-typed values and open folds belong to one node only.
    if (node !== undefined)
      return (
        <FieldScope key={`${graphId}/${node.id}`} room="design" nodeId={node.id} graphId={graphId}>
          {node.type === BLOCK ? <BlockInspector node={node} /> : <NodeInspector node={node} />}
        </FieldScope>
      );
    if (edge !== undefined) return <WireInspector edge={edge} />;
    return <DocumentSummary />;
  };
  // Escape in a field with nothing half-typed goes back to the layer on the canvas.
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented || nodeId === undefined) return;
    event.preventDefault();
    canvasView()?.focusNode(nodeId);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only Escape, for the controls inside
    <div className="inspector" onKeyDown={onKeyDown}>
      {view()}
    </div>
  );
}
