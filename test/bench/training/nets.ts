import type { LoadedDataset } from '../../../core/data/node.ts';
import type { LoomDocument } from '../../../core/document/index.ts';
import { seededRandom } from '../../../core/engine/model/random.ts';
import { Sketch, type Step } from '../../../core/library/index.ts';
import { findTemplate } from '../../../core/templates/index.ts';

/** One network of the benchmark. `frameworks.py` has the same ones in PyTorch, by this id. */
export interface Net {
  readonly id: string;
  readonly title: string;
  readonly shape: readonly number[];
  readonly batch: number;
  readonly steps: number;
  document(): LoomDocument;
}

export const CLASSES = 10;

type Layers = readonly Step[];

const chain = (shape: readonly number[], layers: Layers): LoomDocument => {
  const sketch = new Sketch();
  const head: Layers = [['Dense', { units: CLASSES }], ['Softmax'], ['Output']];
  sketch.chain(null, { column: 0 }, [['Input', { shape: [...shape] }], ...layers, ...head]);
  return sketch.document('Benchmark', {}, {});
};

const conv = (filters: number, kernel: number, stride = 1): Step => [
  'Conv2D',
  { filters, kernelSize: [kernel, kernel], strides: [stride, stride], padding: 'same', useBias: false },
];
const depthwise = (stride: number): Step => [
  'DepthwiseConv2D',
  { kernelSize: [3, 3], strides: [stride, stride], padding: 'same', useBias: false },
];
const normalised = (layer: Layers[number]): Layers => [layer, ['BatchNorm'], ['ReLU']];

/** One block of a transformer's encoder (Vaswani et al. 2017): 4 heads of 16, 256 units between, each with a way around it. */
function encoderBlock(): LoomDocument {
  const sketch = new Sketch();
  const input = sketch.layer('Input', { column: 0 }, [], { shape: [64, 64] });
  const attention = sketch.layer('MultiHeadAttention', { column: 1 }, [input], { numHeads: 4, keyDim: 16 });
  const first = sketch.layer('Add', { column: 2 }, [input, attention]);
  const normal = sketch.chain(first, { column: 3 }, [['LayerNorm']]);
  const within = sketch.chain(normal, { column: 4 }, [
    ['Dense', { units: 256, activation: 'relu' }],
    ['Dense', { units: 64 }],
  ]);
  const second = sketch.layer('Add', { column: 6 }, [normal, within]);
  sketch.chain(second, { column: 7 }, [
    ['LayerNorm'],
    ['GlobalAveragePool1D'],
    ['Dense', { units: CLASSES }],
    ['Softmax'],
    ['Output'],
  ]);
  return sketch.document('Benchmark', {}, {});
}

export const NETS: readonly Net[] = [
  {
    id: 'mlp',
    title: 'MLP 784-512-512-10, batch 128',
    shape: [784],
    batch: 128,
    steps: 20,
    document: () =>
      chain(
        [784],
        [
          ['Dense', { units: 512, activation: 'relu' }],
          ['Dense', { units: 512, activation: 'relu' }],
        ],
      ),
  },
  {
    id: 'resnet',
    title: 'Digits ResNet 8x8x1, batch 32',
    shape: [8, 8, 1],
    batch: 32,
    steps: 40,
    document() {
      const template = findTemplate('digits-resnet');
      if (!template) throw new Error('No template digits-resnet');
      return template.create();
    },
  },
  {
    id: 'cnn',
    title: 'CNN with BN 32x32x3, batch 64',
    shape: [32, 32, 3],
    batch: 64,
    steps: 8,
    document: () =>
      chain(
        [32, 32, 3],
        [...[32, 64, 128].flatMap((filters): Layers => [...normalised(conv(filters, 3)), ['MaxPool2D']]), ['Flatten']],
      ),
  },
  {
    id: 'lstm',
    title: 'LSTM(64) over 50x16, batch 64',
    shape: [50, 16],
    batch: 64,
    steps: 8,
    document: () => chain([50, 16], [['LSTM', { units: 64 }]]),
  },
  {
    id: 'mobile',
    title: 'Depthwise blocks 32x32x3, batch 64',
    shape: [32, 32, 3],
    batch: 64,
    steps: 10,
    document: () =>
      chain(
        [32, 32, 3],
        [
          ...normalised(conv(16, 3, 2)),
          ...normalised(depthwise(1)),
          ...normalised(conv(32, 1)),
          ...normalised(depthwise(2)),
          ...normalised(conv(64, 1)),
          ['GlobalAveragePool2D'],
        ],
      ),
  },
  {
    id: 'transformer',
    title: 'Encoder block 64x64, batch 32',
    shape: [64, 64],
    batch: 32,
    steps: 10,
    document: encoderBlock,
  },
];

/** Random inputs in [-1, 1) and classes, the same for every column. */
export function randomData({ id, shape, batch, steps }: Net): { x: Float32Array; y: Float32Array; samples: number } {
  const random = seededRandom('bench', id);
  const samples = batch * steps;
  const size = shape.reduce((a, b) => a * b, 1);
  return {
    samples,
    x: Float32Array.from({ length: samples * size }, () => random() * 2 - 1),
    y: Float32Array.from({ length: samples }, () => Math.floor(random() * CLASSES)),
  };
}

export function datasetOf(net: Net): LoadedDataset {
  const { x, y, samples } = randomData(net);
  const classes = Array.from({ length: CLASSES }, (_, i) => String(i));
  const fields = [
    { name: 'features', role: 'input' as const, shape: [...net.shape] },
    { name: 'label', role: 'target' as const, shape: [], classes },
  ];
  const none = () => {
    throw new Error('Random numbers have no source');
  };
  return {
    description: {
      summary: { name: net.title, kind: 'table', samples, fields },
      attribution: '',
      pixelMaximum: null,
      columns: [],
      splits: { train: samples, validation: 0, test: 0 },
      classBalance: [],
      problems: [],
    },
    splits: {
      train: Int32Array.from({ length: samples }, (_, i) => i),
      validation: new Int32Array(),
      test: new Int32Array(),
    },
    fields: { features: { data: x, shape: [...net.shape] }, label: { data: y, shape: [] } },
    streamed: {},
    identityOf: (index) => index,
    indexOf: none,
    sampleAt: none,
    preprocess: none,
    targetText: String,
    scaler: null,
  };
}

/** The document with the settings every column shares: Adam at 0.001, shuffled, no validation. */
export function documentOf(net: Net, epochs: number): LoomDocument {
  const document = net.document();
  return {
    ...document,
    training: {
      ...document.training,
      optimizer: { name: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
      learningRate: 0.001,
      batchSize: net.batch,
      shuffle: true,
      epochs,
      seed: 1,
    },
  };
}
