import * as tf from '@tensorflow/tfjs-core';
import type { BuiltModel } from '../../model/buildModel.ts';
import type { Batch } from '../deviceData.ts';
import { forwardPass } from './forward.ts';
import { headLosses } from './losses.ts';
import { penaltiesOf } from './penalties.ts';

export interface Losses {
  /** Weighted sum of the heads' losses and all penalties: what training brings down. */
  readonly total: tf.Scalar;
  /** Mean loss of each head, without weight or penalties. */
  readonly heads: readonly tf.Scalar[];
  readonly outputs: readonly tf.Tensor[];
}

/** Forward pass, losses and penalties of a batch. Differentiable when called inside a gradient function. */
export function batchLosses(model: BuiltModel, batch: Batch, training: boolean): Losses {
  const pass = forwardPass(model, batch.inputs, training);
  const heads = headLosses(model.heads, pass.outputs, batch.targets);
  const weighted = heads.map((loss, i) => {
    const weight = model.heads[i]?.lossWeight ?? 1;
    return weight === 1 ? loss : (tf.mul(loss, weight) as tf.Scalar);
  });
  const terms = [...weighted, ...penaltiesOf(model, pass)];
  return { total: terms.reduce((sum, term) => tf.add(sum, term)), heads, outputs: pass.outputs };
}
