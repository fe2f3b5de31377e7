import type { Rank } from '@tensorflow/tfjs-core';
import type { TfOps, TfTensor } from '../../defineLayer.ts';
import { type PoolValues, stockPool, windowPool } from './pooling.ts';

/** Largest value of each window. Padding never wins. */
const maxPool = <const R extends 1 | 2 | 3>(axes: R) =>
  windowPool('Max', axes, {
    does: 'Keeps the largest value of each window: was the feature anywhere in it? Makes',
    traits: { values: 'input' },
    // The wasm backend's maximum over volumes is wrong.
    tf: (p, c) => (axes === 3 && c.mode === 'train' ? c.computed('MaxPool3D', p) : stockPool('Max', p, c)),
    ...(axes === 3 && { compute: (p, [x], _, ops) => maxOfVolumes(p, x, ops) }),
  });

/** The largest of a window's maps, each of them pooled first. */
function maxOfVolumes(p: PoolValues, x: TfTensor | undefined, ops: TfOps): TfTensor {
  const [batch = 0, depth = 0, height = 0, width = 0, channels = 0] = x?.shape ?? [];
  if (x === undefined) throw new Error('MaxPool3D was called without an input.');
  const [fd = 1, fh = 1, fw = 1] = p.poolSize;
  const [sd = 1, sh = 1, sw = 1] = p.strides ?? p.poolSize;
  const maps = ops.reshape<Rank.R4>(x, [batch * depth, height, width, channels]);
  const pooled = ops.maxPool(maps, [fh, fw], [sh, sw], p.padding);
  const [, rows = 0, columns = 0] = pooled.shape;
  const line = ops.reshape<Rank.R4>(pooled, [batch, depth, 1, rows * columns * channels]);
  const deep = ops.maxPool(line, [fd, 1], [sd, 1], p.padding);
  return ops.reshape(deep, [batch, deep.shape[1], rows, columns, channels]);
}

export const maxPool1d = maxPool(1);
export const maxPool2d = maxPool(2);
export const maxPool3d = maxPool(3);
