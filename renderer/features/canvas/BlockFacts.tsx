import { NodeToolbar, Position } from '@xyflow/react';
import type { NodeAnalysis } from '../../../core/graph/index.ts';
import { formatShape } from '../../../core/tensor/index.ts';
import { formatCompact, formatCount } from '../../ui/index.ts';

export interface BlockFactsProps {
  readonly nodeId: string;
  readonly title: string;
  readonly analysis: NodeAnalysis;
  readonly visible: boolean;
}

/** What all layers in a block amount to, under its card while the pointer rests on it. */
export function BlockFacts({ nodeId, title, analysis, visible }: BlockFactsProps) {
  const { params, macs, receptiveField, outputShapes } = analysis;
  const facts: readonly (readonly [string, string])[] = [
    ['Leaves it', outputShapes.length === 0 ? 'not known' : outputShapes.map((shape) => formatShape(shape)).join(', ')],
    ['Parameters', formatCount(params.trainable + params.nonTrainable)],
    ['MACs a sample', formatCompact(macs)],
    ...(receptiveField === null ? [] : [['Receptive field', receptiveField.join('×')] as const]),
  ];
  return (
    <NodeToolbar nodeId={nodeId} isVisible={visible} offset={12} align="start" position={Position.Bottom}>
      <div className="problem-bubble block-facts" data-testid="block-facts">
        <p className="block-facts-title">{title}</p>
        <dl>
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        <p className="block-facts-hint">Double-click, or Enter, looks inside.</p>
      </div>
    </NodeToolbar>
  );
}
