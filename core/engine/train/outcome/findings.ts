import type { SplitName } from '../../../data/index.ts';
import type { Problem } from '../../../errors.ts';
import type { MetricPoint } from '../../../runs/index.ts';
import { formatNumber } from '../../evaluate/outputs.ts';
import type { HeadOutcome } from './headOutcome.ts';
import type { Cause } from './likelyCauses.ts';

/** A loss this many times the first one has exploded, and so has one beyond `HUGE`, whatever it began with. */
const EXPLODED = 1000;
const HUGE = 1e10;
/** A class with fewer samples than this may go unseen by chance. */
const FEW = 5;

export interface Outcome {
  readonly epochs: number;
  readonly curve: readonly MetricPoint[];
  /** Of training samples, and of validation samples where there are any. */
  readonly training: readonly HeadOutcome[];
  readonly validation: readonly HeadOutcome[];
  readonly causes: readonly Cause[];
  /** The part that an evaluation is of, whose samples `training` then are; absent: those trained on. */
  readonly part?: SplitName;
}

/**
 * What a person should know of a training that came to its end, or of an evaluation, though no error stopped it: warnings with the numbers
 * behind them.
 * Nothing for one that learned.
 */
export function findings({ epochs, curve, training, validation, causes, part }: Outcome): readonly Problem[] {
  const several = training.length > 1;
  const on = samplesOf(part);
  const learned = training.flatMap((outcome, i) => {
    const where = several ? `${outcome.head}: ` : '';
    if (outcome.kind === 'values') return atMean(outcome, where, epochs, causes, on);
    return atChance(outcome, where, epochs, causes, on) ?? neverPredicted(outcome, validation[i], where, on);
  });
  return [...exploded(curve, causes), ...learned];
}

type Classes = Extract<HeadOutcome, { kind: 'classes' }>;

interface Samples {
  /** Which they are, as in "right for 10 % of the test samples". */
  readonly named: string;
  readonly title: string;
  /** What else may be the reason. */
  readonly beside: string;
  /** Where it is shown what a class is taken for. */
  readonly seen: string;
}

function samplesOf(part: SplitName | undefined): Samples {
  const trained = part === undefined || part === 'train';
  return {
    named: trained ? 'samples it was trained on' : `${part} samples`,
    title: trained ? 'Nothing learned' : 'No better than guessing',
    beside: trained
      ? ''
      : ' Evaluate the training part: where that is well, the network knows its samples by heart and not what they have in common; where it is not, it has learned nothing.',
    seen: part === undefined ? 'see in Evaluate' : 'see in the confusion matrix',
  };
}

/** No better on the samples than always giving the commonest answer, within two standard errors. */
function atChance(
  outcome: Classes,
  where: string,
  epochs: number,
  causes: readonly Cause[],
  { named, title, beside }: Samples,
): Problem[] | null {
  const samples = total(outcome.truths);
  const commonest = Math.max(...outcome.truths);
  const share = commonest / samples;
  const accuracy = outcome.right / samples;
  // One class alone leaves nothing to learn; that is a matter of the data.
  if (samples === 0 || share === 1) return null;
  if (accuracy > share + 2 * Math.sqrt((share * (1 - share)) / samples)) return null;
  const answer = outcome.classes[outcome.truths.indexOf(commonest)] ?? '';
  return [
    finding(
      'at-chance',
      title,
      `${where}after ${epochs} ${epochs === 1 ? 'epoch' : 'epochs'} the network is right for ${percent(accuracy)} of the ${named}; always answering “${answer}” would be right for ${percent(share)}.${beside}`,
      causes,
      { accuracy, share, samples },
    ),
  ];
}

function neverPredicted(
  training: Classes,
  validation: HeadOutcome | undefined,
  where: string,
  { seen }: Samples,
): Problem[] {
  const of = (counts: 'truths' | 'said', i: number) =>
    (training[counts][i] ?? 0) + (validation?.kind === 'classes' ? (validation[counts][i] ?? 0) : 0);
  const missing = training.classes.filter((_, i) => of('said', i) === 0 && of('truths', i) >= FEW);
  const [first] = missing;
  if (first === undefined) return [];
  const at = training.classes.indexOf(first);
  const samples = total(training.truths) + (validation?.kind === 'classes' ? total(validation.truths) : 0);
  const others =
    missing.length === 1
      ? ''
      : `, nor ${missing.length - 1 === 1 ? `is “${missing[1]}”` : `are ${missing.length - 1} other classes`}`;
  return [
    finding(
      'class-never-predicted',
      'A class is never predicted',
      `${where}“${first}” is never predicted${others}, though ${of('truths', at)} of ${samples} samples are “${first}”. A class with few samples is easily drowned by the others: train longer, give it more samples, or ${seen} what it is taken for.`,
      [],
      { classes: [...missing], samples },
    ),
  ];
}

/** No better on the samples than always saying their mean. */
function atMean(
  outcome: Extract<HeadOutcome, { kind: 'values' }>,
  where: string,
  epochs: number,
  causes: readonly Cause[],
  { named, title, beside }: Samples,
): Problem[] {
  const { error, meanError, samples } = outcome;
  if (samples < 2 || meanError === 0) return [];
  const explained = 1 - error / meanError;
  // With as few samples as these, that much is explained by chance.
  if (explained > Math.min(0.5, 2 / Math.sqrt(samples)) || explained > 0.05) return [];
  return [
    finding(
      'at-chance',
      title,
      `${where}after ${epochs} ${epochs === 1 ? 'epoch' : 'epochs'} the network’s numbers are ${explained < 0 ? 'further from' : 'no nearer to'} the truth than always saying the mean would be (R² ${formatNumber(Number(explained.toPrecision(3)))} on the ${named}).${beside}`,
      causes,
      { explained, samples },
    ),
  ];
}

function exploded(curve: readonly MetricPoint[], causes: readonly Cause[]): Problem[] {
  const losses = curve.flatMap(({ step, values }) => (values.loss === undefined ? [] : [{ step, loss: values.loss }]));
  const [first] = losses;
  const last = losses.at(-1);
  if (first === undefined || last === undefined) return [];
  const peak = losses.reduce((most, point) => (point.loss > most.loss ? point : most), first);
  if (peak.loss < HUGE && peak.loss < EXPLODED * Math.abs(first.loss)) return [];
  const from = peak === first ? 'began at' : `went from ${formatNumber(first.loss)} up to`;
  return [
    finding(
      'loss-exploded',
      'The loss exploded',
      `The loss ${from} ${formatNumber(Number(peak.loss.toPrecision(3)))} (step ${peak.step}) and ended at ${formatNumber(Number(last.loss.toPrecision(3)))}.`,
      causes,
      { first: first.loss, peak: peak.loss, last: last.loss, step: peak.step },
    ),
  ];
}

function finding(
  code: string,
  title: string,
  message: string,
  causes: readonly Cause[],
  facts: NonNullable<Problem['facts']>,
): Problem {
  const text = [message, ...causes.map(({ sentence }) => sentence)].join(' ');
  return {
    code,
    severity: 'warning',
    title,
    message: text.charAt(0).toUpperCase() + text.slice(1),
    facts,
    ...(causes.length > 0 ? { fixes: causes.flatMap(({ fixes }) => fixes) } : {}),
  };
}

const total = (counts: readonly number[]) => counts.reduce((a, b) => a + b, 0);
const percent = (share: number) => `${Number((100 * share).toFixed(1))} %`;
