import * as tf from '@tensorflow/tfjs-core';

/**
 * Names under which a backend's kernel pack registers an LSTM over a whole sequence, with tanh and sigmoid, from a zero state:
 * (x [t, b, f], kernel [f, 4u], recurrent [u, 4u], bias [4u]) -> [h [t, b, u], whatever the gradient needs …], gates in the order input,
 * forget, cell, output; and (dh, x, kernel, recurrent, bias, saved0, saved1, …) -> [dx, dkernel, drecurrent, dbias].
 */
export const LSTM_KERNEL = 'LoomLstm';
export const LSTM_GRAD_KERNEL = 'LoomLstmGrad';

export function hasFusedLstm(): boolean {
  return tf.getKernel(LSTM_KERNEL, tf.getBackend()) !== undefined;
}

/** The output at every time step, [t, b, u]: two kernels for a pass there and back, where steps one by one take dozens each. */
export function fusedLstm(x: tf.Tensor, kernel: tf.Tensor, recurrent: tf.Tensor, bias: tf.Tensor): tf.Tensor3D {
  const run = tf.customGrad((...args: (tf.Tensor | tf.GradSaveFunc)[]) => {
    const [xs, wx, wh, b] = args as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
    const save = args.at(-1) as tf.GradSaveFunc;
    const inputs = { x: xs, kernel: wx, recurrent: wh, bias: b };
    const [h, ...kept] = tf.engine().runKernel(LSTM_KERNEL, inputs) as tf.Tensor[];
    if (!h) throw new Error(`${LSTM_KERNEL} must return the outputs`);
    save([xs, wx, wh, b, h, ...kept]);
    return { value: h, gradFunc: gradient };
  });
  return run(x, kernel, recurrent, bias) as tf.Tensor3D;
}

function gradient(dh: tf.Tensor, [x, kernel, recurrent, bias, ...kept]: tf.Tensor[]): tf.Tensor[] {
  const saved = Object.fromEntries(kept.map((tensor, i) => [`saved${i}`, tensor]));
  const inputs = { dh, x, kernel, recurrent, bias, ...saved };
  return tf.engine().runKernel(LSTM_GRAD_KERNEL, inputs as tf.NamedTensorMap) as tf.Tensor[];
}
