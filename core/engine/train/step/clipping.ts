import * as tf from '@tensorflow/tfjs-core';
import { type ClippingSettings, clippingOf, normOf } from '../../../training/index.ts';
import type { GradientTransform } from './gradientChain.ts';
import type { Instrument } from './instruments.ts';

/** Norm of all gradients together as the backward pass gave them: by it one sees what a limit does, and which one to choose. */
const gradientNorm: Instrument = {
  names: ['gradientNorm'],
  compute: ({ gradients }) => [
    normOf(
      tf,
      gradients.filter((gradient) => gradient !== null),
    ) as tf.Scalar,
  ],
};

export interface Clipping {
  readonly transforms: readonly GradientTransform[];
  readonly instruments: readonly Instrument[];
}

/** What clipping adds to a step: nothing where the design asks for none. */
export function clippingParts(settings: ClippingSettings): Clipping {
  const { clip } = clippingOf(settings);
  if (clip === null) return { transforms: [], instruments: [] };
  return { transforms: [(gradients) => clip(tf, settings, gradients)], instruments: [gradientNorm] };
}
