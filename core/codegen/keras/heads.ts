import { type NetworkLayer, type NetworkOutput, shapeOf } from '../../graph/index.ts';
import { sizeOf } from '../../tensor/index.ts';
import {
  type KerasHead,
  type LossName,
  lossOf,
  type MetricSettings,
  metricOf,
  metricsOf,
} from '../../training/index.ts';
import { list, named, type Python, type PythonItem } from '../python/expression.ts';
import { number, string } from '../python/literals.ts';
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
 * The loss, metrics and targets of an Output, as the engine takes them: class indices go straight into the sparse cross-entropy, and
 * become one-hot where label smoothing or another loss over one output a class needs it.
 */
export function headCode(head: NetworkOutput, index: number, data: DataCode, last: NetworkLayer | undefined): HeadCode {
  const loss = head.params.loss as LossName;
  const definition = lossOf(loss);
  const logits = definition.activation !== null && head.params.fromLogits === true;
  const field = String(head.params.field);
  const stored = data.target(field, index);
  const classes = data.classes(field);
  const width = sizeOf(shapeOf(head.source));
  const oneHot = classes !== null && width > 1;
  const sparseLoss = definition.kerasSparse?.(head.params) ?? null;
  const sparse = sparseLoss !== null;
  const classOutput = classes !== null || definition.for === 'classes';
  const kind = !classOutput ? 'numbers' : sparse || width > 1 ? 'classes' : 'binary';
  // checkParams has held them against the schema of the metrics.
  const chosen = head.params.metrics as unknown as readonly MetricSettings[];
  return {
    targets: targetsPython(stored, { oneHot, sparse, width, column: classes !== null && !sparse }),
    loss: kerasObject('losses', sparseLoss ?? definition.keras(head.params)),
    metrics: metricsOf(kind, chosen).map((one) => metricPython(one, { kind, sparse, threshold: logits ? 0 : 0.5 })),
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

function metricPython(settings: MetricSettings, head: KerasHead): Python {
  const metric = metricOf(settings);
  return kerasObject('metrics', metric.keras(settings, head), [named('name', string(snakeCase(metric.key(settings))))]);
}

/** `top5Accuracy` -> `top5_accuracy` */
function snakeCase(key: string): string {
  return key.replace(/([A-Z])/g, '_$1').toLowerCase();
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
