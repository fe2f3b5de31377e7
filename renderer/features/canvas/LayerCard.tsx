import { Handle, type NodeProps, Position } from '@xyflow/react';
import { memo } from 'react';
import { checkParams, findLayer } from '../../../core/catalogue/index.ts';
import type { LayerNode } from '../../../core/document/index.ts';
import { portsOf } from '../../../core/graph/index.ts';
import { formatShape } from '../../../core/tensor/index.ts';
import { useNodeAnalysis } from '../../stores/analysisStore.ts';
import { useDocument, useGraph } from '../../stores/documentStore.ts';
import { classNames, formatCompact, formatCount, Glyph } from '../../ui/index.ts';
import { useCanvasState } from './canvasState.ts';
import type { LayerFlowNode } from './flowTypes.ts';
import './layerCard.css';
import { NodeProblems, useProblemBubble } from './NodeProblems.tsx';
import { portPlace } from './portPlace.ts';

// What fits under the line beside each other; beyond it, parameters are written short.
const FOOT_LETTERS = 16;
// What fits in a title's one line.
const TITLE_LETTERS = 13;

/** The second line of a card. Parameters that do not hold yet are shown by the problem, not here. */
function summaryOf(node: LayerNode): string {
  const layer = findLayer(node.type);
  return layer === undefined ? 'unknown layer' : layer.summary(checkParams(layer, node.params).params);
}

function useLayerNode(id: string): LayerNode | undefined {
  return useGraph(({ nodes }) => nodes[id]);
}

/** A layer on the canvas. */
export const LayerCard = memo(function LayerCard({ id, selected, dragging, type }: NodeProps<LayerFlowNode>) {
  const node = useLayerNode(id);
  const analysis = useNodeAnalysis(id);
  const target = useCanvasState((state) =>
    state.validTargets === null ? 'idle' : state.validTargets.has(id) ? 'valid' : 'refused',
  );
  const bubble = useProblemBubble();
  const ports = useDocument(({ document }) => (node === undefined ? null : portsOf(node, document.graphs)));
  if (node === undefined || ports === null) return null;
  const { inputs, outputs } = ports;
  const layer = findLayer(node.type);
  const problems = analysis?.problems ?? [];
  const worst = problems.some((problem) => problem.severity === 'error')
    ? 'error'
    : problems.some((problem) => problem.severity === 'warning')
      ? 'warning'
      : null;
  const params = (analysis?.params.trainable ?? 0) + (analysis?.params.nonTrainable ?? 0);
  const shape = analysis?.outputShape == null ? '?' : formatShape(analysis.outputShape);
  const title = layer?.title ?? node.type;
  const parameters = type === 'card' ? summaryOf(node) : '';
  const summary = parameters || node.name;
  // Only the name given by default would stand below: the title may have both lines.
  const wraps = type === 'card' && parameters === '' && title.length > TITLE_LETTERS;
  return (
    <div
      className={classNames(
        type === 'pill' ? 'layer-pill' : 'layer-card',
        selected && 'layer-selected',
        worst !== null && `layer-${worst}`,
        `layer-target-${target}`,
      )}
      data-node-name={node.name}
      data-node-type={node.type}
      data-severity={worst ?? 'none'}
      {...bubble.listeners}
    >
      {inputs.map((port, index) => (
        <Handle
          key={port.name}
          type="target"
          id={port.name}
          position={Position.Left}
          className={classNames(
            'port',
            port.arity === 'many' && 'port-many',
            inputs.length > 1 && 'port-close',
            port.optional && 'port-optional',
          )}
          style={{ top: `${100 * portPlace(index, inputs.length)}%` }}
          title={inputs.length > 1 ? `${port.label}${port.optional ? ' (may stay free)' : ''}` : undefined}
          role="img"
          aria-label={`${port.label} of ${node.name}`}
        />
      ))}
      <div className="layer-head">
        <Glyph glyph={layer?.glyph ?? 'unknown'} family={layer?.family ?? null} size="s" />
        <div className="layer-titles">
          <div className={classNames('layer-title', wraps && 'layer-title-wraps')}>{title}</div>
          {type === 'card' && !wraps && (
            <div className="layer-summary" title={summary}>
              {summary}
            </div>
          )}
        </div>
      </div>
      {type === 'card' && (
        <div className="layer-foot">
          <span className="layer-shape">{shape}</span>
          {params > 0 && (
            <span className="layer-params">
              {shape.length + formatCount(params).length > FOOT_LETTERS ? formatCompact(params) : formatCount(params)}
            </span>
          )}
        </div>
      )}
      {outputs.map((port, index) => (
        <Handle
          key={port.name}
          type="source"
          id={port.name}
          position={Position.Right}
          className={classNames('port', outputs.length > 1 && 'port-close')}
          style={{ top: `${100 * portPlace(index, outputs.length)}%` }}
          title={outputs.length > 1 ? port.label : undefined}
          role="img"
          aria-label={`${port.label} of ${node.name}`}
        />
      ))}
      {worst !== null && (
        <NodeProblems
          nodeId={id}
          problems={problems}
          visible={!dragging && target === 'idle' && (bubble.hovered || selected)}
          bubble={bubble}
        />
      )}
    </div>
  );
});
