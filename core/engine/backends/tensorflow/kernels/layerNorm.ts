import { LAYER_NORM_GRAD_KERNEL, LAYER_NORM_KERNEL } from '../../../model/layers/fusedLayerNorm.ts';
import { compose } from './compose.ts';
import { registerNativeKernel } from './native.ts';

/**
 * Layer normalisation of rows, with its gradient in closed form. Composed: TensorFlow's fused batch normalisation over the transposed
 * rows, as Keras once did, takes half as long again.
 */
export function registerLayerNorm(): void {
  registerNativeKernel<{ readonly epsilon: number }>(LAYER_NORM_KERNEL, ({ x, gamma, beta }, { epsilon }, native) => {
    if (!x || !gamma || !beta) throw new Error(`${LAYER_NORM_KERNEL} needs x, gamma and beta`);
    return compose(native, ({ ids, run, number, rowMeans }) => {
      const [input = -1, scale = -1, offset = -1] = ids(x, gamma, beta);
      const centred = run('Sub', [input, rowMeans(input, 1)]);
      const variance = rowMeans(run('Square', [centred]), 1);
      const inverse = run('Rsqrt', [run('AddV2', [variance, number(epsilon)])]);
      const normal = run('Mul', [centred, inverse]);
      return [run('AddV2', [run('Mul', [normal, scale]), offset]), normal, inverse];
    });
  });
  registerNativeKernel(LAYER_NORM_GRAD_KERNEL, ({ dy, gamma, saved0, saved1 }, _, native) => {
    if (!dy || !gamma || !saved0 || !saved1)
      throw new Error(`${LAYER_NORM_GRAD_KERNEL} needs dy, gamma and what ${LAYER_NORM_KERNEL} returned`);
    const width = gamma.shape[0] ?? 0;
    return compose(native, ({ ids, run, number, reshape, matMul, columnSums }) => {
      const [slope = -1, scale = -1, normal = -1, inverse = -1] = ids(dy, gamma, saved0, saved1);
      const along = run('Mul', [slope, normal]);
      // Products with gamma / width are the means of dy · gamma and dy · gamma · normal over each row.
      const weights = reshape(run('Mul', [scale, number(1 / width)]), width, 1);
      const [mean, projection] = [matMul(slope, weights), matMul(along, weights)];
      const centred = run('Sub', [run('Mul', [slope, scale]), mean]);
      const dx = run('Mul', [run('Sub', [centred, run('Mul', [normal, projection])]), inverse]);
      return [dx, columnSums(along), columnSums(slope)];
    });
  });
}
