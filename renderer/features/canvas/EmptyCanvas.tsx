import { Panel } from '@xyflow/react';
import { addAt } from '../../actions/addLayer.ts';
import { canvasView } from '../../stores/canvasStore.ts';
import { Button, EmptyState } from '../../ui/index.ts';

/** A new design: how to begin. */
export function EmptyCanvas() {
  const addInput = () => {
    const box = document.querySelector('.canvas')?.getBoundingClientRect();
    const view = canvasView();
    if (box !== undefined && view !== null)
      addAt('Input', view.toCanvas({ x: box.left + box.width * 0.2, y: box.top + box.height / 2 }));
  };
  return (
    <Panel position="top-center" className="canvas-empty">
      <EmptyState
        title="An empty canvas"
        action={
          <Button variant="primary" onClick={addInput}>
            Add an Input
          </Button>
        }
      >
        A network begins with an Input, where samples enter. Then drag layers from the left, or click them to append one
        after the other.
      </EmptyState>
    </Panel>
  );
}
