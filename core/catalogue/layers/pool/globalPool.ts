import { SPACES } from '../../spatial.ts';
import { globalPool } from './pooling.ts';

const globalAveragePool = <const R extends 1 | 2 | 3>(axes: R) =>
  globalPool('Average', axes, {
    keywords: ['gap'],
    doc: `The mean of each channel over the whole ${SPACES[axes].one}: turns ${SPACES[axes].many} into a vector without weights, whatever their size. The usual step before the last Dense layer.`,
    traits: {},
  });

const globalMaxPool = <const R extends 1 | 2 | 3>(axes: R) =>
  globalPool('Max', axes, {
    keywords: ['gmp'],
    doc: `The largest value of each channel over the whole ${SPACES[axes].one}.`,
    traits: { values: 'input' },
  });

export const globalAveragePool1d = globalAveragePool(1);
export const globalAveragePool2d = globalAveragePool(2);
export const globalAveragePool3d = globalAveragePool(3);
export const globalMaxPool1d = globalMaxPool(1);
export const globalMaxPool2d = globalMaxPool(2);
export const globalMaxPool3d = globalMaxPool(3);
