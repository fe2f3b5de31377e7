import * as tf from '@tensorflow/tfjs-core';
import type { LoadedDataset } from '../../../data/node.ts';
import { readableOutput, readPrediction } from '../../evaluate/outputs.ts';
import type { BuiltModel } from '../../model/buildModel.ts';
import { yieldToEventLoop } from '../../yieldToEventLoop.ts';
import type { DeviceData } from '../deviceData.ts';
import { trainingOutputs } from '../step/forward.ts';
import { inOwnUnits } from '../targetScale.ts';

/** What a head says of some samples whose truth is known. */
export type HeadOutcome =
  | {
      readonly kind: 'classes';
      readonly head: string;
      readonly classes: readonly string[];
      /** How many samples are of each class, and how many are taken for it. */
      readonly truths: readonly number[];
      readonly said: readonly number[];
      readonly right: number;
    }
  | {
      readonly kind: 'values';
      readonly head: string;
      readonly samples: number;
      /** Mean squared error, and that of always saying the mean of these samples. */
      readonly error: number;
      readonly meanError: number;
    };

/** Samples that are looked at: enough to tell learning from chance, few enough to cost less than an epoch. */
const MOST = 2000;

/** What the model says of the samples `of`, or of every n-th of them where there are very many; one outcome a head. */
export async function headOutcomes(
  model: BuiltModel,
  data: DeviceData,
  dataset: LoadedDataset,
  of: Int32Array,
  batchSize: number,
): Promise<readonly HeadOutcome[]> {
  const every = Math.max(1, Math.ceil(of.length / MOST));
  const indices = of.filter((_, i) => i % every === 0);
  const tallies = data.fit.heads.map((head, i) => {
    const stored = dataset.fields[head.target.name];
    return { head, scale: data.scales[i] ?? null, stored, truths: [] as number[], said: [] as number[] };
  });
  data.follow(indices, batchSize);
  for (let from = 0; from < indices.length; from += batchSize) {
    const chunk = indices.slice(from, from + batchSize);
    await data.advance();
    const outputs = tf.tidy(() => {
      const computed = trainingOutputs(model, data.batch(chunk).inputs, false);
      return model.heads.map((head, i) => readableOutput(head, computed[i] as tf.Tensor));
    });
    for (const [h, tally] of tallies.entries()) {
      const output = outputs[h];
      if (output === undefined) continue;
      const values = await output.data();
      const width = output.shape[1];
      output.dispose();
      for (const [i, index] of chunk.entries()) {
        const answer = values.subarray(i * width, (i + 1) * width);
        if (tally.head.target.classes) {
          tally.truths.push(tally.stored?.data[index] ?? 0);
          tally.said.push(readPrediction(tally.head, answer).classIndex ?? 0);
        } else {
          const { scale } = tally;
          tally.said.push(...answer.map((value, at) => (scale ? inOwnUnits(value, at, scale) : value)));
          tally.truths.push(...(tally.stored?.data.subarray(index * width, (index + 1) * width) ?? []));
        }
      }
    }
    await yieldToEventLoop();
  }
  return tallies.map(({ head: { node, target }, truths, said }) =>
    target.classes
      ? classesOutcome(node.name, target.classes, truths, said)
      : valuesOutcome(node.name, indices.length, truths, said),
  );
}

export function classesOutcome(
  head: string,
  classes: readonly string[],
  truths: readonly number[],
  said: readonly number[],
): HeadOutcome {
  const count = (values: readonly number[]) => {
    const counts = classes.map(() => 0);
    for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
    return counts;
  };
  const right = truths.filter((truth, i) => said[i] === truth).length;
  return { kind: 'classes', head, classes, truths: count(truths), said: count(said), right };
}

/** @param truths and @param said sample after sample, each as many numbers as the head puts out */
export function valuesOutcome(
  head: string,
  samples: number,
  truths: readonly number[],
  said: readonly number[],
): HeadOutcome {
  const width = Math.max(1, Math.round(truths.length / Math.max(1, samples)));
  const means = Array.from({ length: width }, () => 0);
  for (const [i, truth] of truths.entries()) means[i % width] = (means[i % width] ?? 0) + truth / Math.max(1, samples);
  let error = 0;
  let meanError = 0;
  for (const [i, truth] of truths.entries()) {
    error += (truth - (said[i] ?? 0)) ** 2 / truths.length;
    meanError += (truth - (means[i % width] ?? 0)) ** 2 / truths.length;
  }
  return { kind: 'values', head, samples, error, meanError };
}
