import type { Edge as FlowEdge, Node as FlowNode } from '@xyflow/react';

export type LayerFlowNode = FlowNode<{ readonly hue: number | null }, 'card' | 'pill'>;
export type WireFlowEdge = FlowEdge<{ readonly skip: boolean; readonly crossAt: number | null }, 'wire'>;
