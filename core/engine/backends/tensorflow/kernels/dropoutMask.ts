import * as tf from '@tensorflow/tfjs-core';
import { DROPOUT_MASK_KERNEL, type DropoutMaskAttrs } from '../../../model/layers/dropoutMask.ts';
import { maskRule } from '../../../model/layers/randomness.ts';
import { compose } from './compose.ts';
import { registerNativeKernel } from './native.ts';

/** TensorFlow's number for unsigned integers of 16 bits (DT_UINT16), which the binding does not name. */
const UINT16 = 17;

/** The mask of build/layers/randomness.ts, drawn by TensorFlow's own Philox generator. */
export function registerDropoutMask(): void {
  registerNativeKernel<DropoutMaskAttrs>(DROPOUT_MASK_KERNEL, ({ seed }, { shape, rate }, native) => {
    if (!seed) throw new Error(`${DROPOUT_MASK_KERNEL} needs a seed`);
    const size = tf.util.sizeFromShape([...shape]);
    const { threshold, scale } = maskRule(rate);
    const [mask] = compose(native, ({ ids, run, number, ints, attributes: { type, float, int32, bool, flag } }) => {
      const words = run(
        'StatelessRandomUniformFullInt',
        [ints(Math.ceil(size / 2)), ...ids(seed)],
        [int32('dtype'), int32('T'), int32('Tseed')],
      );
      const halves = run('Bitcast', [words], [int32('T'), type('type', UINT16)]);
      const reshape = [type('T', UINT16), int32('Tshape')];
      const slice = [type('T', UINT16), int32('Index')];
      const drawn =
        size % 2 === 0
          ? halves
          : run('Slice', [run('Reshape', [halves, ints(size + 1)], reshape), ints(0), ints(size)], slice);
      const numbers = run('Reshape', [drawn, ints(...shape)], reshape);
      const truncate = flag('Truncate', false);
      // 65,536 does not fit; with it the scale is 0, so that any number will do.
      const limit = run('Cast', [ints(Math.min(threshold, 65_535))], [int32('SrcT'), type('DstT', UINT16), truncate]);
      const kept = run('GreaterEqual', [numbers, limit], [type('T', UINT16)]);
      return [run('Mul', [run('Cast', [kept], [bool('SrcT'), float('DstT'), truncate]), number(scale)])];
    });
    if (!mask) throw new Error(`${DROPOUT_MASK_KERNEL} made no mask`);
    return mask;
  });
}
