import { type LoadedDataset, loadDataset } from '../../data/node.ts';
import type { LoomDocument } from '../../document/index.ts';
import { Sketch } from '../../library/index.ts';

/** Goes into every measurement. A change to the network below makes its figures incomparable with older ones: count up. */
export const STANDARD_NET = 'digits-cnn-1';

/**
 * The network by which devices are compared: three convolutions with batch normalisation on the handwritten digits that come along. Some 7 M multiply-adds a sample: small enough for a processor core, large enough that a graphics card has something to do.
 */
export function standardNet(batchSize: number): LoomDocument {
  const block = (filters: number) =>
    [['Conv2D', { filters, kernelSize: [3, 3], padding: 'same', useBias: false }], ['BatchNorm'], ['ReLU']] as const;
  const sketch = new Sketch();
  sketch.chain(null, { column: 0 }, [
    ['Input', { shape: [8, 8, 1] }],
    ...block(64),
    ...block(128),
    ['MaxPool2D'],
    ...block(128),
    ['MaxPool2D'],
    ['Flatten'],
    ['Dense', { units: 10 }],
    ['Softmax'],
    ['Output'],
  ]);
  // As good as endless: whoever measures stops it.
  const training = { learningRate: 0.001, batchSize, epochs: 1_000_000, shuffle: true, seed: 1 };
  return sketch.document('Standard network', { source: { kind: 'builtin', id: 'digits' } }, training);
}

/** The digits, cut to `samples` of them to train on and none to validate. */
export async function standardData(): Promise<(samples: number) => LoadedDataset> {
  const dataset = await loadDataset(standardNet(1).data, null);
  const { train } = dataset.splits;
  const none = new Int32Array();
  return (samples) => ({
    ...dataset,
    splits: { train: train.slice(0, samples), validation: none, test: none },
  });
}
