import type { Shape } from '../../../tensor/index.ts';
import type { Inference } from '../../defineLayer.ts';

/** Shape rule of layers that work on each number by itself. */
export function inferSame(input: Shape): Inference {
  return { ok: true, shape: input };
}
