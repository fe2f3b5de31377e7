import type { Shape } from '../../../tensor/index.ts';
import { sizes } from '../../convParams.ts';
import type { Inference, KerasCall } from '../../defineLayer.ts';
import { slide, wrongRank } from '../../spatial.ts';
import type { DropsAxes, ReadWindow } from '../../traits.ts';

export interface PoolValues {
  readonly poolSize: readonly number[];
  /** Null: the pool size. */
  readonly strides: readonly number[] | null;
  readonly padding: 'valid' | 'same';
}

export function inferPool(title: string, p: PoolValues, input: Shape): Inference {
  const failed = wrongRank(title, input, p.poolSize.length === 1 ? 2 : 3);
  if (failed !== null) return failed;
  const slid = slide(title, input.slice(0, -1), { ...poolWindow(p), padding: p.padding }, 'poolSize');
  return slid.ok ? { ok: true, shape: [...slid.sizes, input.at(-1) ?? 0], arithmetic: slid.arithmetic } : slid;
}

export const poolWindow = (p: PoolValues): ReadWindow => ({
  size: p.poolSize,
  strides: p.strides ?? p.poolSize,
  dilation: p.poolSize.map(() => 1),
});

/** What all global pooling has in common for whoever misses the axes. */
export const GLOBAL: DropsAxes = { does: 'makes one number of each channel' };

export function poolSummary(p: PoolValues): string {
  const [first = 1] = p.strides ?? [];
  const even = p.strides?.every((s) => s === first) ? String(first) : sizes(p.strides ?? []);
  const stride = p.strides === null || sizes(p.strides) === sizes(p.poolSize) ? '' : `/${even}`;
  return [`${sizes(p.poolSize)}${stride}`, p.padding === 'same' ? 'same' : null].filter(Boolean).join(' · ');
}

export function poolKeras(className: string, p: PoolValues): KerasCall {
  return { className, always: ['pool_size'], args: { pool_size: p.poolSize, strides: p.strides, padding: p.padding } };
}

/** Global pooling: one number a channel; with `keepdims` the pooled axes stay with size 1. */
export function inferGlobalPool(title: string, rank: 2 | 3, keepdims: boolean, input: Shape): Inference {
  const failed = wrongRank(title, input, rank);
  if (failed !== null) return failed;
  const spatial = input.slice(0, -1);
  const channels = input.at(-1) ?? 0;
  return {
    ok: true,
    shape: keepdims ? [...spatial.map(() => 1), channels] : [channels],
    arithmetic: [`${spatial.join('·')} positions -> 1, for each of ${channels} channels`],
  };
}
