import * as tf from '@tensorflow/tfjs-core';
import { type BatchShape, LoomLayer, register } from './loomLayer.ts';
import type { LayerConfig } from './restore.ts';

/** Its input in equal parts along one axis (counted without the batch): one output tensor each. */
export class LoomSplit extends LoomLayer {
  static className = 'LoomSplit';
  readonly parts: number;
  readonly axis: number;

  constructor(config: LayerConfig) {
    super(config);
    // TensorFlow.js would want a mask for each output.
    this.supportsMasking = false;
    this.parts = Number(config.parts);
    this.axis = Number(config.axis);
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor[] {
    return tf.split(this.oneTensor(inputs), this.parts, this.axis + 1);
  }

  override computeOutputShape(inputShape: BatchShape | BatchShape[]): BatchShape[] {
    const part = this.oneShape(inputShape).map((n, i) => (i === this.axis + 1 && n !== null ? n / this.parts : n));
    return Array.from({ length: this.parts }, () => [...part]);
  }

  override getConfig() {
    return { ...super.getConfig(), parts: this.parts, axis: this.axis };
  }
}

register(LoomSplit);
