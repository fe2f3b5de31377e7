import * as tf from '@tensorflow/tfjs-core';
import type { LoadedDataset } from '../../data/node.ts';
import type { Fit } from '../../graph/index.ts';
import type { TargetScale } from '../../runs/index.ts';
import { sizeOf } from '../../tensor/index.ts';
import { tensorLimit } from '../backends/tensorLimit.ts';
import type { BuiltModel } from '../model/buildModel.ts';
import { encodeTarget, fitOf } from './headTargets.ts';
import { Prefetch } from './prefetch.ts';
import { perStep } from './step/perStep.ts';
import { standardised, type TargetScales } from './targetScale.ts';

/** Fields in memory up to this many bytes in all stay on the device; larger data are copied there batch by batch. */
const DEVICE_BYTES = 512 * 1024 * 1024;

/** Marks the standardised copy of a target field. No field's name ends so: names hold no control characters. */
const SCALED = '\u0000scaled';

export interface Batch {
  /** In the order of the model's inputs, [batch, ...shape]. */
  readonly inputs: readonly tf.Tensor[];
  /** In the order of the heads, as their losses want them. */
  readonly targets: readonly tf.Tensor[];
}

export interface DeviceData {
  readonly fit: Fit;
  /** Of each head what its numbers are standardised by for training; null where they are trained on as they are. */
  readonly scales: readonly (TargetScale | null)[];
  /** Says that the batches of `order`, from number `from` on, come next, so that what is not in memory can be read ahead. */
  follow(order: Int32Array, batchSize: number, from?: number): void;
  /** Goes on to the next of them, before `batch` or `select`. Null where nothing has to be waited for, which is so for data in memory. */
  advance(): Promise<void> | null;
  /** The samples with these indices. The tensors belong to the surrounding tidy. */
  batch(indices: Int32Array): Batch;
  /** Names the samples of a step that runs again without asking for its batch; as many as when it was recorded. */
  select(indices: Int32Array): void;
  dispose(): void;
}

interface Field {
  readonly data: Float32Array;
  readonly shape: readonly number[];
  readonly resident: tf.Tensor | null;
}

/**
 * Makes the dataset's fields available to a model, on the device where they fit.
 * @throws ProblemError the first error that the design rules find between the model and the data
 */
export function createDeviceData(dataset: LoadedDataset, model: BuiltModel, scales: TargetScales = {}): DeviceData {
  const fit = fitOf(model, dataset.description.summary);
  const inputs = fit.inputs.map(({ name }) => name);
  const scaleOf = fit.heads.map(({ node, kind }) => (kind === 'numbers' ? (scales[node.name] ?? null) : null));
  // Targets that are standardised are a field of their own.
  const source = (key: string) => key.replace(SCALED, '');
  const targetKeys = fit.heads.map(({ target: { name } }, i) => (scaleOf[i] ? name + SCALED : name));
  const names = [...new Set([...inputs, ...targetKeys])];
  const bytes = names.reduce((sum, name) => sum + (dataset.fields[source(name)]?.data.byteLength ?? 0), 0);
  const fields = new Map<string, Field>();
  const streamed = new Map(Object.entries(dataset.streamed).filter(([name]) => names.includes(name)));
  const ahead = streamed.size > 0 ? new Prefetch(streamed) : null;
  for (const name of names) {
    if (streamed.has(name)) continue;
    const stored = dataset.fields[source(name)];
    if (!stored) throw new Error(`The dataset describes a field ${name} that it does not hold`);
    const scale = scaleOf[targetKeys.indexOf(name)];
    const field = scale ? { ...stored, data: standardised(stored.data, scale) } : stored;
    const samples = field.data.length / Math.max(1, sizeOf(field.shape));
    const fits = bytes <= DEVICE_BYTES && field.data.byteLength <= tensorLimit();
    const resident = fits ? tf.tensor(field.data, [samples, ...field.shape], 'float32') : null;
    fields.set(name, { ...field, resident });
  }
  let selected: Int32Array = new Int32Array();
  const take = (name: string, rows: tf.Tensor): tf.Tensor => {
    const shape = streamed.get(name)?.shape;
    if (ahead && shape) return perStep([rows.size, ...shape], 'float32', () => ahead.take(name, selected));
    const field = fields.get(name);
    if (!field) throw new Error(`No field ${name}`);
    if (field.resident) return tf.gather(field.resident, rows as tf.Tensor1D);
    return perStep([rows.size, ...field.shape], 'float32', () => copyOut(field, selected));
  };
  return {
    fit,
    scales: scaleOf,
    follow: (order, batchSize, from = 0) => ahead?.follow(order, batchSize, from),
    advance: () => ahead?.advance() ?? null,
    batch(indices) {
      selected = indices;
      const rows = perStep([indices.length], 'int32', () => selected);
      return {
        inputs: inputs.map((name) => take(name, rows)),
        targets: fit.heads.map((head, i) => encodeTarget(head, take(targetKeys[i] ?? '', rows))),
      };
    },
    select(indices) {
      selected = indices;
    },
    dispose() {
      ahead?.dispose();
      for (const field of fields.values()) field.resident?.dispose();
    },
  };
}

function copyOut({ data, shape }: Field, indices: Int32Array): Float32Array {
  const size = sizeOf(shape);
  const values = new Float32Array(indices.length * size);
  indices.forEach((index, i) => {
    values.set(data.subarray(index * size, (index + 1) * size), i * size);
  });
  return values;
}
