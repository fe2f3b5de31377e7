import { describe, expect, it } from 'vitest';
import { writeKerasCode } from '../../../core/codegen/index.ts';
import type { LoomDocument } from '../../../core/document/index.ts';
import { ProblemError } from '../../../core/errors.ts';
import { findTemplate } from '../../../core/templates/index.ts';
import { designOf } from '../../parity/exportDesigns.ts';

function chain(...layers: readonly (readonly [type: string, name: string, params?: object])[]): LoomDocument {
  return designOf(
    'Test',
    layers.map(([type, name, params = {}], i) => ({
      type,
      name,
      params,
      reads: layers[i - 1] ? [layers[i - 1]?.[1] ?? ''] : [],
    })),
  );
}

/** The lines between two, the first included. */
function section(code: string, from: string, to: string): string {
  return code.slice(code.indexOf(from), code.indexOf(to)).trimEnd();
}

describe('Keras code', () => {
  it('writes the network as a person would', () => {
    const code = writeKerasCode(findTemplate('digits-cnn')?.create() ?? chain(), null);
    expect(section(code, 'def build_model', 'def load_data')).toMatchInlineSnapshot(`
      "def build_model():
          """The network, with fresh weights."""
          input_1 = keras.Input((8, 8, 1), name="input_1")
          conv2d_1 = layers.Conv2D(
              16,
              3,
              padding="same",
              activation="relu",
              kernel_initializer="he_uniform",
              name="conv2d_1",
          )(input_1)
          max_pool2d_1 = layers.MaxPooling2D(2, name="max_pool2d_1")(conv2d_1)
          conv2d_2 = layers.Conv2D(
              32,
              3,
              padding="same",
              activation="relu",
              kernel_initializer="he_uniform",
              name="conv2d_2",
          )(max_pool2d_1)
          max_pool2d_2 = layers.MaxPooling2D(2, name="max_pool2d_2")(conv2d_2)
          flatten_1 = layers.Flatten(name="flatten_1")(max_pool2d_2)
          dropout_1 = layers.Dropout(0.25, name="dropout_1")(flatten_1)
          dense_1 = layers.Dense(10, name="dense_1")(dropout_1)
          softmax_1 = layers.Softmax(name="softmax_1")(dense_1)
          return keras.Model(input_1, softmax_1, name="digits_cnn")"
    `);
  });

  it('makes class numbers one-hot for a loss that takes no class numbers, without data too', () => {
    const head = (params: object) =>
      writeKerasCode(
        chain(
          ['Input', 'x', { shape: [4] }],
          ['Dense', 'z', { units: 3, activation: 'softmax' }],
          ['Output', 'y', params],
        ),
        null,
      );
    expect(head({})).toContain('targets = targets[0]');
    expect(head({ labelSmoothing: 0.1 })).toContain('targets = keras.utils.to_categorical(targets[0], 3)');
  });

  it('says what differs from Keras and nothing else', () => {
    const code = writeKerasCode(
      chain(
        ['Input', 'x', { shape: [8, 8, 3] }],
        [
          'Conv2D',
          'conv',
          {
            filters: 4,
            kernelSize: [3, 5],
            strides: [2, 2],
            activation: 'swish',
            kernelInitializer: { name: 'randomNormal', mean: 0, stddev: 0.1 },
            kernelRegularizer: { l1: 0, l2: 0.01 },
            biasRegularizer: { l1: 0.1, l2: 0.2 },
            kernelConstraint: { name: 'maxNorm', maxValue: 3 },
          },
        ],
        ['Flatten', 'flat'],
        ['Dense', 'y', { units: 1 }],
        ['Output', 'out', { loss: 'huber', lossWeight: 2 }],
      ),
      null,
    );
    expect(section(code, '    conv =', '    flat =')).toMatchInlineSnapshot(`
      "    conv = layers.Conv2D(
              4,
              (3, 5),
              strides=2,
              activation="silu",
              kernel_initializer=keras.initializers.RandomNormal(stddev=0.1),
              kernel_regularizer=keras.regularizers.L2(0.01),
              bias_regularizer=keras.regularizers.L1L2(l1=0.1, l2=0.2),
              kernel_constraint=keras.constraints.MaxNorm(3, axis=[0, 1, 2]),
              name="conv",
          )(x)"
    `);
    expect(code).toContain('loss=keras.losses.Huber(),\n        loss_weights=[2],');
  });

  it.each([
    [{ fromLogits: true }, 3, 'loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True)'],
    [{ fromLogits: true, labelSmoothing: 0.1 }, 3, 'from_logits=True, label_smoothing=0.1'],
    [{ loss: 'binaryCrossentropy', fromLogits: true }, 3, 'keras.metrics.CategoricalAccuracy(name="accuracy")'],
    [{ loss: 'meanSquaredError' }, 3, 'targets = keras.utils.to_categorical(targets, 3)'],
  ])('takes the loss %j', (params, units, expected) => {
    const iris = chain(['Input', 'x', { shape: [4] }], ['Dense', 'y', { units }], ['Output', 'out', params]);
    const data = { ...iris.data, source: { kind: 'builtin', id: 'iris' } } as const;
    expect(writeKerasCode({ ...iris, data }, null)).toContain(expected);
  });

  it('feeds several inputs and outputs in graph order', () => {
    const design = designOf('Two', [
      { type: 'Input', name: 'a', params: { shape: [2] }, reads: [] },
      { type: 'Input', name: 'b', params: { shape: [3] }, reads: [] },
      { type: 'Concatenate', name: 'both', params: {}, reads: ['b', 'a'] },
      { type: 'Dense', name: 'kind', params: { units: 4 }, reads: ['both'] },
      { type: 'Dense', name: 'price', params: { units: 1 }, reads: ['both'] },
      { type: 'Output', name: 'o1', params: { loss: 'categoricalCrossentropy', fromLogits: true }, reads: ['kind'] },
      { type: 'Output', name: 'o2', params: { loss: 'meanAbsoluteError', lossWeight: 0.5 }, reads: ['price'] },
    ]);
    const code = writeKerasCode(design, null);
    expect(code).toContain('both = layers.Concatenate(name="both")([b, a])');
    expect(code).toContain('return keras.Model([a, b], [kind, price], name="two")');
    expect(code).toContain('loss_weights=[1, 0.5]');
    expect(code).toContain('return [x[samples] for x in inputs], [y[samples] for y in outputs]');
  });

  it('cannot be broken by names', () => {
    const design = {
      ...chain(['Input', 'x'], ['Dense', 'class'], ['Output', 'o', { loss: 'huber' }]),
      name: 'A """ \\ \n b',
    };
    const code = writeKerasCode(design, {
      summary: { name: 'x"""y\\', kind: 'table', samples: 3, fields: [] },
      splits: { train: 3, validation: 0, test: 0 },
      problems: [],
    });
    expect(code.split('"""')[1]).not.toMatch(/(?<!\\)\\(?!\\)/);
    expect(code.startsWith(`"""A ''' \\\\ b: built`)).toBe(true);
    expect(code).toContain('class_ = layers.Dense(32, name="class")(x)');
  });

  it('refuses a design with errors, with its sentence', () => {
    const design = chain(['Input', 'x', { shape: [4] }], ['Conv2D', 'conv'], ['Output', 'out']);
    expect(() => writeKerasCode(design, null)).toThrow(ProblemError);
  });
});
