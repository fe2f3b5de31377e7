import { measuredOf, type NetworkOutput, shapeOf, targetKind } from '../../graph/index.ts';
import { sizeOf } from '../../tensor/index.ts';
import { type KerasHead, type MetricSettings, metricOf } from '../../training/index.ts';
import { list, named, type Python, type PythonItem } from '../python/expression.ts';
import { number, string } from '../python/literals.ts';
import { snakeCase } from '../python/names.ts';
import type { DataCode } from './data/dataCode.ts';
import { kerasObject } from './kerasObject.ts';

/** How one Output is trained in the program. */
export interface HeadCode {
  /** Python for the targets of all samples as the loss wants them. */
  readonly targets: string;
  readonly loss: Python;
  readonly metrics: readonly Python[];
  readonly lossWeight: number;
  /** Its targets are trained on standardised, which is undone in this layer; null where they are not. */
  readonly undoneIn: string | null;
}

/**
 * The loss, metrics and targets of an Output, as the engine takes them: class indices go straight into a loss that takes them, and become
 * one-hot where these settings or another loss over one output a class need it.
 */
export function headCode({ head, source }: NetworkOutput, index: number, data: DataCode): HeadCode {
  const { loss, lossParams, lossWeight, chosenMetrics, fromLogits, field } = head;
  const classes = data.classes(field);
  const shape = shapeOf(source);
  const kind = targetKind(loss, shape, classes ?? undefined) ?? 'numbers';
  const sparseLoss = kind === 'classes' ? (loss.kerasSparse?.(lossParams) ?? null) : null;
  const about = { kind, sparse: sparseLoss !== null, threshold: fromLogits ? 0 : 0.5 };
  return {
    targets: targetsPython(data.target(field, index), about, sizeOf(shape)),
    loss: kerasObject('losses', sparseLoss ?? loss.keras(lossParams)),
    metrics: measuredOf({ kind, chosenMetrics }).map((one) => metricPython(one, about)),
    lossWeight,
    undoneIn: head.scaled && classes === null ? source.layer.exportName : null,
  };
}

function targetsPython(stored: string, { kind, sparse }: KerasHead, width: number): string {
  if (sparse || kind === 'numbers') return stored;
  if (kind === 'classes') return `keras.utils.to_categorical(${stored}, ${width})`;
  return `${stored}.reshape(-1, 1).astype("float32")`;
}

function metricPython(settings: MetricSettings, head: KerasHead): Python {
  const metric = metricOf(settings);
  return kerasObject('metrics', metric.keras(settings, head), [named('name', string(snakeCase(metric.key(settings))))]);
}

/** Arguments of `model.compile` after the optimiser. One output: plain values; several: lists in order. */
export function compileArguments(heads: readonly HeadCode[]): PythonItem[] {
  const [first] = heads;
  if (first !== undefined && heads.length === 1)
    return [
      named('loss', first.loss),
      ...(first.lossWeight === 1 ? [] : [named('loss_weights', list([number(first.lossWeight)]))]),
      named('metrics', list(first.metrics)),
    ];
  const weighted = heads.some((head) => head.lossWeight !== 1);
  return [
    named('loss', list(heads.map((head) => head.loss))),
    ...(weighted ? [named('loss_weights', list(heads.map((head) => number(head.lossWeight))))] : []),
    named('metrics', list(heads.map((head) => list(head.metrics)))),
  ];
}
