import * as tfl from '@tensorflow/tfjs-layers';
import type { TfContext } from '../../catalogue/index.ts';
import type { Shape } from '../../tensor/index.ts';
import { tfConstraint } from './constraints.ts';
import { seededInitializer } from './initializers.ts';
import { createCustomLayer } from './layers/index.ts';
import { LoomComputed } from './layers/loomComputed.ts';

export interface ContextOptions {
  /** The run's seed: with the layer's and the weight's name it decides every initial value and every dropout mask. */
  readonly seed: number;
  /** The node's name. */
  readonly name: string;
  /** Shapes of the inputs, batch not counted. */
  readonly inputs: readonly Shape[];
  readonly mode: TfContext['mode'];
  /** See `TfContext.splitActivation`; false when absent. */
  readonly splitActivation?: boolean;
}

/** What a catalogue layer's `tf` builder gets, backed by the real TensorFlow.js. */
export function createContext(options: ContextOptions): TfContext {
  return {
    layers: tfl.layers,
    name: options.name,
    inputs: options.inputs,
    mode: options.mode,
    splitActivation: options.splitActivation ?? false,
    initializer: (value, weight) => seededInitializer(value, options.seed, options.name, weight),
    regularizer: (value) => (value === null ? undefined : tfl.regularizers.l1l2({ l1: value.l1, l2: value.l2 })),
    constraint: tfConstraint,
    custom: (className, config) => createCustomLayer(className, config),
    computed: (type, params) => new LoomComputed({ name: options.name, seed: options.seed, type, params }),
  };
}
