import type * as tfc from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import type { layers as TfLayers } from '@tensorflow/tfjs-layers';
import type { JsonObject, JsonValue } from '../json.ts';
import type { ForgottenParams } from '../params/index.ts';
import type { Shape } from '../tensor/index.ts';
import type { Constraint } from './constraints.ts';
import type { Glyph } from './glyphs.ts';
import type { Initializer } from './initializers.ts';
import type { AnyParams, ParamDescriptors, ParamValues } from './params.ts';
import type { Regularizer } from './regularizers.ts';
import type { Traits } from './traits.ts';

/** Families give nodes their hue (`f-conv`, ...) and the palette its sections. */
export type Family = 'io' | 'dense' | 'conv' | 'pool' | 'norm' | 'act' | 'reg' | 'merge' | 'rnn' | 'attn' | 'shape';

/** Where a wire ends or begins at a layer. */
export interface Port {
  readonly name: string;
  readonly label: string;
  /** How many wires an input takes. `many` keeps their order (`edge.order`). Outputs always feed any number. */
  readonly arity: 'one' | 'many';
  /** Ranks accepted (batch not counted), for the wire-drop menu; `infer` has the last word. Empty: any. */
  readonly ranks?: readonly number[];
  /** Need not be wired. Optional inputs stand behind the others and fill from the front: a wire to one wants all before it wired. */
  readonly optional?: true;
}

/** A single step of what would mend a failed inference. */
export type SuggestedStep =
  | { readonly kind: 'setParam'; readonly param: string; readonly value: JsonValue; readonly label: string }
  /** Insert a layer on the wire into this input (index into the inputs given to `infer`), right before the layer. */
  | {
      readonly kind: 'insertBefore';
      readonly input: number;
      readonly type: string;
      readonly params: { readonly [name: string]: JsonValue };
      readonly label: string;
    };

/** What would mend a failed inference; `graph` turns each into a one-click fix, and leaves out one after which the failure stays. */
export type Suggestion =
  | SuggestedStep
  /** What only several steps mend, in this order. */
  | { readonly kind: 'several'; readonly steps: readonly SuggestedStep[]; readonly label: string };

/** Why no output shape follows from a layer's inputs, as a sentence, and what would help. */
export interface InferenceFailure {
  readonly code: string;
  readonly title: string;
  /** A whole sentence with the numbers; the layer is called "this layer" or by its title. */
  readonly message: string;
  readonly param?: string;
  readonly facts?: { readonly [key: string]: JsonValue };
  readonly suggestions?: readonly Suggestion[];
}

export type Inference =
  | {
      readonly ok: true;
      /** Of the first output. */
      readonly shape: Shape;
      /** Of the outputs behind it, in their order; absent where there are none. */
      readonly others?: readonly Shape[];
      /** The output-size sum, one line each, e.g. ['⌊(n + 2p − f) / s⌋ + 1', '⌊(8 + 2·1 − 3) / 1⌋ + 1 = 8']. */
      readonly arithmetic?: readonly string[];
    }
  | { readonly ok: false; readonly failure: InferenceFailure };

/** One weight tensor, in the order of `tf.layers` `layer.weights` and of Keras `layer.weights`, which agree. */
export interface WeightSpec {
  /** Name within the layer, as Keras calls it: kernel, bias, gamma, moving_mean, ... */
  readonly name: string;
  readonly shape: Shape;
  readonly trainable: boolean;
  /** Whether decoupled weight decay applies (kernels yes; biases and normalisation scales no). */
  readonly decays: boolean;
  /** How it starts, is penalised and is constrained: asked where the layer has a `compute`, whose weights are made from this. */
  readonly made?: {
    readonly initializer: Initializer;
    readonly regularizer: Regularizer | null;
    readonly constraint: Constraint | null;
  };
}

/** TensorFlow.js's operations, handed to `compute`, so that the catalogue never loads them itself. */
export type TfOps = typeof tfc;
export type TfTensor = tfc.Tensor;
export type TfLayer = tfl.layers.Layer;
type TfInitializer = ReturnType<typeof tfl.initializers.zeros>;
type TfRegularizer = ReturnType<typeof tfl.regularizers.l1l2>;
type TfConstraint = ReturnType<typeof tfl.constraints.nonNeg>;

