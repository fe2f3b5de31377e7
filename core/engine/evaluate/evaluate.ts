import * as tf from '@tensorflow/tfjs-core';
import { type DataChanges, dataChangesText, type SplitName } from '../../data/index.ts';
import type { LoadedDataset } from '../../data/node.ts';
import { ProblemError } from '../../errors.ts';
import type { Call } from '../../rpc/index.ts';
import { readMetrics, readRecord } from '../../runs/node.ts';
import type { BuiltModel } from '../model/buildModel.ts';
import { checkLookups } from '../model/lookups.ts';
import type { Evaluation, SamplesProgress } from '../protocol.ts';
import { createDeviceData, type DeviceData } from '../train/deviceData.ts';
import { findings } from '../train/outcome/findings.ts';
import type { HeadOutcome } from '../train/outcome/headOutcome.ts';
import { likelyCauses } from '../train/outcome/likelyCauses.ts';
import { addTo, emptySums, meansOf } from '../train/progress.ts';
import { batchLosses } from '../train/step/batchLosses.ts';
import { sampleLosses } from '../train/step/losses.ts';
import { measure, measuresOf } from '../train/step/measures.ts';
import { inferenceBatch } from '../train/validate.ts';
import { yieldToEventLoop } from '../yieldToEventLoop.ts';
import { HeadResults } from './headResults.ts';
import { readableOutput } from './outputs.ts';
import { readValues } from './readValues.ts';
import { openRunDataset } from './runDataset.ts';
import { trainedModel, type WeightChoice } from './trainedModel.ts';

/**
 * How a run's model does on one part of its data: means, and for each head its confusion matrix and every sample's prediction, worst
 * loss first.
 * @throws ProblemError when the run has no weights, its data cannot be read, or the part is empty; `cancelled` when the signal says so
 */
export async function evaluateRun(
  runDir: string,
  split: SplitName,
  weights: WeightChoice,
  call: Partial<Call<SamplesProgress>> = {},
): Promise<Evaluation> {
  const { document, dataset, changes } = await openRunDataset(runDir, {
    ...call,
    onProgress: (read) => call.onProgress?.({ step: 'reading', ...read }),
  });
  const indices = dataset.splits[split];
  if (indices.length === 0)
    throw new ProblemError({
      code: 'empty-split',
      title: 'No samples',
      message: `${changesBefore(changes)}The ${split} part of the data is empty. Give it a share of the samples in the Data room and train again, or evaluate another part.`,
    });
  // The loss and the penalties are those of training; what people read is in the targets' own units.
  const record = await readRecord(runDir);
  const { targetScales = {} } = record;
  const model = await trainedModel(runDir, weights, targetScales);
  const data = createDeviceData(dataset, model, targetScales);
  try {
    checkNumbers(model, data, dataset, indices);
    const batchSize = inferenceBatch(document.training.batchSize);
    const { outcomes, ...figures } = await evaluateModel(model, data, dataset, split, indices, batchSize, call);
    const found = findings({
      epochs: weights === 'best' ? (record.best?.epoch ?? record.epoch) : record.epoch,
      curve: await readMetrics(runDir),
      training: outcomes,
      validation: [],
      causes: likelyCauses(document, dataset, 'either'),
      part: split,
    });
    return { ...figures, dataChanges: changes, findings: found };
  } finally {
    data.dispose();
  }
}

/** Data that have changed since the training may hold numbers that no row of an Embedding stands for. */
function checkNumbers(model: BuiltModel, { fit }: DeviceData, dataset: LoadedDataset, indices: Int32Array): void {
  const valuesOf = (inputId: string) => {
    const read = fit.inputs[model.inputs.findIndex(({ nodeId }) => nodeId === inputId)];
    const field = read === undefined ? undefined : dataset.fields[read.name];
    return field === undefined ? null : readValues(field, dataset.scaler);
  };
  checkLookups(model.lookups, valuesOf, indices);
}

/** What stands before a sentence where changed data may be the reason. */
function changesBefore(changes: DataChanges | null): string {
  const text = changes === null ? null : dataChangesText(changes);
  return text === null ? '' : `${text} `;
}

async function evaluateModel(
  model: BuiltModel,
  data: DeviceData,
  dataset: LoadedDataset,
  split: SplitName,
  indices: Int32Array,
  batchSize: number,
  { signal, onProgress }: Partial<Call<SamplesProgress>>,
): Promise<Omit<Evaluation, 'dataChanges' | 'findings'> & { readonly outcomes: readonly HeadOutcome[] }> {
  const { heads } = data.fit;
  const results = heads.map((head, i) => new HeadResults(head, data.scales[i] ?? null, dataset));
  const measures = measuresOf(heads, data.scales);
  const sums = emptySums();
  data.follow(indices, batchSize);
  for (let from = 0; from < indices.length; from += batchSize) {
    const chunk = indices.slice(from, from + batchSize);
    await data.advance();
    const [row, ...perHead] = tf.tidy(() => {
      const batch = data.batch(chunk);
      const computed = batchLosses(model, batch, false);
      const measured: tf.Tensor = measure(measures, batch, computed);
      const read = heads.flatMap((head, i): tf.Tensor[] => {
        const [output, target] = [computed.outputs[i], batch.targets[i]];
        if (!output || !target) throw new Error(`Head ${head.node.name} has no output`);
        return [readableOutput(head, output), sampleLosses(head, output, target)];
      });
      return [measured, ...read];
    });
    if (!row) throw new Error('A batch is measured');
    addTo(sums, await row.data(), chunk.length);
    for (const [i, result] of results.entries()) {
      const [outputs, losses] = [perHead[2 * i], perHead[2 * i + 1]];
      if (outputs && losses) result.add(chunk, await outputs.data(), await losses.data());
    }
    tf.dispose([row, ...perHead]);
    onProgress?.({ step: 'computing', done: from + chunk.length, total: indices.length });
    await yieldToEventLoop();
    signal?.throwIfAborted();
  }
  const metrics = meansOf(
    sums,
    measures.flatMap(({ names }) => names),
  );
  return {
    split,
    samples: indices.length,
    metrics,
    heads: results.map((result) => result.finish()),
    outcomes: results.map((result) => result.outcome()),
  };
}
