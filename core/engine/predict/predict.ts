import * as tf from '@tensorflow/tfjs-core';
import { readPictureInputs, restorePreprocess } from '../../data/node.ts';
import type { JsonValue } from '../../json.ts';
import { readDataRecord } from '../checkpoint/dataRecord.ts';
import { readableOutput, readPrediction } from '../evaluate/outputs.ts';
import { readValues } from '../evaluate/readValues.ts';
import { trainedModel, type WeightChoice } from '../evaluate/trainedModel.ts';
import { checkLookups } from '../model/lookups.ts';
import type { HeadPrediction, Prediction } from '../protocol.ts';
import { fitOf } from '../train/headTargets.ts';
import { trainingOutputs } from '../train/step/forward.ts';
import { yieldToEventLoop } from '../yieldToEventLoop.ts';

const CHUNK = 256;

/**
 * Predictions of a run's heads for new samples, scaled as the training data were. Needs only the run's folder, not the data it was
 * trained on.
 * @param inputs one entry a sample; see `createPreprocess` and `readPictureInputs` in core/data
 * @throws ProblemError naming the sample that cannot be used
 */
export async function predictWithRun(
  runDir: string,
  weights: WeightChoice,
  inputs: readonly JsonValue[],
  signal?: AbortSignal,
): Promise<Prediction[]> {
  const { scaler, summary } = await readDataRecord(runDir);
  const fields = restorePreprocess(scaler)(await readPictureInputs(scaler, inputs));
  const model = await trainedModel(runDir, weights);
  const fit = fitOf(model, summary);
  const sources = fit.inputs.map((field) => {
    const values = fields[field.name];
    if (!values) throw new Error(`The scaler does not make the field ${field.name}`);
    return values;
  });
  checkLookups(model.lookups, (inputId) => {
    const source = sources[model.inputs.findIndex(({ nodeId }) => nodeId === inputId)];
    return source === undefined ? null : readValues(source, scaler);
  });
  const predictions: Prediction[] = [];
  for (let from = 0; from < inputs.length; from += CHUNK) {
    const count = Math.min(CHUNK, inputs.length - from);
    const outputs = tf.tidy(() => {
      const tensors = sources.map(({ data, shape }) => {
        const size = shape.reduce((product, n) => product * n, 1);
        return tf.tensor(data.subarray(from * size, (from + count) * size), [count, ...shape], 'float32');
      });
      const computed = trainingOutputs(model, tensors, false);
      return fit.heads.map((head, i) => {
        const output = computed[i];
        if (!output) throw new Error(`Head ${head.node.name} has no output`);
        return readableOutput(head, output);
      });
    });
    const values = await Promise.all(outputs.map((output) => output.data()));
    tf.dispose(outputs);
    for (let i = 0; i < count; i++) {
      const said = fit.heads.map((head, h): HeadPrediction => {
        const of = values[h] ?? new Float32Array();
        const width = of.length / count;
        const output = Array.from(of.subarray(i * width, (i + 1) * width));
        const { predicted, confidence } = readPrediction(head, output);
        return { name: head.node.name, field: head.target.name, output, predicted, confidence };
      });
      predictions.push({ heads: said });
    }
    await yieldToEventLoop();
    signal?.throwIfAborted();
  }
  return predictions;
}
