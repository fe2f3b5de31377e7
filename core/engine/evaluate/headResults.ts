import type { LoadedDataset } from '../../data/node.ts';
import { sizeOf } from '../../tensor/index.ts';
import { isCrossEntropy } from '../../training/index.ts';
import type { ModelHead } from '../model/buildModel.ts';
import type { HeadEvaluation } from '../protocol.ts';
import { fieldOf, type TargetEncoding } from '../train/headTargets.ts';
import { classesOutcome, type HeadOutcome, valuesOutcome } from '../train/outcome/headOutcome.ts';
import { inOwnUnits } from '../train/targetScale.ts';
import { confusionOf } from './confusion.ts';
import { formatNumber, readPrediction } from './outputs.ts';
import { regressionFigures } from './regressionFigures.ts';

/** Collects what one head says of each sample, batch by batch. */
export class HeadResults {
  readonly #head: ModelHead;
  readonly #encoding: TargetEncoding;
  readonly #dataset: LoadedDataset;
  readonly #field: string;
  readonly #truths: Float32Array;
  /** Numbers of one sample's target. */
  readonly #width: number;
  readonly #rows: { readonly index: number; readonly prediction: HeadEvaluation['predictions'][number] }[] = [];
  readonly #numbers: { readonly truths: number[]; readonly predicted: number[] } = { truths: [], predicted: [] };
  readonly #pairs: { readonly truth: number; readonly predicted: number }[] = [];

  constructor(head: ModelHead, encoding: TargetEncoding, dataset: LoadedDataset) {
    this.#head = head;
    this.#encoding = encoding;
    this.#dataset = dataset;
    const field = fieldOf(dataset.description.summary.fields, 'target', head);
    this.#field = field.name;
    this.#width = sizeOf(field.shape);
    this.#truths = dataset.fields[field.name]?.data ?? new Float32Array();
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
    const { classes } = this.#encoding;
    const width = outputs.length / indices.length;
    indices.forEach((index, i) => {
      const { scale } = this.#encoding;
      const said = outputs.subarray(i * width, (i + 1) * width);
      const output = scale ? Array.from(said, (value, at) => inOwnUnits(value, at, scale)) : said;
      const reading = readPrediction(this.#encoding, output);
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
    const { name } = this.#head;
    const { classes } = this.#encoding;
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
    const { classes } = this.#encoding;
    this.#rows.sort((a, b) => b.prediction.loss - a.prediction.loss || a.index - b.index);
    return {
      name: this.#head.name,
      field: this.#field,
      ...(classes ? confusionOf(classes, this.#pairs) : { confusion: null, perClass: [] }),
      regression: this.#isRegression
        ? regressionFigures(this.#numbers.truths, this.#numbers.predicted, this.#trainingMeans())
        : null,
      predictions: this.#rows.map(({ prediction }) => prediction),
    };
  }

  get #isRegression(): boolean {
    return this.#encoding.classes === null && !isCrossEntropy(this.#head.loss);
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
