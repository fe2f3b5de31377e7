import type { LoadedDataset } from '../../data/node.ts';
import type { FittedHead } from '../../graph/index.ts';
import type { TargetScale } from '../../runs/index.ts';
import { sizeOf } from '../../tensor/index.ts';
import type { HeadEvaluation } from '../protocol.ts';
import { classesOutcome, type HeadOutcome, valuesOutcome } from '../train/outcome/headOutcome.ts';
import { inOwnUnits } from '../train/targetScale.ts';
import { confusionOf } from './confusion.ts';
import { formatNumber, readPrediction } from './outputs.ts';
import { regressionFigures } from './regressionFigures.ts';

/** Collects what one head says of each sample, batch by batch. */
export class HeadResults {
  readonly #head: FittedHead;
  readonly #scale: TargetScale | null;
  readonly #dataset: LoadedDataset;
  readonly #truths: Float32Array;
  /** Numbers of one sample's target. */
  readonly #width: number;
  readonly #rows: { readonly index: number; readonly prediction: HeadEvaluation['predictions'][number] }[] = [];
  readonly #numbers: { readonly truths: number[]; readonly predicted: number[] } = { truths: [], predicted: [] };
  readonly #pairs: { readonly truth: number; readonly predicted: number }[] = [];

  /** @param scale what it was trained on standardised by, if it was */
  constructor(head: FittedHead, scale: TargetScale | null, dataset: LoadedDataset) {
    this.#head = head;
    this.#scale = scale;
    this.#dataset = dataset;
    this.#width = sizeOf(head.target.shape);
    this.#truths = dataset.fields[head.target.name]?.data ?? new Float32Array();
  }

  /**
   * @param indices the samples of a batch
   * @param outputs what the head says of them, as `readableOutput` gives it
   * @param losses one a sample
   */
  add(
    indices: Int32Array,
    outputs: ArrayLike<number> & { subarray(from: number, to: number): ArrayLike<number> },
    losses: ArrayLike<number>,
  ): void {
    const { classes } = this.#head.target;
    const scale = this.#scale;
    const width = outputs.length / indices.length;
    indices.forEach((index, i) => {
      const said = outputs.subarray(i * width, (i + 1) * width);
      const output = scale ? Array.from(said, (value, at) => inOwnUnits(value, at, scale)) : said;
      const reading = readPrediction(this.#head, output);
      const truth = this.#truths.subarray(index * this.#width, (index + 1) * this.#width);
      if (this.#isRegression) {
        this.#numbers.truths.push(...truth);
        this.#numbers.predicted.push(...Array.from(output));
      }
      if (reading.classIndex !== null) this.#pairs.push({ truth: truth[0] ?? 0, predicted: reading.classIndex });
      this.#rows.push({
        index,
        prediction: {
          sample: this.#dataset.identityOf(index),
          target: classes ? (classes[truth[0] ?? 0] ?? '') : Array.from(truth, formatNumber).join(', '),
          predicted: reading.predicted,
          confidence: reading.confidence,
          loss: losses[i] ?? 0,
          correct: reading.classIndex === null ? null : reading.classIndex === truth[0],
        },
      });
    });
  }

  /** The same in the few figures that a judgement rests on. */
  outcome(): HeadOutcome {
    const { name } = this.#head.node;
    const { classes } = this.#head.target;
    const { truths, predicted } = this.#numbers;
    if (!classes) return valuesOutcome(name, this.#rows.length, truths, predicted);
    const said = this.#pairs.map((pair) => pair.predicted);
    return classesOutcome(
      name,
      classes,
      this.#pairs.map(({ truth }) => truth),
      said,
    );
  }

  finish(): HeadEvaluation {
    const { name, classes } = this.#head.target;
    this.#rows.sort((a, b) => b.prediction.loss - a.prediction.loss || a.index - b.index);
    return {
      name: this.#head.node.name,
      field: name,
      ...(classes ? confusionOf(classes, this.#pairs) : { confusion: null, perClass: [] }),
      regression: this.#isRegression
        ? regressionFigures(this.#numbers.truths, this.#numbers.predicted, this.#trainingMeans())
        : null,
      predictions: this.#rows.map(({ prediction }) => prediction),
    };
  }

  get #isRegression(): boolean {
    return this.#head.kind === 'numbers';
  }

  #trainingMeans(): number[] {
    const { train } = this.#dataset.splits;
    const means = Array.from({ length: this.#width }, () => 0);
    for (const index of train)
      for (let i = 0; i < this.#width; i++)
        means[i] = (means[i] ?? 0) + (this.#truths[index * this.#width + i] ?? 0) / train.length;
    return means;
  }
}
