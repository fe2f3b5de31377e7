import type * as tf from '@tensorflow/tfjs-core';

export type Tensor = tf.Tensor;

/** The operations that formulas are written in. The engine hands them over: nothing here loads TensorFlow.js. */
export type Ops = Pick<
  typeof tf,
  | 'abs'
  | 'add'
  | 'argMax'
  | 'cast'
  | 'clipByValue'
  | 'div'
  | 'equal'
  | 'exp'
  | 'expandDims'
  | 'greater'
  | 'isFinite'
  | 'log'
  | 'log1p'
  | 'logSoftmax'
  | 'logicalAnd'
  | 'less'
  | 'max'
  | 'maximum'
  | 'mean'
  | 'minimum'
  | 'mul'
  | 'neg'
  | 'onesLike'
  | 'pow'
  | 'relu'
  | 'reshape'
  | 'sigmoid'
  | 'sign'
  | 'softmax'
  | 'softplus'
  | 'sqrt'
  | 'square'
  | 'sub'
  | 'sum'
  | 'where'
  | 'zerosLike'
>;
