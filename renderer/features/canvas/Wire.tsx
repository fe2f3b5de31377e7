import { BaseEdge, type EdgeProps } from '@xyflow/react';
import { memo } from 'react';
import { formatShape } from '../../../core/tensor/index.ts';
import { shapeLeaving, useAnalysis } from '../../stores/analysisStore.ts';
import { classNames } from '../../ui/index.ts';
import { wirePath } from '../../ui/wirePath.ts';
import { useCanvasState } from './canvasState.ts';
import type { WireFlowEdge } from './flowTypes.ts';
import './wire.css';

// Width of a letter of the label, and the least air at its sides.
const LETTER = 5.6;
const AIR = 12;

const PLAIN = { skip: false, crossAt: null };

/** A connection, with the shape it carries. */
export const Wire = memo(function Wire(props: EdgeProps<WireFlowEdge>) {
  const { id, source, sourceHandleId, sourceX, sourceY, targetX, targetY, selected, data } = props;
  const shape = useAnalysis((state) => shapeLeaving(source, sourceHandleId ?? 'out', state));
  const dropping = useCanvasState((state) => state.dropEdgeId === id);
  const { path, labelX, labelY } = wirePath({ sourceX, sourceY, targetX, targetY }, data ?? PLAIN);
  const label = shape === null ? '' : formatShape(shape);
  const fits = Math.abs(targetX - sourceX) > label.length * LETTER + AIR || Math.abs(targetY - sourceY) > 80;
  return (
    <g
      className={classNames(
        'wire',
        selected === true && 'wire-selected',
        dropping && 'wire-drop',
        data?.skip === true && 'wire-skip',
      )}
    >
      <BaseEdge id={id} path={path} interactionWidth={22} />
      {label !== '' && (
        <text
          x={labelX}
          y={labelY - 6}
          className={classNames('wire-label', fits && 'wire-label-fits')}
          textAnchor="middle"
        >
          {label}
        </text>
      )}
    </g>
  );
});
