import {
  type DatasetSummary,
  emptyDocument,
  type FieldValues,
  type LoomDocument,
} from '../../../core/document/index.ts';
import { firstInput, firstOutput, rootGraph } from '../../../core/graph/index.ts';
import type { JsonObject } from '../../../core/json.ts';
import { edited } from '../../edits.ts';

export const DIGITS: DatasetSummary = {
  name: 'Digits',
  kind: 'image',
  samples: 1797,
  fields: [
    { name: 'features', role: 'input', shape: [8, 8, 1] },
    { name: 'label', role: 'target', shape: [1], classes: [...'0123456789'] },
  ],
};
export const TWO_CLASSES: DatasetSummary = {
  name: 'Pairs',
  kind: 'table',
  samples: 100,
  fields: [
    { name: 'features', role: 'input', shape: [4] },
    { name: 'label', role: 'target', shape: [1], classes: ['no', 'yes'] },
  ],
};
export const PRICES: DatasetSummary = {
  name: 'Prices',
  kind: 'table',
  samples: 100,
  fields: [
    { name: 'features', role: 'input', shape: [4] },
    { name: 'price', role: 'target', shape: [1] },
  ],
};

export type Step = readonly [type: string, params?: JsonObject];

/** Layers in a row, `n1`, `n2`, ..., with wires `e1`, `e2`, ... between them. */
export function chain(...steps: readonly Step[]): LoomDocument {
  let document = emptyDocument();
  steps.forEach(([type, params = {}], i) => {
    document = edited(document, 'addNode', { type, params, position: { x: i * 170, y: 0 } });
    if (i > 0) document = wire(document, `n${i}`, `n${i + 1}`);
  });
  return document;
}

export function wire(document: LoomDocument, source: string, target: string): LoomDocument {
  const { nodes } = rootGraph(document);
  const [from, to] = [nodes[source], nodes[target]];
  const sourcePort = (from && firstOutput(from)?.name) ?? 'out';
  const targetPort = (to && firstInput(to)?.name) ?? 'in';
  return edited(document, 'connect', { source, sourcePort, target, targetPort });
}

/** A document as someone may have written it by hand: no command would have let it come about. */
export function tamper(document: LoomDocument, change: (graph: ReturnType<typeof mutableGraph>) => void): LoomDocument {
  const copy = structuredClone(document) as LoomDocument;
  change(mutableGraph(copy));
  return copy;
}

interface LooseGraph {
  nodes: Record<string, { type: string; typeVersion: number; name: string; params: Record<string, unknown> }>;
  edges: Record<string, Record<string, unknown>>;
}
function mutableGraph(document: LoomDocument): LooseGraph {
  return document.graphs.main as unknown as LooseGraph;
}

const SOFTMAX_HEAD: readonly Step[] = [['Softmax'], ['Output']];

const EMBEDDED = chain(
  ['Input', { shape: [1] }],
  ['Embedding', { inputDim: 10, outputDim: 4 }],
  ['Flatten'],
  ['Dense', { units: 1 }],
  ['Output', { loss: 'meanSquaredError' }],
);

/** A table of one numeric target and these features. */
function columnsOf(...values: readonly FieldValues[]): DatasetSummary {
  return {
    name: 'Sales',
    kind: 'table',
    samples: 100,
    fields: [
      { name: 'features', role: 'input', shape: [Math.max(1, values.length)], values },
      { name: 'sold', role: 'target', shape: [1] },
    ],
  };
}

export interface Broken {
  readonly title: string;
  readonly code: string;
  readonly document: LoomDocument;
  readonly dataset: DatasetSummary | null;
  /** The sentence, or a part of it. */
  readonly says: string;
  /** Label of the first fix; null where there is nothing one click could do. */
  readonly fix: string | null;
}

