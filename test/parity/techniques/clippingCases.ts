import type { ClippingSettings } from '../../../core/training/index.ts';
import { numbers } from './numbers.ts';

/** Three weights, of which the first has a small gradient. Norms about 0.1, 4 and 8. */
export const GRADIENTS: readonly (readonly number[])[] = [
  numbers('clipped0', 5, -0.1, 0.1),
  numbers('clipped1', 24, -1.5, 1.5),
  numbers('clipped2', 7, -5, 5),
];

export interface ClippingCase {
  readonly title: string;
  readonly settings: ClippingSettings;
  /** A function of `torch.nn.utils`, its limit, and whether it gets all gradients at once. */
  readonly torch: readonly [name: string, limit: number, together: boolean] | null;
}

/** Every way of clipping, with a limit that some gradients exceed, and one that none does. */
export const CLIPPING_CASES: readonly ClippingCase[] = [
  { title: 'no clipping', settings: { name: 'none' }, torch: null },
  {
    title: 'a global norm that is exceeded',
    settings: { name: 'globalNorm', norm: 0.7 },
    torch: ['clip_grad_norm_', 0.7, true],
  },
  {
    title: 'a global norm that is not exceeded',
    settings: { name: 'globalNorm', norm: 100 },
    torch: ['clip_grad_norm_', 100, true],
  },
  {
    title: 'a norm of each weight',
    settings: { name: 'weightNorm', norm: 1.25 },
    torch: ['clip_grad_norm_', 1.25, false],
  },
  { title: 'values', settings: { name: 'value', limit: 0.4 }, torch: ['clip_grad_value_', 0.4, true] },
];
