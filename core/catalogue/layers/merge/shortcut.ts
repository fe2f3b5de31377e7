import type { JsonObject } from '../../../json.ts';
import { type Shape, sameShape } from '../../../tensor/index.ts';
import { projection, slidesTo } from './bringTogether.ts';

/** A layer with the parameters that matter. */
export interface ShortcutLayer {
  readonly type: string;
  readonly params: JsonObject;
}

/**
 * The layers of a shortcut that takes one shape around others which make another of it, so that both can be added (He et al. 2016, option B):
 * none where the shapes are equal; a 1×1 convolution with whole strides, or Dense for vectors; where no stride does it, average pooling and a 1×1
 * convolution. Null where nothing of the kind does: the number of axes changes, or a map grows.
 */
export function shortcutLayers(from: Shape, to: Shape): readonly ShortcutLayer[] | null {
  if (sameShape(from, to)) return [];
  if (from.length !== to.length || from.length === 0 || from.length > 3) return null;
  const channels = to.at(-1) ?? 1;
  if (from.length === 1) return [{ type: 'Dense', params: { units: channels } }];
  const projected = projection(from, to, 0);
  if (projected !== null) return [{ type: projected.type, params: projected.params }];
  const size = to.slice(0, -1);
  if (size.some((n, axis) => n > (from[axis] ?? 0))) return null;
  const { window, strides } = slidesTo(from, size);
  const pool = {
    type: from.length === 3 ? 'AveragePool2D' : 'AveragePool1D',
    params: { poolSize: window, strides, padding: 'valid' },
  };
  const then = from.at(-1) === channels ? null : projection([...size, from.at(-1) ?? 1], to, 0);
  return then === null ? [pool] : [pool, { type: then.type, params: then.params }];
}
