import { serialization, type Tensor } from '@tensorflow/tfjs-core';
import { type LayerVariable, layers } from '@tensorflow/tfjs-layers';
import type { LayerConfig } from './restore.ts';
import type { WeightOptions } from './weightOptions.ts';

export type BatchShape = (number | null)[];
export type CallArguments = { readonly training?: boolean };

/** What all layers of our own share: one input, and how a shape or a tensor is taken out of a list of one. */
export abstract class LoomLayer extends layers.Layer {
  constructor(config: LayerConfig) {
    super({ ...(config.name !== undefined && { name: config.name }) });
    this.supportsMasking = true;
  }

  protected oneShape(shape: unknown): BatchShape {
    const list = shape as BatchShape | BatchShape[];
    return Array.isArray(list[0]) ? list[0] : (list as BatchShape);
  }

  protected oneTensor(inputs: Tensor | Tensor[]): Tensor {
    const tensor = Array.isArray(inputs) ? inputs[0] : inputs;
    if (tensor === undefined) throw new Error(`Layer ${this.name} was called without an input.`);
    return tensor;
  }

  protected weight(name: string, shape: readonly number[], options: WeightOptions, trainable = true): LayerVariable {
    const { initializer, regularizer, constraint } = options;
    return this.addWeight(name, [...shape], 'float32', initializer, regularizer, trainable, constraint);
  }

  /** The value of a weight that `build` made. */
  protected value(weight: LayerVariable | undefined): Tensor {
    if (weight === undefined) throw new Error(`Layer ${this.name} was called before it was built.`);
    return weight.read();
  }

  override computeOutputShape(inputShape: BatchShape | BatchShape[]): BatchShape | BatchShape[] {
    return this.oneShape(inputShape);
  }
}

/** Lists a class in TensorFlow.js's registry, so that saved models that use it load. */
export function register(cls: serialization.SerializableConstructor<LoomLayer> & { className: string }): void {
  serialization.registerClass(cls);
}
