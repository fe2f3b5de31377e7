import { attributes, execute, registerNativeKernel } from './native.ts';

interface Attrs {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

/** Products of two matrices as MatMul, which TensorFlow fuses with a bias and an activation in its graphs; of stacks of them as before. */
export function registerMatMul(): void {
  registerNativeKernel<Attrs>('BatchMatMul', ({ a, b }, { transposeA, transposeB }, native) => {
    if (!a || !b) throw new Error('BatchMatMul needs two tensors');
    const { binding } = native;
    const single = a.shape.length === 2 && b.shape.length === 2;
    const attrs = [
      { name: 'T', type: binding.TF_ATTR_TYPE, value: native.getDTypeInteger(a.dtype) },
      attributes.flag(binding, single ? 'transpose_a' : 'adj_x', transposeA),
      attributes.flag(binding, single ? 'transpose_b' : 'adj_y', transposeB),
    ];
    const [product] = execute(native, single ? 'MatMul' : 'BatchMatMulV2', attrs, [a, b]);
    if (!product) throw new Error('The matrix product returned nothing');
    return product;
  });
}
