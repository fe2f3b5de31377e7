import type * as tf from '@tensorflow/tfjs-core';
import type { BuiltModel } from '../../model/buildModel.ts';
import type { ForwardPass } from './forward.ts';

/** What the design adds to its losses: the penalty of each regularised weight, then that of the layers' outputs in this pass. */
export function penaltiesOf(model: BuiltModel, { outputPenalty }: ForwardPass): readonly tf.Scalar[] {
  const ofWeights = model.trainModel.calculateLosses() as tf.Scalar[];
  return outputPenalty === null ? ofWeights : [...ofWeights, outputPenalty];
}
