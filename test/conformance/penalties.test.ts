import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { expect, it } from 'vitest';
import { collectPenalties, createCustomLayer } from '../../core/engine/model/layers/index.ts';

it('output penalties have gradients and leave no tensors behind', async () => {
  await tf.setBackend('cpu');
  const penalised = createCustomLayer('LoomActivation', {
    name: 'penalised',
    activation: 'linear',
    activityRegularizer: { l1: 1, l2: 0.5 },
  });
  const input = tfl.input({ shape: [2] });
  const model = tfl.model({ inputs: input, outputs: penalised.apply(input) as tfl.SymbolicTensor });
  const x = tf.variable(tf.tensor2d([1, -2, 3, 4], [2, 2]));
  const step = () =>
    tf.tidy(() => {
      const { value, grads } = tf.variableGrads(
        () => collectPenalties(() => model.apply(x, { training: true })).penalty ?? tf.scalar(0),
        [x],
      );
      return { value: value.dataSync()[0], gradient: [...(grads[x.name]?.dataSync() ?? [])] };
    });
  // (Σ|x| + 0.5 Σx²) / 2 samples, and (sign x + x) / 2.
  expect(step()).toEqual({ value: 12.5, gradient: [1, -1.5, 2, 2.5] });
  const before = tf.memory().numTensors;
  step();
  expect(tf.memory().numTensors).toBe(before);
});
