import { dirname } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import type { SplitName } from '../../data/index.ts';
import { type LoadedDataset, loadDataset } from '../../data/node.ts';
import { ProblemError } from '../../errors.ts';
import { readRecord } from '../../runs/node.ts';
import { sizeOf } from '../../tensor/index.ts';
import type { BuiltModel } from '../build/buildModel.ts';
import { readRunDocument } from '../checkpoint/runDocument.ts';
import type { Evaluation } from '../protocol.ts';
import { breathe } from '../train/breathe.ts';
import { createDeviceData, type DeviceData } from '../train/deviceData.ts';
import { batchLosses, measure } from '../train/forward.ts';
import { fieldOf } from '../train/headTargets.ts';
import { sampleLosses } from '../train/losses.ts';
import { metricNames } from '../train/metrics.ts';
import { addTo, emptySums, meansOf } from '../train/progress.ts';
import { inferenceBatch } from '../train/validate.ts';
import { confusionOf } from './confusion.ts';
import { formatNumber, readableOutput, readPrediction } from './outputs.ts';
import { trainedModel, type WeightChoice } from './trainedModel.ts';

/**
 * How a run's model does on one part of its data: means, confusion matrix, and every sample's prediction, worst loss first. Predictions
 * and the confusion matrix are those of the first head.
 * @throws ProblemError when the run has no weights, its data cannot be read, or the part is empty
 */
export async function evaluateRun(runDir: string, split: SplitName, weights: WeightChoice): Promise<Evaluation> {
  const [record, document] = await Promise.all([readRecord(runDir), readRunDocument(runDir)]);
  const dataset = await loadDataset(document.data, record.documentPath === null ? null : dirname(record.documentPath), {
    // One part of them is asked for.
    pixels: false,
  });
  const indices = dataset.splits[split];
  if (indices.length === 0)
    throw new ProblemError({
      code: 'empty-split',
      title: 'No samples',
      message: `The ${split} part of the data is empty. Give it a share of the samples in the Data room and train again, or evaluate another part.`,
    });
  const model = await trainedModel(runDir, weights);
  const data = createDeviceData(dataset, model);
  try {
    return await evaluateModel(model, data, dataset, split, indices, inferenceBatch(document.training.batchSize));
  } finally {
    data.dispose();
  }
}

async function evaluateModel(
  model: BuiltModel,
  data: DeviceData,
  dataset: LoadedDataset,
  split: SplitName,
  indices: Int32Array,
  batchSize: number,
): Promise<Evaluation> {
  const [head] = model.heads;
  const [encoding] = data.encodings;
  if (!head || !encoding) throw new Error('A model that passed analysis has an output');
  const field = fieldOf(dataset.description.summary.fields, 'target', head);
  const targets = dataset.fields[field.name];
  const width = sizeOf(field.shape);
  const sums = emptySums();
  const predictions: Evaluation['predictions'] = [];
  const pairs: { truth: number; predicted: number }[] = [];
  data.follow(indices, batchSize);
  for (let from = 0; from < indices.length; from += batchSize) {
    const chunk = indices.slice(from, from + batchSize);
    await data.advance();
    const [row, outputs, losses] = tf.tidy(() => {
      const batch = data.batch(chunk);
      const computed = batchLosses(model, batch, false);
      const [output, target] = [computed.outputs[0], batch.targets[0]];
      if (!output || !target) throw new Error(`Head ${head.name} has no output`);
      const measured = measure(model, data.encodings, batch, computed);
      return [measured, readableOutput(head, output), sampleLosses(head, output, target)] as [
        tf.Tensor,
        tf.Tensor2D,
        tf.Tensor,
      ];
    });
    addTo(sums, await row.data(), chunk.length);
    const [values, lossValues] = [await outputs.data(), await losses.data()];
    const outputWidth = outputs.shape[1];
    tf.dispose([row, outputs, losses]);
    chunk.forEach((index, i) => {
      const reading = readPrediction(encoding, values.subarray(i * outputWidth, (i + 1) * outputWidth));
      const truth = targets?.data.subarray(index * width, (index + 1) * width) ?? new Float32Array();
      if (reading.classIndex !== null) pairs.push({ truth: truth[0] ?? 0, predicted: reading.classIndex });
      predictions.push({
        index,
        target: encoding.classes ? (encoding.classes[truth[0] ?? 0] ?? '') : Array.from(truth, formatNumber).join(', '),
        predicted: reading.predicted,
        confidence: reading.confidence,
        loss: lossValues[i] ?? 0,
        correct: reading.classIndex === null ? null : reading.classIndex === truth[0],
      });
    });
    await breathe();
  }
  predictions.sort((a, b) => b.loss - a.loss || a.index - b.index);
  const table = encoding.classes ? confusionOf(encoding.classes, pairs) : { confusion: null, perClass: [] };
  const metrics = meansOf(sums, metricNames(model.heads, data.encodings));
  return { split, samples: indices.length, metrics, ...table, predictions };
}