/** What a layer's `tf` builder may use. Passed in, so that the catalogue never loads TensorFlow.js itself. */
export interface TfContext {
  readonly layers: typeof TfLayers;
  /** The node's name: the tfjs layer must take it. */
  readonly name: string;
  /** Shapes of the inputs, batch not counted. */
  readonly inputs: readonly Shape[];
  /**
   * `train`: seeded dropout and other layers of our own are welcome. `export`: only stock TensorFlow.js layers where one computes
   * the same, so that plain tfjs loads the file.
   */
  readonly mode: 'train' | 'export';
  /** What TensorFlow.js draws the weight of this name with. */
  initializer(value: Initializer, weight: string): TfInitializer;
  /** What TensorFlow.js adds to the loss; undefined for nothing. */
  regularizer(value: Regularizer | null): TfRegularizer | undefined;
  /** What TensorFlow.js keeps the weight to after each step; undefined for nothing. */
  constraint(value: Constraint | null): TfConstraint | undefined;
  /**
   * True when the builder wants what stands before the activation as a tensor of its own (cross-entropy is computed from logits):
   * the layer must then be built with a linear activation, and the activation follow as a layer of its own. See `withActivation`.
   */
  readonly splitActivation: boolean;
  /** The layer of that type, which TensorFlow.js lacks, computed by its definition's `compute`. `params`: complete. */
  computed(type: string, params: AnyParams): TfLayer;
  /** A layer class of our own, from `core/engine/model/layers` (`createCustomLayer`). `config.name` is the layer's name. */
  custom(className: CustomLayerName, config: CustomLayerConfig): TfLayer;
}

/** What a layer of our own is made from: JSON, with initialisers, penalties and constraints as TensorFlow.js objects. */
export interface CustomLayerConfig {
  readonly name: string;
  readonly [key: string]: JsonValue | TfInitializer | TfRegularizer | TfConstraint | undefined;
}

/** Layer classes TensorFlow.js lacks or gets wrong; written in `core/engine/model/layers`, one file each. */
export type CustomLayerName =
  /**
   * config {activation: ActivationName, ...its params, activityRegularizer}: every activation of the catalogue, exact forms as in
   * Keras; adds the output penalty to `penalties`.
   */
  | 'LoomActivation'
  /** config as tf dense, with any activation of the catalogue: without the stock layer's reshapes and transposes. */
  | 'LoomDense'
  /** config {rate, noiseShape: (number|null)[]|null, seed: number|null}: mask drawn from (run seed, layer name, step). */
  | 'LoomDropout'
  /** config as tf conv2d plus groups: dilated and grouped convolution with correct gradients. */
  | 'LoomConv'
  /** config as tf depthwiseConv2d: obeys dilationRate. */
  | 'LoomDepthwiseConv2D'
  /** config as tf separableConv2d: dilation with correct gradients. */
  | 'LoomSeparableConv2D'
  /** config {poolSize, strides}: 'same' padding with correct gradients. */
  | 'LoomAveragePool'
  | 'LoomUpSampling2D'
  /** config {parts, axis}: equal parts along an axis of the sample, each an output. */
  | 'LoomSplit'
  | 'LoomBatchNorm'
  | 'LoomLayerNorm'
  | 'LoomSimpleRNN'
  | 'LoomLSTM'
  | 'LoomGRU'
  | 'LoomMultiHeadAttention';

/** A value in a Keras call: JSON, or one of our own typed values, which each writer spells in its own way. */
export type KerasArg =
  | JsonValue
  | { readonly $initializer: Initializer }
  | { readonly $regularizer: Regularizer | null }
  /** `rank`: of the weight, which says over which axes norms are taken (`kerasNormAxis`). */
  | { readonly $constraint: Constraint | null; readonly rank: number };