export const BROKEN: readonly Broken[] = [
  {
    title: 'an empty canvas',
    code: 'empty-network',
    document: emptyDocument(),
    dataset: DIGITS,
    says: 'There are no layers yet.',
    fix: 'Add an Input',
  },
  {
    title: 'no Input',
    code: 'no-input',
    document: chain(['Dense', { units: 10 }], ...SOFTMAX_HEAD),
    dataset: null,
    says: 'The network has no Input',
    fix: 'Put an Input before “dense_1”',
  },
  {
    title: 'no Output',
    code: 'no-output',
    document: chain(['Input', { shape: [4] }], ['Dense', { units: 1 }]),
    dataset: PRICES,
    says: 'The network has no Output',
    fix: 'Put an Output after “dense_1”',
  },
  {
    title: 'an unknown layer',
    code: 'unknown-layer',
    document: tamper(chain(['Input'], ['Dense'], ['Softmax'], ['Output']), (graph) => {
      graph.nodes.n2!.type = 'Capsule';
    }),
    dataset: null,
    says: '“dense_1” is a “Capsule” layer',
    fix: 'Delete “dense_1”',
  },
  {
    title: 'a layer of a later version',
    code: 'newer-layer',
    document: tamper(chain(['Input'], ['Dense'], ['Softmax'], ['Output']), (graph) => {
      graph.nodes.n2!.typeVersion = 99;
    }),
    dataset: null,
    says: '“dense_1” is a Dense as a later version of Layerloom writes it (99;',
    fix: 'Take “dense_1” as this version has it',
  },
  {
    title: 'a value out of bounds',
    code: 'invalid-param',
    document: tamper(chain(['Input'], ['Dense'], ['Softmax'], ['Output']), (graph) => {
      graph.nodes.n2!.params.units = 0;
    }),
    dataset: null,
    says: 'In “dense_1”: Units',
    fix: 'Set units back to 32',
  },
  {
    title: 'label smoothing on a loss for numbers',
    code: 'idle-param',
    document: chain(
      ['Input', { shape: [4] }],
      ['Dense', { units: 1 }],
      ['Output', { loss: 'meanSquaredError', labelSmoothing: 0.1 }],
    ),
    dataset: PRICES,
    says: 'Label smoothing of “output_1” is set, but has no effect while Loss is mean squared error.',
    fix: 'Set label smoothing back',
  },
  {
    title: 'logits for a loss that knows none',
    code: 'idle-param',
    document: chain(
      ['Input', { shape: [4] }],
      ['Dense', { units: 1 }],
      ['Output', { loss: 'huber', fromLogits: true }],
    ),
    dataset: PRICES,
    says: 'Input is logits of “output_1” is set, but has no effect while Loss is Huber.',
    fix: 'Set input is logits back',
  },
  {
    title: 'a seed for masks that no dropout makes',
    code: 'idle-param',
    document: chain(
      ['Input', { shape: [5, 4] }],
      ['GRU', { seed: 3 }],
      ['Dense', { units: 1 }],
      ['Output', { loss: 'meanSquaredError' }],
    ),
    dataset: null,
    says: 'Seed of “gru_1” is set, but has no effect while Dropout is 0 and Recurrent dropout is 0.',
    fix: 'Set seed back',
  },
  {
    title: 'a network without weights',
    code: 'nothing-to-train',
    document: chain(['Input', { shape: [1] }], ['ReLU'], ['Output', { loss: 'meanSquaredError' }]),
    dataset: null,
    says: 'No layer of the network has weights to train',
    fix: 'Insert a Dense after “relu_1”',
  },
  {
    title: 'a loss that counts nothing',
    code: 'no-loss-counts',
    document: chain(
      ['Input', { shape: [4] }],
      ['Dense', { units: 1 }],
      ['Output', { loss: 'meanSquaredError', lossWeight: 0 }],
    ),
    dataset: PRICES,
    says: 'no weight would ever change',
    fix: 'Set the weight to 1',
  },
  {
    title: 'a moving variance below zero',
    code: 'negative-variance',
    document: chain(
      ['Input', { shape: [4] }],
      ['BatchNorm', { movingVarianceInitializer: { name: 'constant', value: -0.5 } }],
      ['Dense', { units: 1 }],
      ['Output', { loss: 'meanSquaredError' }],
    ),
    dataset: PRICES,
    says: 'starts at -0.5. A variance is never negative',
    fix: 'Start it at one',
  },
  {
    title: 'a moving variance drawn around zero',
    code: 'negative-variance',
    document: chain(
      ['Input', { shape: [4] }],
      ['BatchNorm', { movingVarianceInitializer: { name: 'randomUniform', min: -0.05, max: 0.05 } }],
      ['Dense', { units: 1 }],
      ['Output', { loss: 'meanSquaredError' }],
    ),
    dataset: PRICES,
    says: 'from -0.05 on',
    fix: 'Start it at one',
  },
  {
    title: 'two wires into a single input',
    code: 'misplaced-wire',
    document: tamper(chain(['Input'], ['Dense'], ['Softmax'], ['Output']), (graph) => {
      graph.edges.e9 = { id: 'e9', source: 'n1', sourcePort: 'out', target: 'n3', targetPort: 'in', order: 1 };
    }),
    dataset: null,
    says: '“softmax_1” takes one wire, but another arrives from “input_1”.',
    fix: 'Remove the wire from “input_1”',
  },
  {
    title: 'a wire to a port that is not there',
    code: 'misplaced-wire',
    document: tamper(chain(['Input'], ['Dense'], ['Softmax'], ['Output']), (graph) => {
      graph.edges.e9 = { id: 'e9', source: 'n1', sourcePort: 'out', target: 'n3', targetPort: 'state', order: 0 };
    }),
    dataset: null,
    says: 'ends at “state” of “softmax_1”, which has no input of that name',
    fix: 'Remove the wire from “input_1”',
  },
  {
    title: 'a layer nothing arrives at',
    code: 'unconnected-input',
    document: edited(chain(['Input'], ['Dense'], ['Softmax'], ['Output']), 'disconnect', { edgeId: 'e1' }),
    dataset: null,
    says: 'Nothing arrives at “dense_1”.',
    fix: null,
  },
  {
    title: 'an attention with a key and no value',
    code: 'unconnected-input',
    document: edited(
      chain(['Input', { shape: [6, 4] }], ['MultiHeadAttention'], ['Flatten'], ['Dense'], ['Softmax'], ['Output']),
      'connect',
      { source: 'n1', sourcePort: 'out', target: 'n2', targetPort: 'key' },
    ),
    dataset: null,
    says: 'Nothing arrives at the input Value of “multi_head_attention_1”, although Query and Key have wires.',
    fix: null,
  },
  {
    title: 'an attention to a map',
    code: 'rank-mismatch',
    document: edited(
      edited(
        chain(['Input', { shape: [6, 4] }], ['MultiHeadAttention'], ['Flatten'], ['Dense'], ['Softmax'], ['Output']),
        'addNode',
        { type: 'Input', params: { shape: [8, 8, 3] }, position: { x: 0, y: 120 } },
      ),
      'connect',
      { source: 'n7', sourcePort: 'out', target: 'n2', targetPort: 'value' },
    ),
    dataset: null,
    says: 'its value is 8×8×3, of rank 3. Reshape it so that its positions stand in one row.',
    fix: 'Reshape to 64×3',
  },
  {
    title: 'a circle',
    code: 'cycle',
    document: tamper(chain(['Input'], ['Add'], ['ReLU'], ['Softmax'], ['Output']), (graph) => {
      graph.edges.e9 = { id: 'e9', source: 'n3', sourcePort: 'out', target: 'n2', targetPort: 'in', order: 1 };
    }),
    dataset: null,
    says: 'The wires of “add_1” and “relu_1” run in a circle',
    fix: 'Remove the wire from “relu_1” to “add_1”',
  },
  {
    title: 'an Add of two shapes',
    code: 'merge-shape-mismatch',
    document: wire(
      chain(
        ['Input', { shape: [8, 8, 1] }],
        ['Conv2D', { filters: 16, padding: 'same' }],
        ['Add'],
        ['GlobalAveragePool2D'],
        ['Dense', { units: 10 }],
        ...SOFTMAX_HEAD,
      ),
      'n1',
      'n3',
    ),
    dataset: DIGITS,
    says: 'input 1 is 8×8×16 and input 2 is 8×8×1',
    fix: 'Insert a 1×1 projection to 16 channels',
  },
  {
    title: 'a residual block without padding',
    code: 'merge-shape-mismatch',
    document: wire(
      chain(
        ['Input', { shape: [8, 8, 1] }],
        ['Conv2D', { filters: 16, kernelSize: [4, 4] }],
        ['ReLU'],
        ['Add'],
        ['GlobalAveragePool2D'],
        ['Dense', { units: 10 }],
        ...SOFTMAX_HEAD,
      ),
      'n1',
      'n4',
    ),
    dataset: DIGITS,
    says: 'input 1 is 5×5×16 and input 2 is 8×8×1. The cause is “conv2d_1”: without padding it makes the map smaller',
    fix: 'Set the padding of “conv2d_1” to same, and insert a 1×1 projection to 16 channels',
  },
  {
    title: 'an LSTM behind one that gives its last state',
    code: 'rank-mismatch',
    document: chain(['Input', { shape: [8, 8] }], ['LSTM'], ['LSTM'], ['Dense', { units: 10 }], ...SOFTMAX_HEAD),
    dataset: null,
    says: 'The cause is “lstm_1”, which gives its last state alone instead of one for each step.',
    fix: 'Have “lstm_1” return sequences',
  },
  {
    title: 'an illegal name',
    code: 'invalid-name',
    document: tamper(chain(['Input'], ['Dense'], ['Softmax'], ['Output']), (graph) => {
      graph.nodes.n2!.name = '2nd layer';
    }),
    dataset: null,
    says: '“2nd layer” cannot be a layer’s name',
    fix: 'Rename it to “layer_2nd_layer”',
  },
  {
    title: 'two layers of one name',
    code: 'duplicate-name',
    document: tamper(chain(['Input'], ['Dense'], ['Dense'], ['Softmax'], ['Output']), (graph) => {
      graph.nodes.n3!.name = 'dense_1';
    }),
    dataset: null,
    says: 'Two layers are called “dense_1”.',
    fix: 'Rename it to “dense_2”',
  },
  {
    title: 'a field the data has not',
    code: 'data-field',
    document: chain(['Input', { shape: [4], field: 'pixels' }], ['Dense', { units: 1 }], ['Output', { loss: 'huber' }]),
    dataset: PRICES,
    says: '“input_1” refers to the input field “pixels”, but the data has “features”.',
    fix: 'Use “features”',
  },
  {
    title: 'an Input of another shape than the data',
    code: 'input-shape',
    document: chain(['Input', { shape: [9, 9, 1] }], ['Flatten'], ['Dense', { units: 10 }], ...SOFTMAX_HEAD),
    dataset: DIGITS,
    says: 'One sample of the data is 8×8×1, but “input_1” expects 9×9×1.',
    fix: 'Set the input shape to 8×8×1',
  },
  {
    title: 'Dense on a feature map',
    code: 'output-rank',
    document: chain(
      ['Input', { shape: [8, 8, 1] }],
      ['Conv2D'],
      ['Dense', { activation: 'relu' }],
      ['Dense', { units: 10 }],
      ...SOFTMAX_HEAD,
    ),
    dataset: DIGITS,
    says: '“dense_1” works on the last axis of a map alone, so it gives 6×6×10',
    fix: 'Insert a Flatten before “dense_1”',
  },
  {
    title: 'a feature map at the end',
    code: 'output-rank',
    document: chain(['Input', { shape: [8, 8, 1] }], ['Conv2D', { filters: 10 }], ...SOFTMAX_HEAD),
    dataset: DIGITS,
    says: '“softmax_1” gives a 6×6×10 map',
    fix: 'Insert global average pooling',
  },
  {
    title: 'nine outputs for ten classes',
    code: 'output-width',
    document: chain(
      ['Input', { shape: [8, 8, 1] }],
      ['Flatten'],
      ['Dense', { units: 9 }],
      ['Dropout'],
      ...SOFTMAX_HEAD,
    ),
    dataset: DIGITS,
    says: 'The data has 10 classes and the loss expects one output for each, but “dense_1” gives 9.',
    fix: 'Set units to 10',
  },
  {
    title: 'filters as outputs',
    code: 'output-width',
    document: chain(
      ['Input', { shape: [8, 8, 1] }],
      ['Conv2D', { filters: 12 }],
      ['BatchNorm'],
      ['GlobalAveragePool2D'],
      ...SOFTMAX_HEAD,
    ),
    dataset: DIGITS,
    says: 'but “conv2d_1” gives 12.',
    fix: 'Set filters to 10',
  },
  {
    title: 'pixels as outputs',
    code: 'output-width',
    document: chain(['Input', { shape: [8, 8, 1] }], ['Flatten'], ...SOFTMAX_HEAD),
    dataset: DIGITS,
    says: 'gives 64.',
    fix: 'Insert a Dense layer with 10 units',
  },
  {
    title: 'two outputs for yes or no',
    code: 'output-width',
    document: chain(
      ['Input', { shape: [4] }],
      ['Dense', { units: 2 }],
      ['Sigmoid'],
      ['Output', { loss: 'binaryCrossentropy' }],
    ),
    dataset: TWO_CLASSES,
    says: 'binary cross-entropy expects one output, the probability of the second, but “dense_1” gives 2.',
    fix: 'Set units to 1',
  },
  {
    title: 'one sigmoid output with cross-entropy',
    code: 'output-width',
    document: chain(['Input', { shape: [4] }], ['Dense', { units: 1 }], ['Sigmoid'], ['Output']),
    dataset: TWO_CLASSES,
    says: 'The data has 2 classes and the loss expects one output for each, but “dense_1” gives 1.',
    fix: 'Use binary cross-entropy',
  },
  {
    title: 'three numbers for one price',
    code: 'output-width',
    document: chain(['Input', { shape: [4] }], ['Dense', { units: 3 }], ['Output', { loss: 'meanSquaredError' }]),
    dataset: PRICES,
    says: 'The target “price” is one number for each sample, but “dense_1” gives 3.',
    fix: 'Set units to 1',
  },
  {
    title: 'mean squared error on classes',
    code: 'loss-target',
    document: chain(
      ['Input', { shape: [8, 8, 1] }],
      ['Flatten'],
      ['Dense', { units: 10 }],
      ['Softmax'],
      ['Output', { loss: 'meanSquaredError' }],
    ),
    dataset: DIGITS,
    says: 'compares numbers, but the target “label” has 10 classes. Use cross-entropy.',
    fix: 'Use cross-entropy',
  },
  {
    title: 'cross-entropy on a price',
    code: 'loss-target',
    document: chain(['Input', { shape: [4] }], ['Dense', { units: 1 }], ['Output']),
    dataset: PRICES,
    says: 'compares classes, but the target “price” is a number. Use mean squared error.',
    fix: 'Use mean squared error',
  },
  {
    title: 'yes or no for ten classes',
    code: 'loss-target',
    document: chain(
      ['Input', { shape: [8, 8, 1] }],
      ['Flatten'],
      ['Dense', { units: 10, activation: 'sigmoid' }],
      ['Output', { loss: 'binaryCrossentropy' }],
    ),
    dataset: DIGITS,
    says: 'answers yes or no, but the target “label” has 10 classes.',
    fix: 'Use cross-entropy',
  },
  {
    title: 'cross-entropy without softmax',
    code: 'loss-activation',
    document: chain(['Input', { shape: [4] }], ['Dense', { units: 2 }], ['Output']),
    dataset: TWO_CLASSES,
    says: 'compares probabilities, but “dense_1” gives plain numbers. Put a Softmax before it.',
    fix: 'Insert a Softmax',
  },
  {
    title: 'binary cross-entropy without sigmoid',
    code: 'loss-activation',
    document: chain(['Input', { shape: [4] }], ['Dense', { units: 1 }], ['Output', { loss: 'binaryCrossentropy' }]),
    dataset: TWO_CLASSES,
    says: 'Put a Sigmoid before it.',
    fix: 'Insert a Sigmoid',
  },
  {
    title: 'softmax with binary cross-entropy',
    code: 'loss-activation',
    document: chain(['Input'], ['Dense', { units: 3 }], ['Softmax'], ['Output', { loss: 'binaryCrossentropy' }]),
    dataset: null,
    says: 'wants sigmoid before it, but “softmax_1” applies softmax.',
    fix: 'Use cross-entropy',
  },
  {
    title: 'sigmoid inside Dense with cross-entropy',
    code: 'loss-activation',
    document: chain(['Input'], ['Dense', { units: 3, activation: 'sigmoid' }], ['Output']),
    dataset: null,
    says: 'wants softmax before it, but “dense_1” applies sigmoid.',
    fix: 'Use binary cross-entropy',
  },
  {
    title: 'one sigmoid and cross-entropy without data',
    code: 'one-class',
    document: chain(['Input'], ['Dense', { units: 1 }], ['Sigmoid'], ['Output']),
    dataset: null,
    says: 'but only one arrives',
    fix: 'Use binary cross-entropy',
  },
  {
    title: 'softmax over one output',
    code: 'one-class',
    document: chain(['Input'], ['Dense', { units: 1 }], ['Softmax'], ['Output']),
    dataset: null,
    says: 'it would always be certain',
    fix: 'Set units to 2',
  },
  {
    title: 'logits that are none',
    code: 'activated-logits',
    document: chain(['Input'], ['Dense', { units: 3 }], ['Softmax'], ['Output', { fromLogits: true }]),
    dataset: null,
    says: 'has been through softmax already',
    fix: 'Switch off “Input is logits”',
  },
  {
    title: 'mean squared error after softmax',
    code: 'loss-activation',
    document: chain(['Input'], ['Dense', { units: 3 }], ['Softmax'], ['Output', { loss: 'meanSquaredError' }]),
    dataset: null,
    says: 'To choose between classes use cross-entropy.',
    fix: 'Use cross-entropy',
  },
  {
    title: 'a layer that leads nowhere',
    code: 'unreachable',
    document: wire(
      edited(chain(['Input'], ['Dense', { units: 3 }], ['Softmax'], ['Output']), 'addNode', {
        type: 'Dense',
        position: { x: 170, y: 120 },
      }),
      'n1',
      'n5',
    ),
    dataset: null,
    says: '“dense_2” is not on a path from an Input to an Output',
    fix: 'Delete “dense_2”',
  },
  {
    title: 'two linear layers',
    code: 'linear-stack',
    document: chain(['Input'], ['Dense', { units: 3 }], ['Dropout'], ['Dense', { units: 3 }], ['Softmax'], ['Output']),
    dataset: null,
    says: '“dense_1” and “dense_2” follow each other with no activation between',
    fix: 'Insert a ReLU between',
  },
  {
    title: 'an Embedding of what a Dense layer works out',
    code: 'embedding-of-computed',
    document: chain(
      ['Input', { shape: [4] }],
      ['Dense', { units: 4, activation: 'relu' }],
      ['Embedding', { inputDim: 10, outputDim: 4 }],
      ['Flatten'],
      ['Dense', { units: 1 }],
      ['Output', { loss: 'meanSquaredError' }],
    ),
    dataset: PRICES,
    says: 'wants whole numbers from 0 to 9, but what arrives is worked out by “dense_1” and can be any number.',
    fix: 'Use a Dense layer instead',
  },
  {
    title: 'an Embedding of pixels',
    code: 'embedding-of-pixels',
    document: chain(
      ['Input', { shape: [8, 8, 1] }],
      ['Flatten'],
      ['Embedding', { inputDim: 17, outputDim: 4 }],
      ['Flatten'],
      ['Dense', { units: 10 }],
      ...SOFTMAX_HEAD,
    ),
    dataset: DIGITS,
    says: 'the pixels of a picture reach it as fractions from 0 to 1',
    fix: 'Use a Dense layer instead',
  },
  {
    title: 'a table too short for the column',
    code: 'embedding-too-small',
    document: EMBEDDED,
    dataset: columnsOf({ column: 'item', min: 0, max: 11, whole: true }),
    says: '“embedding_1” looks rows of its table up by number, so it wants whole numbers from 0 to 9, but column “item” goes up to 11. Set the vocabulary to 12.',
    fix: 'Set the vocabulary to 12',
  },
  {
    title: 'numbers that are no rows of a table',
    code: 'embedding-not-numbered',
    document: EMBEDDED,
    dataset: columnsOf({ column: 'price', min: -2.5, max: 7, whole: false }),
    says: 'column “price” holds fractions (−2.5 to 7)',
    fix: 'Use a Dense layer instead',
  },
  {
    title: 'more in a batch than there is to train with',
    code: 'batch-larger-than-data',
    document: chain(['Input', { shape: [1] }], ['Dense', { units: 1 }], ['Output', { loss: 'meanSquaredError' }]),
    dataset: { ...columnsOf(), trainingSamples: 20 },
    says: 'A batch holds 32 samples, but the training part of “Sales” has only 20',
    fix: 'Set the batch size to 4',
  },
  {
    title: 'no data',
    code: 'no-data',
    document: chain(['Input'], ['Dense', { units: 3 }], ['Softmax'], ['Output']),
    dataset: null,
    says: 'No data is chosen.',
    fix: null,
  },
];
