import * as tf from '@tensorflow/tfjs-core';
import { initializers, type LayerVariable, regularizers } from '@tensorflow/tfjs-layers';
import { type AnyLayerDefinition, type AnyParams, findLayer } from '../../../catalogue/index.ts';
import type { Shape } from '../../../tensor/index.ts';
import { tfConstraint } from '../constraints.ts';
import { seededInitializer } from '../initializers.ts';
import { type BatchShape, LoomLayer, register } from './loomLayer.ts';
import type { LayerConfig } from './restore.ts';

/** A layer computed by its definition's `compute`. Everything about it follows from type, parameters and seed, which is its config. */
export class LoomComputed extends LoomLayer {
  static className = 'LoomComputed';
  private readonly definition: AnyLayerDefinition;
  private readonly params: AnyParams;
  private readonly seed: number;
  private readonly made = new Map<string, LayerVariable>();

  constructor(config: LayerConfig) {
    super(config);
    const { type, params, seed } = config as unknown as { type: string; params: AnyParams; seed: number };
    const definition = findLayer(type);
    if (definition?.compute === undefined) throw new Error(`Layer type ${type} has no formula of its own.`);
    this.definition = definition;
    this.params = params;
    this.seed = seed;
  }

  override build(inputShape: BatchShape | BatchShape[]): void {
    for (const { name, shape, trainable, made } of this.definition.weights(this.params, samples(inputShape))) {
      const options = {
        initializer:
          made === undefined ? initializers.zeros() : seededInitializer(made.initializer, this.seed, this.name, name),
        regularizer: made?.regularizer ? regularizers.l1l2({ ...made.regularizer }) : undefined,
        constraint: tfConstraint(made?.constraint ?? null),
      };
      this.made.set(name, this.weight(name, shape, options, trainable));
    }
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const weights = Object.fromEntries([...this.made].map(([name, variable]) => [name, variable.read()]));
      const { compute } = this.definition;
      if (compute === undefined) throw new Error(`Layer type ${this.definition.type} has no formula of its own.`);
      return compute(this.params, Array.isArray(inputs) ? inputs : [inputs], weights, tf);
    });
  }

  override computeOutputShape(inputShape: BatchShape | BatchShape[]): BatchShape {
    const inferred = this.definition.infer(this.params, samples(inputShape));
    if (!inferred.ok) throw new Error(inferred.failure.message);
    return [null, ...inferred.shape];
  }

  override getConfig(): tf.serialization.ConfigDict {
    const { type } = this.definition;
    const params = JSON.parse(JSON.stringify(this.params)) as tf.serialization.ConfigDict;
    return { ...super.getConfig(), type, params, seed: this.seed };
  }
}
register(LoomComputed);

/** Shapes of the inputs without the batch. */
function samples(inputShape: BatchShape | BatchShape[]): readonly Shape[] {
  const all = (Array.isArray(inputShape[0]) ? inputShape : [inputShape]) as readonly BatchShape[];
  return all.map((shape) => shape.slice(1).map((n) => n ?? 0));
}
