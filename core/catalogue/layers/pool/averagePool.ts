import { stockPool, windowPool } from './pooling.ts';

/** Mean of each window. Padding never counts in the average. */
const averagePool = <const R extends 1 | 2 | 3>(axes: R) =>
  windowPool('Average', axes, {
    does: 'Averages each window: smooths and makes',
    traits: { linear: 'fixed' },
    // The stock layer counts the padding in its gradient, though not in its output.
    tf: (p, c) =>
      p.padding === 'same' && c.mode === 'train'
        ? c.custom('LoomAveragePool', { name: c.name, poolSize: p.poolSize, strides: p.strides ?? p.poolSize })
        : stockPool('Average', p, c),
  });

export const averagePool1d = averagePool(1);
export const averagePool2d = averagePool(2);
export const averagePool3d = averagePool(3);
