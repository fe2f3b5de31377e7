import {
  DEFAULT_TRAINING,
  emptyDocument,
  type LoomDocument,
  type TrainingSettings,
} from '../../../core/document/index.ts';
import type { JsonValue } from '../../../core/json.ts';

export interface TestNode {
  readonly type: string;
  readonly name: string;
  readonly params?: { readonly [name: string]: JsonValue };
  /** Names of the nodes it reads; the one before it when absent. */
  readonly from?: readonly string[];
}

/** A document from a list of layers, each reading the one before it unless it says otherwise. */
export function design(
  nodes: readonly TestNode[],
  data: LoomDocument['data']['source'],
  training: Partial<TrainingSettings> = {},
): LoomDocument {
  const empty = emptyDocument('Test design');
  const graph: LoomDocument['graphs'][string] = {
    id: 'main',
    nodes: Object.fromEntries(
      nodes.map(({ type, name, params = {} }, i) => [
        name,
        { id: name, type, typeVersion: 1, name, params, position: { x: 0, y: i * 100 } },
      ]),
    ),
    edges: Object.fromEntries(
      nodes.flatMap(({ name, from, type }, i) =>
        (from ?? (type === 'Input' ? [] : [nodes[i - 1]?.name ?? ''])).map((source, order) => [
          `${source}-${name}-${order}`,
          { id: `${source}-${name}-${order}`, source, sourcePort: 'out', target: name, targetPort: 'in', order },
        ]),
      ),
    ),
  };
  return {
    ...empty,
    graphs: { main: graph },
    data: { ...empty.data, source: data },
    training: { ...DEFAULT_TRAINING, backend: 'wasm', ...training },
  };
}

const conv = (name: string, filters: number, strides: readonly number[], from?: readonly string[]): TestNode => ({
  type: 'Conv2D',
  name,
  params: { filters, kernelSize: [3, 3], strides: [...strides], padding: 'same', useBias: false },
  ...(from && { from }),
});

/** A small residual network for the 8×8 digits: an identity shortcut, then a projection. */
export function digitsResnet(training: Partial<TrainingSettings> = {}): LoomDocument {
  return design(
    [
      { type: 'Input', name: 'image', params: { shape: [8, 8, 1] } },
      conv('stem', 16, [1, 1]),
      { type: 'BatchNorm', name: 'stem_bn' },
      { type: 'ReLU', name: 'stem_relu' },
      conv('conv1a', 16, [1, 1]),
      { type: 'BatchNorm', name: 'bn1a' },
      { type: 'ReLU', name: 'relu1a' },
      conv('conv1b', 16, [1, 1]),
      { type: 'BatchNorm', name: 'bn1b' },
      { type: 'Add', name: 'add1', from: ['bn1b', 'stem_relu'] },
      { type: 'ReLU', name: 'relu1' },
      conv('conv2a', 32, [2, 2]),
      { type: 'BatchNorm', name: 'bn2a' },
      { type: 'ReLU', name: 'relu2a' },
      conv('conv2b', 32, [1, 1]),
      { type: 'BatchNorm', name: 'bn2b' },
      {
        type: 'Conv2D',
        name: 'project',
        params: { filters: 32, kernelSize: [1, 1], strides: [2, 2], padding: 'same', useBias: false },
        from: ['relu1'],
      },
      { type: 'BatchNorm', name: 'project_bn' },
      { type: 'Add', name: 'add2', from: ['bn2b', 'project_bn'] },
      { type: 'ReLU', name: 'relu2' },
      { type: 'GlobalAveragePool2D', name: 'pool' },
      { type: 'Dense', name: 'logits', params: { units: 10, activation: 'softmax' } },
      { type: 'Output', name: 'digit' },
    ],
    { kind: 'builtin', id: 'digits' },
    training,
  );
}

/** A perceptron for iris: quick to train. */
export function irisPerceptron(training: Partial<TrainingSettings> = {}): LoomDocument {
  return design(
    [
      { type: 'Input', name: 'measures', params: { shape: [4] } },
      { type: 'Dense', name: 'hidden', params: { units: 16, activation: 'relu' } },
      { type: 'Dropout', name: 'drop', params: { rate: 0.2 } },
      { type: 'Dense', name: 'answer', params: { units: 3, activation: 'softmax' } },
      { type: 'Output', name: 'species' },
    ],
    { kind: 'builtin', id: 'iris' },
    { epochs: 5, batchSize: 16, learningRate: 0.01, ...training },
  );
}
