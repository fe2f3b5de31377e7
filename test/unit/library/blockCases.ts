import type { JsonObject } from '../../../core/json.ts';
import type { Shape } from '../../../core/tensor/index.ts';

/** A block of the library at its defaults, or with these values: what arrives, what leaves, and how many weights that takes by its paper. */
export interface BlockCase {
  readonly id: string;
  readonly values?: JsonObject;
  readonly inputs: readonly Shape[];
  readonly outputs: readonly Shape[];
  readonly trainable: number;
  /** Channels of all batch norms in it: two statistics each. */
  readonly normalised: number;
}

/** A k×k convolution without bias. */
const conv = (k: number, from: number, to: number) => k * k * from * to;
const withBias = (k: number, from: number, to: number) => conv(k, from, to) + to;
/** A Dense layer. */
const dense = (from: number, to: number) => withBias(1, from, to);
/** Scale and offset of batch norms. */
const norm = (...channels: readonly number[]) => 2 * channels.reduce((a, b) => a + b, 0);

const expanded = (from: number, inside: number, to: number) =>
  conv(1, from, inside) + 9 * inside + conv(1, inside, to) + norm(inside, inside, to);
/** Query, key, value and output, each 128 to 128; the MLP; two layer norms. */
const encoder = 4 * dense(128, 128) + dense(128, 512) + dense(512, 128) + norm(128, 128);
const denseNetLayer = (from: number) => conv(1, from, 128) + conv(3, 128, 32) + norm(from, 128);
const six = [64, 96, 128, 160, 192, 224];

