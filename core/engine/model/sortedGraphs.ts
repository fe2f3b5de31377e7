import * as tf from '@tensorflow/tfjs-core';

/** How TensorFlow.js names the number of layer orders it remembers, and how many that are as it comes. */
const FLAG = 'TOPOLOGICAL_SORT_CACHE_MAX_ENTRIES';
const STOCK_ENTRIES = 100;

/**
 * Lets go of the layer orders that TensorFlow.js remembers of the models called so far. It keeps a hundred, each with every layer of its
 * model, so that an engine process would grow with every training until then. A living model's order is worked out again when it is called.
 */
export function forgetSortedGraphs(): void {
  tf.env().set(FLAG, 0);
  tf.env().set(FLAG, STOCK_ENTRIES);
}
