import type * as tf from '@tensorflow/tfjs-core';
import { attributes, execute, registerNativeKernel } from './native.ts';

/** Conversion to another type; to its own type, which TensorFlow.js asks for again and again, a tensor is shared. */
export function registerCast(): void {
  registerNativeKernel<{ readonly dtype: tf.DataType }>('Cast', ({ x }, { dtype }, native) => {
    if (!x) throw new Error('Cast needs a tensor');
    if (dtype === x.dtype) {
      native.incRef(x.dataId);
      return { dataId: x.dataId, shape: x.shape, dtype };
    }
    const { binding } = native;
    const type = (name: string, of: tf.DataType) => ({
      name,
      type: binding.TF_ATTR_TYPE,
      value: native.getDTypeInteger(of),
    });
    const attrs = [type('SrcT', x.dtype), type('DstT', dtype), attributes.flag(binding, 'Truncate', false)];
    const [converted] = execute(native, 'Cast', attrs, [x]);
    if (!converted) throw new Error('Cast returned nothing');
    return converted;
  });
}
