import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import type { Initializer } from '../../catalogue/index.ts';
import { initialValues } from './initialValues.ts';
import { seededRandom } from './random.ts';

type TfInitializer = ReturnType<typeof tfl.initializers.zeros>;

// TensorFlow.js accepts only instances of its own base class, which it does not export by name.
const Base = Object.getPrototypeOf(tfl.initializers.zeros().constructor) as new () => TfInitializer;

/**
 * Draws a weight's first values from (run seed, layer name, weight name), and is saved under the stock initialiser's name, so that
 * plain TensorFlow.js and Keras understand the exported design.
 */
class SeededInitializer extends Base {
  private readonly value: Initializer;
  private readonly stream: readonly (string | number)[];
  private readonly stock: TfInitializer;

  constructor(value: Initializer, stream: readonly (string | number)[]) {
    super();
    this.value = value;
    this.stream = stream;
    this.stock = stockInitializer(value);
  }

  override apply(shape: number[], dtype?: tf.DataType): tf.Tensor {
    return tf.tensor(initialValues(this.value, shape, seededRandom(...this.stream)), shape, dtype ?? 'float32');
  }

  override getClassName(): string {
    return this.stock.getClassName();
  }

  override getConfig(): tf.serialization.ConfigDict {
    return this.stock.getConfig();
  }
}

/** A TensorFlow.js initialiser whose values depend only on the run's seed, the node's name and the weight's name. */
export function seededInitializer(value: Initializer, seed: number, nodeName: string, weight: string): TfInitializer {
  return new SeededInitializer(value, [seed, nodeName, weight]);
}

function stockInitializer(value: Initializer): TfInitializer {
  const make = tfl.initializers;
  switch (value.name) {
    case 'zeros':
      return make.zeros();
    case 'ones':
      return make.ones();
    case 'constant':
      return make.constant({ value: value.value });
    case 'randomUniform':
      return make.randomUniform({ minval: value.min, maxval: value.max });
    case 'randomNormal':
      return make.randomNormal({ mean: value.mean, stddev: value.stddev });
    case 'truncatedNormal':
      return make.truncatedNormal({ mean: value.mean, stddev: value.stddev });
    case 'orthogonal':
      return make.orthogonal({ gain: value.gain });
    case 'glorotUniform':
      return make.glorotUniform({});
    case 'glorotNormal':
      return make.glorotNormal({});
    case 'heUniform':
      return make.heUniform({});
    case 'heNormal':
      return make.heNormal({});
    case 'lecunUniform':
      return make.leCunUniform({});
    case 'lecunNormal':
      return make.leCunNormal({});
  }
}
