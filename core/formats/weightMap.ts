import type { Shape } from '../tensor/index.ts';

/** One weight tensor, laid out as TensorFlow.js and Keras do (row-major, channels last). */
export interface Weight {
  readonly shape: Shape;
  readonly data: Float32Array;
}

/** Every weight of a model by `<node name>/<weight name>`, e.g. `conv1/kernel`. Weight names are those of `WeightSpec`. */
export type WeightMap = ReadonlyMap<string, Weight>;
