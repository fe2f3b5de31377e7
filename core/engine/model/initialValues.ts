import type { Initializer } from '../../catalogue/index.ts';
import { type Shape, sizeOf } from '../../tensor/index.ts';
import { normal, type Random } from './random.ts';

/** Standard deviation of a standard normal cut at ±2, by which Keras and TensorFlow.js correct truncated normals. */
const TRUNCATED_STDDEV = 0.87962566103423978;

/**
 * Values of a freshly initialised weight, row-major, by the formulas of Keras. The numbers come from `random` alone, so that they
 * are the same whichever backend trains.
 */
export function initialValues(initializer: Initializer, shape: Shape, random: Random): Float32Array {
  const size = sizeOf(shape);
  const { fanIn, fanOut } = fans(shape);
  switch (initializer.name) {
    case 'zeros':
      return new Float32Array(size);
    case 'ones':
      return new Float32Array(size).fill(1);
    case 'constant':
      return new Float32Array(size).fill(initializer.value);
    case 'randomUniform':
      return uniform(size, initializer.min, initializer.max, random);
    case 'randomNormal':
      return gaussian(size, initializer.mean, initializer.stddev, random);
    case 'truncatedNormal':
      return truncated(size, initializer.mean, initializer.stddev, random);
    case 'glorotUniform':
      return scaledUniform(size, 1, (fanIn + fanOut) / 2, random);
    case 'heUniform':
      return scaledUniform(size, 2, fanIn, random);
    case 'lecunUniform':
      return scaledUniform(size, 1, fanIn, random);
    case 'glorotNormal':
      return scaledNormal(size, 1, (fanIn + fanOut) / 2, random);
    case 'heNormal':
      return scaledNormal(size, 2, fanIn, random);
    case 'lecunNormal':
      return scaledNormal(size, 1, fanIn, random);
    case 'orthogonal':
      return orthogonal(shape, initializer.gain, random);
  }
}

/** Inputs and outputs of one unit, as Keras `compute_fans` counts them. */
function fans(shape: Shape): { fanIn: number; fanOut: number } {
  const last = shape.at(-1) ?? 1;
  if (shape.length < 2) return { fanIn: last, fanOut: last };
  const receptiveField = sizeOf(shape.slice(0, -2));
  return { fanIn: (shape.at(-2) ?? 1) * receptiveField, fanOut: last * receptiveField };
}

// A plain loop: Float32Array.from with a callback takes ten times as long, seconds for the weights of a VGG.
function filled(size: number, next: Random): Float32Array {
  const values = new Float32Array(size);
  for (let i = 0; i < size; i++) values[i] = next();
  return values;
}

function uniform(size: number, min: number, max: number, random: Random): Float32Array {
  return filled(size, () => min + (max - min) * random());
}

function gaussian(size: number, mean: number, stddev: number, random: Random): Float32Array {
  const next = normal(random);
  return filled(size, () => mean + stddev * next());
}

function truncated(size: number, mean: number, stddev: number, random: Random): Float32Array {
  const next = normal(random);
  return filled(size, () => {
    let value = next();
    while (Math.abs(value) > 2) value = next();
    return mean + stddev * value;
  });
}

function scaledUniform(size: number, scale: number, fan: number, random: Random): Float32Array {
  const limit = Math.sqrt((3 * scale) / Math.max(1, fan));
  return uniform(size, -limit, limit, random);
}

function scaledNormal(size: number, scale: number, fan: number, random: Random): Float32Array {
  return truncated(size, 0, Math.sqrt(scale / Math.max(1, fan)) / TRUNCATED_STDDEV, random);
}

/**
 * A random orthogonal matrix (Saxe et al. 2014): Gram-Schmidt, done twice for accuracy, on the shorter side of a normal matrix.
 * Leading axes count as rows, as in Keras.
 */
function orthogonal(shape: Shape, gain: number, random: Random): Float32Array {
  const columns = shape.at(-1) ?? 1;
  const rows = sizeOf(shape) / columns;
  const count = Math.min(rows, columns);
  const length = Math.max(rows, columns);
  const next = normal(random);
  const vectors: Float64Array[] = [];
  while (vectors.length < count) {
    const vector = Float64Array.from({ length }, next);
    for (let pass = 0; pass < 2; pass++) for (const earlier of vectors) removeComponent(vector, earlier);
    const norm = Math.sqrt(dot(vector, vector));
    if (norm < 1e-8) continue;
    vectors.push(vector.map((value) => value / norm));
  }
  const values = new Float32Array(rows * columns);
  vectors.forEach((vector, v) => {
    for (let i = 0; i < length; i++)
      values[rows < columns ? v * columns + i : i * columns + v] = gain * (vector[i] ?? 0);
  });
  return values;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

function removeComponent(vector: Float64Array, direction: Float64Array): void {
  const along = dot(vector, direction);
  for (let i = 0; i < vector.length; i++) vector[i] = (vector[i] ?? 0) - along * (direction[i] ?? 0);
}
