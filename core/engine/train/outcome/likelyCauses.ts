import type { LoadedDataset } from '../../../data/node.ts';
import type { LoomDocument } from '../../../document/index.ts';
import { edit } from '../../../edits.ts';
import type { Fix } from '../../../errors.ts';
import { formatNumber } from '../../evaluate/outputs.ts';

/** Numbers of this size and beyond, where nothing scales them, are the first thing to suspect when a training goes wrong. */
const LARGE = 20;
/** Numbers of a field that are looked at. */
const MOST = 200_000;

export interface Cause {
  /** As a sentence, with the numbers in it. */
  readonly sentence: string;
  readonly fixes: readonly Fix[];
}

/**
 * What most likely makes a training of this design on these data go wrong, the first one first: inputs and targets that nothing scales, then the
 * learning rate. Each comes with the edit that removes it.
 */
export function likelyCauses(
  document: LoomDocument,
  dataset: LoadedDataset,
  direction: 'lower' | 'either',
): readonly Cause[] {
  const causes: Cause[] = [];
  const input = document.data.scaling === 'none' ? largest(dataset, 'input') : null;
  if (input !== null && input >= LARGE)
    causes.push({
      sentence: `The inputs reach ${formatNumber(input)} and are not scaled: a network learns from numbers around −1 to 1.`,
      fixes: [{ label: 'Standardise the inputs', edit: edit('setData', { data: { scaling: 'standardise' } }) }],
    });
  const target = document.data.targetScaling === 'standardise' ? null : largest(dataset, 'target');
  if (target !== null && target >= LARGE)
    causes.push({
      sentence: `The numbers to be predicted reach ${formatNumber(target)} and are trained on as they are.`,
      fixes: [
        {
          label: 'Standardise the targets',
          edit: edit('setData', { data: { targetScaling: 'standardise' } }),
        },
      ],
    });
  const { learningRate } = document.training;
  const rates = direction === 'lower' ? [learningRate / 10] : [learningRate / 10, learningRate * 10];
  const wanted = rates
    .map((rate) => Number(rate.toPrecision(3)))
    .filter((rate) => rate >= 1e-7 && (rate < learningRate || rate <= 1));
  if (wanted.length > 0)
    causes.push({
      sentence: `The learning rate is ${learningRate}; try ${wanted.join(' or ')}.`,
      fixes: wanted.map((rate) => ({
        label: `Learning rate ${rate}`,
        edit: edit('setTraining', { training: { learningRate: rate } }),
      })),
    });
  return causes;
}

/** The largest number by size among the inputs or the numeric targets held in memory; null where there are none (pictures from disk come as 0 to 1). */
function largest(dataset: LoadedDataset, of: 'input' | 'target'): number | null {
  let found: number | null = null;
  for (const { name, role, classes } of dataset.description.summary.fields) {
    const data = role === of && !classes ? dataset.fields[name]?.data : undefined;
    if (data === undefined) continue;
    const every = Math.max(1, Math.ceil(data.length / MOST));
    for (let i = 0; i < data.length; i += every) found = Math.max(found ?? 0, Math.abs(data[i] ?? 0));
  }
  return found;
}
