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

/** A classifier of pictures in the folder `pictures`, two classes, 4×4 pixels each. */
export function pictureClassifier(epochs: number): LoomDocument {
  const document = design(
    [
      { type: 'Input', name: 'x', params: { shape: [4, 4, 3] } },
      { type: 'Flatten', name: 'flat' },
      { type: 'Dense', name: 'answer', params: { units: 2, activation: 'softmax' } },
      { type: 'Output', name: 'y' },
    ],
    { kind: 'imageFolder', path: 'pictures', channels: 'colour', fit: 'stretch' },
    { epochs },
  );
  return { ...document, data: { ...document.data, resize: [4, 4] } };
}
