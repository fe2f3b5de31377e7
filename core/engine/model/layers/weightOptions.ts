import type { serialization } from '@tensorflow/tfjs-core';
import {
  describeObject,
  type LayerConfig,
  restoreConstraint,
  restoreInitializer,
  restoreRegularizer,
  type TfConstraint,
  type TfInitializer,
  type TfRegularizer,
} from './restore.ts';

/** How one weight starts, is penalised and is constrained. */
export interface WeightOptions {
  readonly initializer: TfInitializer;
  readonly regularizer: TfRegularizer | undefined;
  readonly constraint: TfConstraint | undefined;
}

/** Reads `<prefix>Initializer`, `<prefix>Regularizer`, `<prefix>Constraint` from a layer's config. */
export function readWeightOptions(config: LayerConfig, prefix: string, fallback: () => TfInitializer): WeightOptions {
  return {
    initializer: restoreInitializer(config[`${prefix}Initializer`], fallback),
    regularizer: restoreRegularizer(config[`${prefix}Regularizer`]),
    constraint: restoreConstraint(config[`${prefix}Constraint`]),
  };
}

/** The reverse, for getConfig. */
export function describeWeightOptions(prefix: string, options: WeightOptions): serialization.ConfigDict {
  return {
    [`${prefix}Initializer`]: describeObject(options.initializer),
    [`${prefix}Regularizer`]: describeObject(options.regularizer),
    [`${prefix}Constraint`]: describeObject(options.constraint),
  };
}