/** The same layer in Keras 3. `args` uses Keras names and holds every argument; code leaves out those that are as with default parameters. */
export interface KerasCall {
  /** Class in `keras.layers`, e.g. `Conv2D`; with `operation`, class of the operation. */
  readonly className: string;
  /** It is no layer but this function of `keras.ops`, which takes its input and then `args`. */
  readonly operation?: string;
  readonly args: { readonly [name: string]: KerasArg };
  /**
   * Names of `args` always written, in order: those Keras has no default for (`filters`, `kernel_size`), or another than this layer's
   * parameters.
   */
  readonly always?: readonly string[];
  /** Weights that are held by a layer or cell inside the layer: its attribute, by the weight's name. */
  readonly holders?: { readonly [weight: string]: string };
  /** How the layer is called, where that is not just with its inputs. */
  readonly call?: {
    /** Which inputs are its arguments, by number, in order; one may stand more than once. */
    readonly inputs?: readonly number[];
    /** Arguments by name. */
    readonly kwargs?: { readonly [name: string]: JsonValue };
  };
}

/** What one sample costs in a layer. */
export interface Cost {
  /** Multiply-accumulates for one sample's forward pass (additions of biases not counted, as is usual). */
  readonly macs: number;
}

/** Everything that is known of a layer type, in a file of its own: parameters, ports, shapes, weights, cost, and how frameworks build it. */
export interface LayerDefinition<D extends ParamDescriptors = ParamDescriptors> {
  /** Catalogue type and node `type`, e.g. `Conv2D`. */
  readonly type: string;
  /** Of its parameters, from 1. A change that a node in a file does not fit any more raises it and adds a migration. */
  readonly version: number;
  readonly migrations?: {
    /** From each earlier version, a node's parameters (which nobody has checked) as the next one has them. Never throws. */
    readonly [from: number]: (params: JsonObject) => JsonObject;
  };
  readonly family: Family;
  readonly glyph: Glyph;
  readonly title: string;
  /** Short tag right in the palette, e.g. `2D`. */
  readonly tag?: string;
  /** Words that also find it in the palette. */
  readonly keywords?: readonly string[];
  /** Merges are drawn as pills. */
  readonly look?: 'card' | 'pill';
  /** One paragraph on what it computes and when to use it. */
  readonly doc: string;
  readonly source?: { readonly label: string; readonly url: string };
  readonly params: D;
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
  /** Where the outputs follow from the parameters, which nobody has checked; `outputs` are those of the defaults. */
  outputPorts?(params: ParamValues<D>): readonly Port[];
  readonly traits: Traits<ParamValues<D>>;
  /** The node's second line: the two parameters that matter, e.g. `3×3 · 16 · same`. */
  summary(params: ParamValues<D>): string;
  /** Output shape for these input shapes (all wires of the ports in order). Never throws. */
  infer(params: ParamValues<D>, inputs: readonly Shape[]): Inference;
  /** Called only after `infer` succeeded on the same arguments; so are all below. */
  weights(params: ParamValues<D>, inputs: readonly Shape[]): readonly WeightSpec[];
  /** Of one sample; shapes are without the batch. */
  cost(params: ParamValues<D>, inputs: readonly Shape[], output: Shape): Cost;
  /**
   * The TensorFlow.js layer, or a chain of them applied one after the other (the first is called `context.name` and holds the
   * weights). Absent for `Output`, which marks what it reads as a model output, and `Input`, which the builder makes itself.
   */
  tf?(params: ParamValues<D>, context: TfContext): TfLayer | readonly TfLayer[];
  /**
   * The formula of a layer that TensorFlow.js lacks, for `TfContext.computed`: of operations that have gradients on every backend.
   * @param inputs with the batch in front, as many as `infer` was given
   * @param weights those of `weights`, by name
   */
  compute?(
    params: ParamValues<D>,
    inputs: readonly TfTensor[],
    weights: { readonly [name: string]: TfTensor },
    ops: TfOps,
  ): TfTensor;
  /** Absent for `Output` and `Input`, which the writers handle. */
  keras?(params: ParamValues<D>, inputs: readonly Shape[]): KerasCall;
}

/** A definition whose parameter types have been forgotten: what registries hold. */
export type AnyLayerDefinition = LayerDefinition<ForgottenParams>;

/** A definition that says its type by name, so that lists of layers have a type for what they hold. */
export type NamedLayer<T extends string, D extends ParamDescriptors> = LayerDefinition<D> & { readonly type: T };

/** Types a layer definition; adds nothing at run time. */
export function defineLayer<const T extends string, const D extends ParamDescriptors>(
  definition: NamedLayer<T, D>,
): NamedLayer<T, D> {
  return definition;
}
