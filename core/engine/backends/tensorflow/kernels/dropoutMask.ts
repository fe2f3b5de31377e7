import { DROPOUT_MASK_KERNEL, type DropoutMaskAttrs } from '../../../build/layers/dropoutMask.ts';
import { keptScale } from '../../../build/layers/randomness.ts';
import { compose } from './compose.ts';
import { registerNativeKernel } from './native.ts';

/** The mask of build/layers/randomness.ts, drawn by TensorFlow's own Philox generator. */
export function registerDropoutMask(): void {
  registerNativeKernel<DropoutMaskAttrs>(DROPOUT_MASK_KERNEL, ({ seed }, { shape, rate }, native) => {
    if (!seed) throw new Error(`${DROPOUT_MASK_KERNEL} needs a seed`);
    const [mask] = compose(native, ({ ids, run, number, ints, attributes: { float, int32, bool, flag } }) => {
      const drawn = run(
        'StatelessRandomUniform',
        [ints(...shape), ...ids(seed)],
        [float('dtype'), int32('T'), int32('Tseed')],
      );
      const kept = run('GreaterEqual', [drawn, number(rate)]);
      const ones = run('Cast', [kept], [bool('SrcT'), float('DstT'), flag('Truncate', false)]);
      return [run('Mul', [ones, number(keptScale(rate))])];
    });
    if (!mask) throw new Error(`${DROPOUT_MASK_KERNEL} made no mask`);
    return mask;
  });
}
