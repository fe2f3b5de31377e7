import * as tf from '@tensorflow/tfjs-core';
import { LSTM_GRAD_KERNEL, LSTM_KERNEL } from '../../../model/layers/fusedLstm.ts';
import { attributes, type Inputs, type NativeBackend, registerNativeKernel } from './native.ts';

/**
 * TensorFlow's BlockLSTMV2 runs a whole sequence. Its gates stand in Keras's order and its one matrix is the two kernels on top of each
 * other; peepholes and clipping stay off.
 */
export function registerLstm(): void {
  registerNativeKernel(LSTM_KERNEL, (inputs, _, native) => {
    const { x, kernel, recurrent, bias } = inputs;
    if (!x || !kernel || !recurrent || !bias) throw new Error(`${LSTM_KERNEL} needs x, kernel, recurrent and bias`);
    return withOperands({ x, kernel, recurrent, bias }, native, (operands) => {
      const [i, cs, f, o, ci, co, h] = run(native, 'BlockLSTMV2', operands, 7);
      return [h, i, cs, f, o, ci, co] as tf.Tensor[];
    });
  });
  registerNativeKernel(LSTM_GRAD_KERNEL, (inputs, _, native) => {
    const {
      dh,
      x,
      kernel,
      recurrent,
      bias,
      saved0: h,
      saved1: i,
      saved2: cs,
      saved3: f,
      saved4: o,
      saved5: ci,
    } = inputs;
    const co = inputs.saved6;
    if (!dh || !x || !kernel || !recurrent || !bias || !h || !i || !cs || !f || !o || !ci || !co)
      throw new Error(`${LSTM_GRAD_KERNEL} needs what ${LSTM_KERNEL} took and returned`);
    return withOperands({ x, kernel, recurrent, bias }, native, (operands) => {
      const noCells = tf.zeros(dh.shape);
      const ids = native.getInputTensorIds([i, cs, f, o, ci, co, h, noCells, dh]);
      const [dx, , , dw, , , , dbias] = run(native, 'BlockLSTMGradV2', [...operands, ...ids], 8, [0, 3, 7]);
      noCells.dispose();
      if (!dx || !dw || !dbias) throw new Error('BlockLSTMGradV2 must return eight gradients');
      const features = kernel.shape[0] ?? 0;
      const [dkernel, drecurrent] = tf.split(dw, [features, (dw.shape[0] ?? 0) - features], 0);
      dw.dispose();
      return [dx, dkernel, drecurrent, dbias] as tf.Tensor[];
    });
  });
}

type Weights = { readonly [K in 'x' | 'kernel' | 'recurrent' | 'bias']: tf.TensorInfo };

/** The operands that both operations begin with: length, x, first cell and output, weights, three peepholes, bias. */
function withOperands<T>({ x, kernel, recurrent, bias }: Weights, native: NativeBackend, use: (ids: number[]) => T): T {
  const { binding } = native;
  const [time = 0, batch = 0] = x.shape;
  const units = recurrent.shape[0] ?? 0;
  // A 64-bit integer goes through as two 32-bit ones, the lower first.
  const length = binding.createTensor([], binding.TF_INT64, Int32Array.of(time, 0));
  const start = tf.zeros([batch, units]);
  const peephole = tf.zeros([units]);
  const weights = tf.concat([kernel as tf.Tensor, recurrent as tf.Tensor], 0);
  const operands: Inputs[string][] = [x, start, start, weights, peephole, peephole, peephole, bias];
  try {
    return use([length, ...native.getInputTensorIds(operands)]);
  } finally {
    binding.deleteTensor(length);
    tf.dispose([start, peephole, weights]);
  }
}

/** Runs one of the two operations; outputs that are not wanted are let go of and undefined. */
function run(native: NativeBackend, name: string, ids: number[], outputs: number, wanted?: number[]) {
  const { binding } = native;
  const attrs = [attributes.float(binding), attributes.flag(binding, 'use_peephole', false)];
  const made = binding.executeOp(name, attrs, ids, outputs);
  return made.map((output, at) => {
    if (!wanted || wanted.includes(at)) return native.createOutputTensor(output);
    binding.deleteTensor(output.id);
    return undefined;
  });
}
