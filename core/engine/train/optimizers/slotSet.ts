import * as tf from '@tensorflow/tfjs-core';
import type { StateCell } from '../step/stepProgram.ts';
import type { Trainable } from './optimizer.ts';

/** One tensor for each trainable, of its shape: a momentum, say. All its numbers start at `start`. */
export class SlotSet {
  readonly name: string;
  private readonly trainables: readonly Trainable[];
  private readonly tensors: tf.Tensor[];

  constructor(name: string, trainables: readonly Trainable[], start: number) {
    this.name = name;
    this.trainables = trainables;
    this.tensors = trainables.map(({ variable }) => tf.keep(tf.fill(variable.read().shape, start)));
  }

  get(index: number): tf.Tensor {
    const tensor = this.tensors[index];
    if (!tensor) throw new Error(`No ${this.name} for weight ${index}`);
    return tensor;
  }

  /** Replaces a slot; takes the tensor over, out of any tidy. */
  set(index: number, value: tf.Tensor): void {
    this.tensors[index]?.dispose();
    this.tensors[index] = tf.keep(value);
  }

  /** For a backend that records steps. */
  cells(): StateCell[] {
    return this.trainables.map((_, index) => ({
      read: () => this.get(index),
      write: (value) => this.set(index, tf.clone(value)),
    }));
  }

  entries(): [string, tf.Tensor][] {
    return this.trainables.map(({ key }, index) => [`${key}/${this.name}`, this.get(index)]);
  }

  restore(stored: ReadonlyMap<string, { readonly shape: readonly number[]; readonly data: Float32Array }>): void {
    this.trainables.forEach(({ key }, index) => {
      const slot = stored.get(`${key}/${this.name}`);
      const shape = this.get(index).shape;
      if (slot && slot.shape.join() === shape.join()) this.set(index, tf.tensor(slot.data, shape, 'float32'));
    });
  }

  dispose(): void {
    for (const tensor of this.tensors) tensor.dispose();
  }
}
