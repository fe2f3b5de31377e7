import * as tf from '@tensorflow/tfjs-core';
import { type FittedHead, measuredOf } from '../../../graph/index.ts';
import type { TargetScale } from '../../../runs/index.ts';
import { measureName, metricOf } from '../../../training/index.ts';
import type { Batch } from '../deviceData.ts';
import type { Losses } from './batchLosses.ts';

/** Values that every batch is measured by, in training and outside it; over many batches they are the mean over their samples. */
export interface Measure {
  /** In curves and records: `loss`, `accuracy`, `speciesTop5Accuracy`. */
  readonly names: readonly string[];
  /** In the order of the names. */
  compute(batch: Batch, losses: Losses): readonly tf.Scalar[];
}

/**
 * What is measured of a network: the total loss, then of each head its loss, where there are several, and its metrics.
 * @param scales of heads that are trained on standardised targets
 */
export function measuresOf(heads: readonly FittedHead[], scales: readonly (TargetScale | null)[]): readonly Measure[] {
  return [
    { names: ['loss'], compute: (_, losses) => [losses.total] },
    ...heads.flatMap((head, i) => headMeasures(head, i, scales[i] ?? null, heads.length > 1 ? head.node.name : null)),
  ];
}

function headMeasures(head: FittedHead, index: number, scale: TargetScale | null, prefix: string | null): Measure[] {
  const { kind, trainsOn } = head;
  const metrics = measuredOf(head).map((settings): Measure => {
    const metric = metricOf(settings);
    return {
      names: [measureName(metric.key(settings), prefix)],
      compute(batch, losses) {
        const [output, target] = [losses.outputs[index], batch.targets[index]];
        if (!output || !target) throw new Error(`Head ${head.node.name} has no output or no target`);
        const deviation = scale ? asFactor(scale.deviation) : null;
        return [tf.mean(metric.samples(tf, settings, { output, target, kind, outputs: trainsOn, deviation }))];
      },
    };
  });
  if (prefix === null) return metrics;
  const loss: Measure = {
    names: [measureName('loss', prefix)],
    compute(_, { heads }) {
      const own = heads[index];
      if (!own) throw new Error(`Head ${head.node.name} has no loss`);
      return [own];
    },
  };
  return [loss, ...metrics];
}

/** The measured values of a batch as one small tensor, in the order of the measures, so that one read brings all of them back. */
export function measure(measures: readonly Measure[], batch: Batch, losses: Losses): tf.Tensor1D {
  return tf.stack(measures.flatMap((one) => one.compute(batch, losses))) as tf.Tensor1D;
}

/** One number where there is one column. */
function asFactor(values: readonly number[]): number | tf.Tensor1D {
  const [only] = values;
  return values.length === 1 && only !== undefined ? only : tf.tensor1d([...values]);
}

/** `accuracy` -> `valAccuracy` */
export function validationName(name: string): string {
  return `val${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}
