import { Position } from '@xyflow/react';
import { findLayer } from '../../../core/catalogue/index.ts';
import type { Edge, Graph, LayerNode } from '../../../core/document/index.ts';
import { type Graphs, portsOf } from '../../../core/graph/index.ts';
import { nodeLook } from '../../ui/nodeLook.ts';
import { nodeSize } from '../../ui/nodeSize.ts';
import type { LayerFlowNode, WireFlowEdge } from './flowTypes.ts';
import { portPlace } from './portPlace.ts';

export const HANDLE_SIZE = 10;

/** The canvas is one stop of the Tab key, however many layers it has: the arrows lead from layer to layer. */
const NO_TAB_STOP = { tabIndex: -1 };

/** The node as React Flow wants it. Sizes and handles are stated, so that nodes off screen need not be rendered to draw their wires. */
export function toFlowNode(
  node: LayerNode,
  graphs: Graphs,
  selected: boolean,
  before: LayerFlowNode | undefined,
): LayerFlowNode {
  const { width, height } = nodeSize(node.type);
  const { inputs, outputs } = portsOf(node, graphs);
  const look = nodeLook(node, graphs);
  const box = (index: number, count: number) => ({
    width: HANDLE_SIZE,
    height: HANDLE_SIZE,
    y: height * portPlace(index, count) - HANDLE_SIZE / 2,
  });
  return {
    id: node.id,
    type: findLayer(node.type)?.look === 'pill' ? 'pill' : 'card',
    position: node.position,
    data: { hue: look.hue },
    selected,
    width,
    height,
    measured: before?.measured ?? { width, height },
    className: `f-${look.family ?? 'io'}`,
    domAttributes: NO_TAB_STOP,
    ariaLabel: `${look.title} ${node.name}`,
    handles: [
      ...inputs.map((port, index) => ({
        ...box(index, inputs.length),
        id: port.name,
        type: 'target' as const,
        position: Position.Left,
        x: -HANDLE_SIZE / 2,
      })),
      ...outputs.map((port, index) => ({
        ...box(index, outputs.length),
        id: port.name,
        type: 'source' as const,
        position: Position.Right,
        x: width - HANDLE_SIZE / 2,
      })),
    ],
  };
}

/** What assistive technology calls a wire: the layers it joins, by name, and the input where there are several. */
export function wireName(graph: Graph, edge: Edge, graphs: Graphs): string {
  const target = graph.nodes[edge.target];
  const inputs = target === undefined ? [] : portsOf(target, graphs).inputs;
  const port = inputs.length > 1 ? inputs.find(({ name }) => name === edge.targetPort) : undefined;
  const end = `${port === undefined ? '' : `${port.label} of `}${target?.name ?? edge.target}`;
  return `Wire from ${graph.nodes[edge.source]?.name ?? edge.source} to ${end}`;
}

export interface WireLook {
  /** What screen readers call it. */
  readonly name: string;
  readonly selected: boolean;
  readonly skip: boolean;
  readonly crossAt: number | null;
}

export function toFlowEdge(edge: Edge, { name, selected, skip, crossAt }: WireLook): WireFlowEdge {
  return {
    id: edge.id,
    ariaLabel: name,
    domAttributes: NO_TAB_STOP,
    type: 'wire',
    source: edge.source,
    sourceHandle: edge.sourcePort,
    target: edge.target,
    targetHandle: edge.targetPort,
    selected,
    data: { skip, crossAt },
    className: skip ? 'f-merge' : '',
  };
}
