import * as tf from '@tensorflow/tfjs-core';
import type { DatasetField } from '../../document/index.ts';
import { ProblemError } from '../../errors.ts';
import type { TargetScale } from '../../runs/index.ts';
import { formatShape, sameShape, sizeOf } from '../../tensor/index.ts';
import { lossOf } from '../../training/index.ts';
import type { ModelHead, ModelInput } from '../model/buildModel.ts';

/** How a stored target becomes what a head's loss is computed against. */
export interface TargetEncoding {
  /** `classes`: class numbers, one-hot over the head's outputs. `values`: numbers as they are. */
  readonly kind: 'classes' | 'values';
  readonly classes: readonly string[] | null;
  /** Shape of one sample's target, as the head puts it out. */
  readonly shape: readonly number[];
  /** Numbers are trained on standardised by this; null: as they are. */
  readonly scale: TargetScale | null;
}

/**
 * The field of the data that a head or an input reads: by name, or the only one.
 * @throws ProblemError `field-missing` naming the fields there are
 */
export function fieldOf(
  fields: readonly DatasetField[],
  role: 'input' | 'target',
  reader: Pick<ModelInput, 'field' | 'name' | 'nodeId'>,
): DatasetField {
  const candidates = fields.filter((field) => field.role === role);
  const found = reader.field === '' ? candidates[0] : candidates.find((field) => field.name === reader.field);
  const ambiguous = reader.field === '' && candidates.length > 1;
  if (found && !ambiguous) return found;
  const names = candidates.map((field) => field.name).join(', ') || 'none';
  const what = role === 'input' ? 'input' : 'target';
  throw new ProblemError({
    code: 'field-missing',
    title: 'Data field',
    message: ambiguous
      ? `${reader.name} does not say which ${what} field it reads, and the data have several: ${names}. Choose one.`
      : `${reader.name} reads the ${what} field ${reader.field || '(the only one)'}, which the data do not have. They have: ${names}.`,
    nodeId: reader.nodeId,
    param: 'field',
  });
}

/** @throws ProblemError `input-shape` when the data's samples do not fit the Input node */
export function checkInput(input: ModelInput, field: DatasetField): void {
  if (sameShape(input.shape, field.shape)) return;
  throw new ProblemError({
    code: 'input-shape',
    title: 'Input shape',
    message: `${input.name} expects samples of ${formatShape(input.shape)}, but ${field.name} of the data is ${formatShape(field.shape)}. Set the shape of ${input.name} to that of the data.`,
    nodeId: input.nodeId,
    param: 'shape',
    facts: { expected: [...input.shape], data: [...field.shape] },
  });
}

/**
 * How a head's target is encoded. Class numbers become one-hot where the head has one output for each class; with a single output
 * the number itself (0 or 1) is the target.
 * @throws ProblemError `output-width` when neither fits
 */
export function encodingOf(head: ModelHead, field: DatasetField, scale: TargetScale | null = null): TargetEncoding {
  const outputs = sizeOf(head.shape);
  const classes = field.classes ?? null;
  if (classes) {
    const last = head.shape.at(-1) ?? 1;
    if (last === classes.length && last > 1 && outputs === last)
      return { kind: 'classes', classes, shape: head.shape, scale: null };
    if (outputs === 1 && classes.length <= 2 && lossOf(head.loss).for !== 'classes')
      return { kind: 'values', classes, shape: head.shape, scale: null };
    throw new ProblemError({
      code: 'output-width',
      title: 'Output width',
      message: `${head.name} gets ${formatShape(head.shape)}, but ${field.name} has ${classes.length} classes. The layer before it needs ${classes.length} units${classes.length === 2 ? ', or 1 with binary cross-entropy' : ''}.`,
      nodeId: head.nodeId,
      facts: { outputs, classes: classes.length },
    });
  }
  if (outputs === sizeOf(field.shape)) return { kind: 'values', classes: null, shape: head.shape, scale };
  throw new ProblemError({
    code: 'output-width',
    title: 'Output width',
    message: `${head.name} gets ${formatShape(head.shape)}, but the target ${field.name} is ${formatShape(field.shape)}. The layer before it needs ${sizeOf(field.shape)} units.`,
    nodeId: head.nodeId,
    facts: { outputs, target: sizeOf(field.shape) },
  });
}

/** Stored targets of a batch ([batch, ...]) as the loss wants them ([batch, ...head shape]). */
export function encodeTarget(encoding: TargetEncoding, stored: tf.Tensor): tf.Tensor {
  const batch = stored.shape[0] ?? 0;
  if (encoding.kind === 'values') return tf.reshape(stored, [batch, ...encoding.shape]);
  const indices = tf.cast(tf.reshape(stored, [batch]), 'int32');
  // Through int32: the wasm kernel writes integers whatever type it is asked for.
  const oneHot = tf.cast(tf.oneHot(indices, encoding.shape.at(-1) ?? 1, 1, 0, 'int32'), 'float32');
  return tf.reshape(oneHot, [batch, ...encoding.shape]);
}
