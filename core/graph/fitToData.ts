import type { DatasetField, DatasetSummary } from '../document/index.ts';
import { fail, ok, type Result } from '../errors.ts';
import type { Shape } from '../tensor/index.ts';
import type { TargetKind } from '../training/index.ts';
import { fieldFor, type Head, headsOf } from './heads.ts';
import { contextOf, judge, worstFirst } from './judge.ts';
import { dataFields } from './lint/dataFields.ts';
import { inputShape } from './lint/inputShape.ts';
import { lossTarget } from './lint/lossTarget.ts';
import { outputRank } from './lint/outputRank.ts';
import { outputWidth } from './lint/outputWidth.ts';
import type { Network, NetworkLayer } from './network.ts';

/** A head with a target that it fits. */
export interface FittedHead extends Head {
  readonly shape: Shape;
  readonly target: DatasetField;
  readonly kind: TargetKind;
}

/** What a network reads of the data and is compared with. */
export interface Fit {
  /** The field that each of the network's inputs reads. */
  readonly inputs: readonly DatasetField[];
  /** One for each of its outputs. */
  readonly heads: readonly FittedHead[];
}

/** The rules that hold the form of a design against that of the data. */
const RULES = [dataFields, inputShape, outputRank, outputWidth, lossTarget];

/**
 * Holds a network against data: those it is trained on, or others that it is to work on.
 * @returns the first error that the design rules have about it
 */
export function fitToData({ document, inputs, outputs }: Network, dataset: DatasetSummary): Result<Fit> {
  const context = contextOf(document, dataset);
  const error = worstFirst(judge(context, RULES), context.order).find(({ severity }) => severity === 'error');
  if (error) return fail(error);
  const heads = new Map(headsOf(context).map((head) => [head.node.id, head]));
  return ok({
    inputs: inputs.map((input) => fieldFor(context, 'input', String(input.params.field)) ?? unfit(input)),
    heads: outputs.map((output) => fitted(heads.get(output.id)) ?? unfit(output)),
  });
}

function fitted(head: Head | undefined): FittedHead | null {
  if (head === undefined) return null;
  const { shape, target, kind } = head;
  return shape === null || target === null || kind === null ? null : { ...head, shape, target, kind };
}

function unfit({ name }: NetworkLayer): never {
  throw new Error(`${name} does not fit the data, and no design rule says so`);
}
