import * as tf from '@tensorflow/tfjs-core';
import type { LoadedDataset } from '../../../core/data/node.ts';
import type { DatasetSummary } from '../../../core/document/index.ts';
import { buildModel } from '../../../core/engine/model/buildModel.ts';
import { seededRandom } from '../../../core/engine/model/random.ts';
import { setWeights } from '../../../core/engine/model/weights.ts';
import { Trainer } from '../../../core/engine/train/trainer.ts';
import type { WeightMap } from '../../../core/formats/index.ts';
import type { MetricPoint } from '../../../core/runs/index.ts';
import { type Shape, sizeOf } from '../../../core/tensor/index.ts';
import { type RandomNetwork, WORDS } from './randomNetwork.ts';

/** Two full batches and a smaller one, and what is validated on. */
export const TRAINED = 12;
export const HELD_OUT = 4;
const SAMPLES = TRAINED + HELD_OUT;

export interface Values {
  readonly shape: Shape;
  readonly data: Float32Array;
}

/** Made-up samples for a network: `x0`, `x1` … and `y0`, `y1` …, class numbers where the target is classes. */
export function samplesFor({ seed, inputs, heads }: RandomNetwork): ReadonlyMap<string, Values> {
  const random = seededRandom('samples', seed);
  const fields = new Map<string, Values>();
  const add = (name: string, shape: Shape, next: () => number) =>
    fields.set(name, { shape, data: Float32Array.from({ length: SAMPLES * sizeOf(shape) }, next) });
  inputs.forEach(({ shape, words }, i) => {
    add(`x${i}`, shape, () => (words ? Math.floor(random() * WORDS) : 2 * random() - 1));
  });
  heads.forEach(({ shape, classes }, i) => {
    add(`y${i}`, classes === null ? shape : [1], () =>
      classes === null ? 2 * random() - 1 : Math.floor(random() * classes),
    );
  });
  return fields;
}

export function summaryOf({ heads }: RandomNetwork, fields: ReadonlyMap<string, Values>): DatasetSummary {
  return {
    name: 'Made up',
    kind: 'table',
    samples: SAMPLES,
    fields: [...fields].map(([name, { shape }]) => {
      const classes = name.startsWith('y') ? (heads[Number(name.slice(1))]?.classes ?? null) : null;
      return {
        name,
        role: name.startsWith('x') ? ('input' as const) : ('target' as const),
        shape: [...shape],
        ...(classes !== null && { classes: Array.from({ length: classes }, (_, i) => `class ${i}`) }),
      };
    }),
  };
}

function datasetOf(network: RandomNetwork, fields: ReadonlyMap<string, Values>): LoadedDataset {
  const none = () => {
    throw new Error('Nobody looks at single samples here.');
  };
  const indices = (from: number, to: number) => Int32Array.from({ length: to - from }, (_, i) => from + i);
  return {
    description: {
      summary: structuredClone(summaryOf(network, fields)) as LoadedDataset['description']['summary'],
      attribution: '',
      pixelMaximum: null,
      columns: [],
      splits: { train: TRAINED, validation: HELD_OUT, test: 0 },
      classBalance: [],
      problems: [],
    },
    splits: { train: indices(0, TRAINED), validation: indices(TRAINED, SAMPLES), test: new Int32Array() },
    fields: Object.fromEntries([...fields].map(([name, { shape, data }]) => [name, { shape: [...shape], data }])),
    streamed: {},
    identityOf: none,
    indexOf: none,
    sampleAt: none,
    preprocess: none,
    targetText: none,
    scaler: null,
  };
}

export interface Trained {
  readonly initial: WeightMap;
  readonly final: WeightMap;
  /** Loss of each step, penalties included, and of the held-out samples after each epoch. */
  readonly losses: readonly number[];
  readonly heldOut: readonly number[];
  /** For the held-out samples, one list a head: from the model as it is used here, and as it is exported for plain TensorFlow.js. */
  readonly predictions: readonly (readonly number[])[];
  readonly stock: readonly (readonly number[])[] | null;
}

/** TensorFlow's own kernel for processors knows no dilation by depth, and stock layers ask for it; ours spread the kernel instead. */
const isDilatedByDepth = ({ document }: RandomNetwork): boolean =>
  Object.values(document.graphs).some(({ nodes }) =>
    Object.values(nodes).some(
      ({ type, params }) => type === 'SeparableConv2D' && JSON.stringify(params.dilationRate) !== '[1,1]',
    ),
  );

/** Trains a network on the current backend, as a run of the app does. */
export async function trainNetwork(network: RandomNetwork, fields: ReadonlyMap<string, Values>): Promise<Trained> {
  const trainer = new Trainer(network.document, datasetOf(network, fields));
  try {
    const { weights: initial } = await trainer.snapshot();
    const points: MetricPoint[] = [];
    await trainer.run(
      { wish: 'run', resumed: async () => undefined },
      { points: (more) => points.push(...more), save: async () => undefined },
    );
    const { weights: final } = await trainer.snapshot();
    const exported = buildModel(network.document, { seed: 1, mode: 'export' });
    setWeights(exported, final);
    const x = trainer.model.network.inputs.map(({ params }) => {
      const { shape, data } = fields.get(String(params.field)) ?? { shape: [], data: new Float32Array() };
      return tf.tensor(data.slice(TRAINED * sizeOf(shape)), [HELD_OUT, ...shape]);
    });
    const predict = async ({ model }: typeof exported) => {
      const outputs = [model.predict(x) as tf.Tensor | tf.Tensor[]].flat();
      const values = await Promise.all(outputs.map(async (output) => [...(await output.data())]));
      tf.dispose(outputs);
      return values;
    };
    const predictions = await predict(trainer.model);
    const stock = tf.getBackend() === 'tensorflow' && isDilatedByDepth(network) ? null : await predict(exported);
    exported.dispose();
    tf.dispose(x);
    const of = (kind: MetricPoint['kind'], name: string) =>
      points.filter((point) => point.kind === kind).map((point) => point.values[name] ?? Number.NaN);
    return { initial, final, losses: of('step', 'loss'), heldOut: of('epoch', 'valLoss'), predictions, stock };
  } finally {
    trainer.dispose();
  }
}
