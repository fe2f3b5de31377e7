import { Panel } from '@xyflow/react';
import { BLOCK_INPUT } from '../../../core/document/index.ts';
import { findAddable } from '../../actions/addables.ts';
import { addAt } from '../../actions/addLayer.ts';
import { canvasView } from '../../stores/canvasStore.ts';
import { useDocument } from '../../stores/documentStore.ts';
import { Button, EmptyState } from '../../ui/index.ts';

/** A new design, or an empty block: how to begin. */
export function EmptyCanvas() {
  const inside = useDocument(({ graphId, document }) => graphId !== document.root);
  const addInput = () => {
    const what = findAddable(inside ? BLOCK_INPUT : 'Input');
    const box = document.querySelector('.canvas')?.getBoundingClientRect();
    const view = canvasView();
    if (box !== undefined && view !== null && what !== null)
      addAt(what, view.toCanvas({ x: box.left + box.width * 0.2, y: box.top + box.height / 2 }));
  };
  return (
    <Panel position="top-center" className="canvas-empty">
      <EmptyState
        title={inside ? 'An empty block' : 'An empty canvas'}
        action={
          <Button variant="primary" onClick={addInput}>
            {inside ? 'Add an input of the block' : 'Add an Input'}
          </Button>
        }
      >
        {inside ? 'A block begins with what enters it.' : 'A network begins with an Input, where samples enter.'} Then
        drag layers from the left, or click them to append one after the other.
      </EmptyState>
    </Panel>
  );
}
