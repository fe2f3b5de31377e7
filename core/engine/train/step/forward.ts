import type * as tf from '@tensorflow/tfjs-core';
import type { BuiltModel } from '../../model/buildModel.ts';
import { collectPenalties } from '../../model/layers/index.ts';

/** What the training model puts out: one tensor a head, and behind them what only its penalties are computed from. */
export function trainingOutputs(model: BuiltModel, inputs: readonly tf.Tensor[], training: boolean): tf.Tensor[] {
  const output = model.trainModel.apply([...inputs], { training });
  return (Array.isArray(output) ? output : [output]) as tf.Tensor[];
}

export interface ForwardPass {
  /** One a head, and behind them what only penalties are computed from. */
  readonly outputs: readonly tf.Tensor[];
  /** Sum of the layers' output penalties; null where no layer has one. */
  readonly outputPenalty: tf.Scalar | null;
}

/** A batch through the network. */
export function forwardPass(model: BuiltModel, inputs: readonly tf.Tensor[], training: boolean): ForwardPass {
  const { result: outputs, penalty } = collectPenalties(() => trainingOutputs(model, inputs, training));
  return { outputs, outputPenalty: penalty };
}
