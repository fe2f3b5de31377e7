import { LOSSES, type LossName } from '../../catalogue/index.ts';
import { type NetworkLayer, type NetworkOutput, shapeOf } from '../../graph/index.ts';
import { sizeOf } from '../../tensor/index.ts';
import { call, list, named, type Python, type PythonItem } from '../python/expression.ts';
import { boolean, number, string } from '../python/literals.ts';
import type { DataCode } from './data/dataCode.ts';

/** How one Output is trained in the program. */
export interface HeadCode {
  /** Python for the targets of all samples as the loss wants them. */
  readonly targets: string;
  readonly loss: Python;
  readonly metric: Python;
  readonly lossWeight: number;
  /** Its targets are trained on standardised, which is undone in this layer; null where they are not. */
  readonly undoneIn: string | null;
}

/**
 * The loss, metric and targets of an Output, as the engine takes them: class indices go straight into the sparse cross-entropy, and
 * become one-hot where label smoothing or another loss over one output a class needs it.
 */
export function headCode(head: NetworkOutput, index: number, data: DataCode, last: NetworkLayer | undefined): HeadCode {
  const loss = head.params.loss as LossName;
  const smoothing = Number(head.params.labelSmoothing);
  const crossEntropy = loss === 'categoricalCrossentropy' || loss === 'binaryCrossentropy';
  const logits = crossEntropy && head.params.fromLogits === true;
  const field = String(head.params.field);
  const stored = data.target(field, index);
  const classes = data.classes(field);
  const width = sizeOf(shapeOf(head.source));
  const oneHot = classes !== null && width > 1;
  const sparse = loss === 'categoricalCrossentropy' && smoothing === 0;
  const options: PythonItem[] = [
    ...(logits ? [named('from_logits', boolean(true))] : []),
    ...(crossEntropy && smoothing > 0 ? [named('label_smoothing', number(smoothing))] : []),
  ];
  const classOutput = classes !== null || loss === 'categoricalCrossentropy';
  return {
    targets: targetsPython(stored, { oneHot, sparse, width, column: classes !== null && !sparse }),
    loss: call(`keras.losses.${sparse ? 'Sparse' : ''}${LOSSES[loss].keras}`, options),
    metric: metricPython({ classOutput, width, sparse, threshold: logits ? 0 : 0.5 }),
    lossWeight: Number(head.params.lossWeight),
    undoneIn: last === undefined || classes !== null ? null : last.exportName,
  };
}

function targetsPython(
  stored: string,
  { oneHot, sparse, width, column }: { oneHot: boolean; sparse: boolean; width: number; column: boolean },
): string {
  if (sparse) return stored;
  if (oneHot) return `keras.utils.to_categorical(${stored}, ${width})`;
  return column ? `${stored}.reshape(-1, 1).astype("float32")` : stored;
}

function metricPython(head: { classOutput: boolean; width: number; sparse: boolean; threshold: number }): Python {
  const name = named('name', string('accuracy'));
  if (!head.classOutput) return call('keras.metrics.MeanAbsoluteError', [named('name', string('mae'))]);
  if (head.sparse) return call('keras.metrics.SparseCategoricalAccuracy', [name]);
  if (head.width > 1) return call('keras.metrics.CategoricalAccuracy', [name]);
  const threshold = head.threshold === 0.5 ? [] : [named('threshold', number(head.threshold))];
  return call('keras.metrics.BinaryAccuracy', [name, ...threshold]);
}

/** Arguments of `model.compile` after the optimiser. One output: plain values; several: lists in order. */
export function compileArguments(heads: readonly HeadCode[]): PythonItem[] {
  const [first] = heads;
  if (first !== undefined && heads.length === 1)
    return [
      named('loss', first.loss),
      ...(first.lossWeight === 1 ? [] : [named('loss_weights', list([number(first.lossWeight)]))]),
      named('metrics', list([first.metric])),
    ];
  const weighted = heads.some((head) => head.lossWeight !== 1);
  return [
    named('loss', list(heads.map((head) => head.loss))),
    ...(weighted ? [named('loss_weights', list(heads.map((head) => number(head.lossWeight))))] : []),
    named('metrics', list(heads.map((head) => list([head.metric])))),
  ];
}
