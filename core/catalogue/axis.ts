import type { Shape } from '../tensor/index.ts';
import type { Inference } from './defineLayer.ts';

/**
 * Axis parameters count as Keras counts: 0 is the batch, 1 the first axis of a sample, −1 the last. Returns the index into the
 * sample's shape, or null where the axis is the batch or does not exist.
 */
export function sampleAxis(axis: number, rank: number): number | null {
  const index = axis < 0 ? axis + rank : axis - 1;
  return index >= 0 && index < rank ? index : null;
}

/** The failure for an axis that `sampleAxis` refuses. */
export function axisFailure(
  title: string,
  axis: number,
  input: Shape,
  value: number | readonly number[] = -1,
): Inference {
  const rank = input.length;
  const why =
    axis === 0 || axis === -rank - 1
      ? `axis ${axis} is the batch`
      : `its input has only ${rank} ${rank === 1 ? 'axis' : 'axes'} beside the batch`;
  return {
    ok: false,
    failure: {
      code: 'axis-out-of-range',
      title: 'Axis',
      message: `${title} works along axis ${axis}, but ${why}. Choose from 1 to ${rank}, or −1 for the last.`,
      param: 'axis',
      facts: { axis, rank },
      suggestions: [{ kind: 'setParam', param: 'axis', value, label: 'Use the last axis' }],
    },
  };
}
