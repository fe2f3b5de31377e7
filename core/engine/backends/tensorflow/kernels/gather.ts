import { registerNativeKernel } from './native.ts';

interface Attrs {
  axis: number;
  batchDims: number;
}

/**
 * Gather without reading the indices back, as the stock kernel does to check them: on a graphics card that waits for everything before.
 * On the processor TensorFlow itself refuses an index out of range.
 */
export function registerGather(): void {
  registerNativeKernel<Attrs>('GatherV2', ({ x, indices }, { axis, batchDims }, native) => {
    if (!x || !indices) throw new Error('GatherV2 needs x and indices');
    const { binding } = native;
    const type = (name: string, dtype: number) => ({ name, type: binding.TF_ATTR_TYPE, value: dtype });
    const attrs = [
      { name: 'batch_dims', type: binding.TF_ATTR_INT, value: batchDims ?? 0 },
      type('Tparams', native.getDTypeInteger(x.dtype)),
      type('Tindices', native.getDTypeInteger(indices.dtype)),
      type('Taxis', binding.TF_INT32),
    ];
    const axisId = binding.createTensor([], binding.TF_INT32, Int32Array.of(axis));
    try {
      const [output] = binding.executeOp('GatherV2', attrs, [...native.getInputTensorIds([x, indices]), axisId], 1);
      if (!output) throw new Error('GatherV2 returned nothing');
      return native.createOutputTensor(output);
    } finally {
      binding.deleteTensor(axisId);
    }
  });
}