export const BLOCK_CASES: readonly BlockCase[] = [
  {
    id: 'conv-bn-act',
    inputs: [[8, 8, 3]],
    outputs: [[8, 8, 64]],
    trainable: conv(3, 3, 64) + norm(64),
    normalised: 64,
  },
  {
    id: 'vgg-stage',
    inputs: [[8, 8, 3]],
    outputs: [[4, 4, 64]],
    trainable: withBias(3, 3, 64) + withBias(3, 64, 64),
    normalised: 0,
  },
  {
    id: 'residual-v1-identity',
    inputs: [[8, 8, 64]],
    outputs: [[8, 8, 64]],
    trainable: 2 * conv(3, 64, 64) + norm(64, 64),
    normalised: 2 * 64,
  },
  {
    id: 'residual-v1-projection',
    inputs: [[8, 8, 3]],
    outputs: [[4, 4, 64]],
    trainable: conv(3, 3, 64) + conv(3, 64, 64) + conv(1, 3, 64) + norm(64, 64, 64),
    normalised: 3 * 64,
  },
  {
    id: 'residual-v1-plain-projection',
    values: { filters: 16, stride: 1, useBias: true },
    inputs: [[8, 8, 3]],
    outputs: [[8, 8, 16]],
    trainable: withBias(3, 3, 16) + withBias(3, 16, 16) + withBias(1, 3, 16) + norm(16, 16),
    normalised: 2 * 16,
  },
  {
    id: 'residual-v2-identity',
    inputs: [[8, 8, 64]],
    outputs: [[8, 8, 64]],
    trainable: 2 * conv(3, 64, 64) + norm(64, 64),
    normalised: 2 * 64,
  },
  {
    id: 'residual-v2-projection',
    inputs: [[8, 8, 3]],
    outputs: [[4, 4, 64]],
    trainable: conv(3, 3, 64) + conv(3, 64, 64) + conv(1, 3, 64) + norm(3, 64),
    normalised: 3 + 64,
  },
  {
    id: 'bottleneck-identity',
    inputs: [[8, 8, 256]],
    outputs: [[8, 8, 256]],
    trainable: conv(1, 256, 64) + conv(3, 64, 64) + conv(1, 64, 256) + norm(64, 64, 256),
    normalised: 64 + 64 + 256,
  },
  {
    id: 'bottleneck-projection',
    inputs: [[8, 8, 64]],
    outputs: [[4, 4, 256]],
    trainable: conv(1, 64, 64) + conv(3, 64, 64) + 2 * conv(1, 64, 256) + norm(64, 64, 256, 256),
    normalised: 64 + 64 + 256 + 256,
  },
  {
    id: 'squeeze-excite',
    inputs: [[8, 8, 64]],
    outputs: [[8, 8, 64]],
    trainable: dense(64, 4) + dense(4, 64),
    normalised: 0,
  },
  {
    id: 'inception-v1',
    inputs: [[28, 28, 192]],
    outputs: [[28, 28, 256]],
    trainable: conv(1, 192, 64 + 96 + 16 + 32) + conv(3, 96, 128) + conv(5, 16, 32) + norm(64, 96, 128, 16, 32, 32),
    normalised: 64 + 96 + 128 + 16 + 32 + 32,
  },
  {
    id: 'densenet-layer',
    inputs: [[8, 8, 64]],
    outputs: [[8, 8, 96]],
    trainable: denseNetLayer(64),
    normalised: 64 + 128,
  },
  {
    id: 'densenet-block',
    inputs: [[8, 8, 64]],
    outputs: [[8, 8, 256]],
    trainable: six.reduce((sum, from) => sum + denseNetLayer(from), 0),
    normalised: six.reduce((sum, from) => sum + from + 128, 0),
  },
  {
    id: 'densenet-transition',
    inputs: [[8, 8, 256]],
    outputs: [[4, 4, 128]],
    trainable: conv(1, 256, 128) + norm(256),
    normalised: 256,
  },
  {
    id: 'depthwise-separable',
    inputs: [[8, 8, 32]],
    outputs: [[8, 8, 64]],
    trainable: 9 * 32 + conv(1, 32, 64) + norm(32, 64),
    normalised: 32 + 64,
  },
  {
    id: 'inverted-residual',
    inputs: [[8, 8, 64]],
    outputs: [[8, 8, 64]],
    trainable: expanded(64, 384, 64),
    normalised: 384 + 384 + 64,
  },
  {
    id: 'inverted-residual-no-skip',
    inputs: [[8, 8, 32]],
    outputs: [[4, 4, 64]],
    trainable: expanded(32, 192, 64),
    normalised: 192 + 192 + 64,
  },
  {
    id: 'unet-down',
    inputs: [[8, 8, 3]],
    outputs: [
      [4, 4, 64],
      [8, 8, 64],
    ],
    trainable: withBias(3, 3, 64) + withBias(3, 64, 64),
    normalised: 0,
  },
  {
    id: 'unet-up',
    inputs: [
      [4, 4, 128],
      [8, 8, 64],
    ],
    outputs: [[8, 8, 64]],
    trainable: withBias(2, 128, 64) + withBias(3, 128, 64) + withBias(3, 64, 64),
    normalised: 0,
  },
  {
    id: 'transformer-encoder-post-norm',
    inputs: [[12, 128]],
    outputs: [[12, 128]],
    trainable: encoder,
    normalised: 0,
  },
  {
    id: 'transformer-encoder-pre-norm',
    inputs: [[12, 128]],
    outputs: [[12, 128]],
    trainable: encoder,
    normalised: 0,
  },
  {
    id: 'transformer-mlp',
    inputs: [[12, 128]],
    outputs: [[12, 128]],
    trainable: dense(128, 512) + dense(512, 128),
    normalised: 0,
  },
  {
    id: 'autoencoder-encoder',
    inputs: [[8, 8, 1]],
    outputs: [[16]],
    trainable: dense(64, 128) + dense(128, 16),
    normalised: 0,
  },
  {
    id: 'autoencoder-decoder',
    inputs: [[16]],
    outputs: [[64]],
    trainable: dense(16, 128) + dense(128, 64),
    normalised: 0,
  },
];
