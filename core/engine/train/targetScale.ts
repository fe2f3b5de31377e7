import type { LoadedDataset } from '../../data/node.ts';
import type { LoomDocument } from '../../document/index.ts';
import { ProblemError } from '../../errors.ts';
import type { WeightMap } from '../../formats/index.ts';
import { fitToData, resolveNetwork } from '../../graph/index.ts';
import type { TargetScale } from '../../runs/index.ts';
import { sizeOf } from '../../tensor/index.ts';

/** By the name of the head. */
export type TargetScales = Readonly<Record<string, TargetScale>>;

/**
 * Mean and deviation of the training part's targets, for each head of the design that is trained on standardised targets.
 * @throws ProblemError the first error that the design rules find in the design or between it and the data
 */
export function targetScales(document: LoomDocument, dataset: LoadedDataset): TargetScales {
  const scales: Record<string, TargetScale> = {};
  const network = resolveNetwork(document);
  const fit = network.ok ? fitToData(network.value, dataset.description.summary) : network;
  if (!fit.ok) throw new ProblemError(fit.error);
  for (const { node, source, target, scaled } of fit.value.heads) {
    const values = dataset.fields[target.name]?.data;
    if (!scaled || values === undefined) continue;
    scales[node.name] = { layer: source.name, ...statistics(values, sizeOf(target.shape), dataset.splits.train) };
  }
  return scales;
}

/** Of each column over the rows `of`, in double precision; a column that never changes has the deviation 1. */
function statistics(values: Float32Array, width: number, of: Int32Array): { mean: number[]; deviation: number[] } {
  const mean = Array.from({ length: width }, () => 0);
  const deviation = Array.from({ length: width }, () => 0);
  for (const row of of)
    for (let i = 0; i < width; i++) mean[i] = (mean[i] ?? 0) + (values[row * width + i] ?? 0) / of.length;
  for (const row of of)
    for (let i = 0; i < width; i++)
      deviation[i] = (deviation[i] ?? 0) + ((values[row * width + i] ?? 0) - (mean[i] ?? 0)) ** 2 / of.length;
  return { mean, deviation: deviation.map((variance) => Math.sqrt(variance) || 1) };
}

/** `values` (rows of `mean.length` numbers) as they are trained on. */
export function standardised(values: Float32Array, { mean, deviation }: TargetScale): Float32Array {
  const width = mean.length;
  return values.map((value, i) => (value - (mean[i % width] ?? 0)) / (deviation[i % width] ?? 1));
}

/** A number that a head puts out in training, or another of its width, in the target's own units. */
export function inOwnUnits(value: number, column: number, { mean, deviation }: TargetScale): number {
  return value * (deviation[column] ?? 1) + (mean[column] ?? 0);
}

/** Weights as trained → weights whose heads speak in the targets' own units. */
export function foldScales(weights: WeightMap, scales: TargetScales): WeightMap {
  return changed(weights, scales, (kernel, bias, mean, deviation) => [kernel * deviation, bias * deviation + mean]);
}

/** The way back: weights as trained. */
export function unfoldScales(weights: WeightMap, scales: TargetScales): WeightMap {
  return changed(weights, scales, (kernel, bias, mean, deviation) => [kernel / deviation, (bias - mean) / deviation]);
}

function changed(
  weights: WeightMap,
  scales: TargetScales,
  change: (kernel: number, bias: number, mean: number, deviation: number) => readonly [kernel: number, bias: number],
): WeightMap {
  const all = new Map(weights);
  for (const { layer, mean, deviation } of Object.values(scales)) {
    const width = mean.length;
    for (const part of ['kernel', 'bias'] as const) {
      const key = `${layer}/${part}`;
      const tensor = all.get(key);
      if (tensor === undefined) continue;
      const data = tensor.data.map((value, i) => {
        const [kernel, bias] = change(value, value, mean[i % width] ?? 0, deviation[i % width] ?? 1);
        return part === 'kernel' ? kernel : bias;
      });
      all.set(key, { ...tensor, data: data as typeof tensor.data });
    }
  }
  return all;
}
