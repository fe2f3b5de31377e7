import { Handle, type NodeProps, Position } from '@xyflow/react';
import { memo } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { checkParams, findLayer } from '../../../core/catalogue/index.ts';
import { BLOCK, type LayerNode } from '../../../core/document/index.ts';
import { type Analysis, isWrapping, portsOf } from '../../../core/graph/index.ts';
import type { JsonObject } from '../../../core/json.ts';
import { formatShape } from '../../../core/tensor/index.ts';
import { useAnalysis, useNodeAnalysis } from '../../stores/analysisStore.ts';
import { useDocument, useGraph } from '../../stores/documentStore.ts';
import { classNames, formatCompact, formatCount, Glyph, nodeLook, ownHue } from '../../ui/index.ts';
import { BlockFacts } from './BlockFacts.tsx';
import './blockCard.css';
import { useCanvasState } from './canvasState.ts';
import type { LayerFlowNode } from './flowTypes.ts';
import './layerCard.css';
import { NodeProblems, useProblemBubble } from './NodeProblems.tsx';
import { PortLabels } from './PortLabels.tsx';
import { portPlace } from './portPlace.ts';

// What fits under the line beside each other; beyond it, parameters are written short.
const FOOT_LETTERS = 16;
// What fits in a title's one line.
const TITLE_LETTERS = 13;

/** The second line of a card. Parameters that do not hold yet are shown by the problem, not here. */
function summaryOf(node: LayerNode, values: JsonObject): string {
  if (isWrapping(node)) return node.name;
  const layer = findLayer(node.type);
  return layer === undefined ? 'unknown layer' : layer.summary(checkParams(layer, values).params);
}

/** How often a use at a path stands in series. */
function timesAt(places: Analysis['places'], path: string): number {
  let times = 0;
  while (places.has(`${path}[${times}]/`)) times++;
  return Math.max(1, times);
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
  const look = useDocument(useShallow(({ document }) => (node === undefined ? null : nodeLook(node, document.graphs))));
  const isBlock = node?.type === BLOCK;
  const times = useAnalysis(({ analysis: { places }, path }) =>
    isBlock && path !== null ? timesAt(places, path + id) : 1,
  );
  if (node === undefined || ports === null || look === null) return null;
  const { inputs, outputs } = ports;
  const problems = analysis?.problems ?? [];
  const worst = problems.some((problem) => problem.severity === 'error')
    ? 'error'
    : problems.some((problem) => problem.severity === 'warning')
      ? 'warning'
      : null;
  const params = (analysis?.params.trainable ?? 0) + (analysis?.params.nonTrainable ?? 0);
  const shape = analysis?.outputShape == null ? '?' : formatShape(analysis.outputShape);
  const { title, glyph, family, hue } = look;
  const parameters = type === 'card' ? summaryOf(node, analysis?.values ?? node.params) : '';
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
        isBlock && 'block-card f-block',
        times > 1 && 'block-stack',
      )}
      style={ownHue(hue)}
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
        <Glyph glyph={glyph} family={family} hue={hue} size="s" />
        <div className="layer-titles">
          <div className={classNames('layer-title', wraps && 'layer-title-wraps')} title={isBlock ? title : undefined}>
            {title}
          </div>
          {type === 'card' && !wraps && (
            <div className="layer-summary" title={summary}>
              {summary}
            </div>
          )}
        </div>
        {times > 1 && <span className="block-times">×{times}</span>}
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
      {isBlock && <PortLabels inputs={inputs} outputs={outputs} />}
      {isBlock && worst === null && analysis !== undefined && (
        <BlockFacts
          nodeId={id}
          title={title}
          analysis={analysis}
          visible={!dragging && target === 'idle' && bubble.hovered}
        />
      )}
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
