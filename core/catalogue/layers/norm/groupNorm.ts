import { sizeOf } from '../../../tensor/index.ts';
import { axisFailure, sampleAxis } from '../../axis.ts';
import { oneIn, oneOut } from '../../commonParams.ts';
import { defineLayer } from '../../defineLayer.ts';
import { largestDivisor } from '../../divisors.ts';
import { int, intOrNull } from '../../params.ts';
import { ELEMENTWISE } from '../../traits.ts';
import { affineKerasArgs, affineParams, affineWeights } from './normParams.ts';

/**
 * y = gamma · (x − mean) / √(variance + ε) + beta with mean and variance of each sample over all positions of a group of neighbouring
 * channels. Keras calls a group for each channel −1, which is null here.
 */
export const groupNorm = defineLayer({
  type: 'GroupNorm',
  version: 1,
  family: 'norm',
  glyph: 'norm',
  title: 'Group norm',
  keywords: ['normalisation', 'normalization', 'gn', 'instance norm'],
  doc: 'Splits the channels into groups and brings each group of each sample to mean 0 and variance 1. Does not care about the batch, so it holds where batches are too small for batch norm. One group for each channel is instance norm, one group for all is nearly layer norm.',
  source: { label: 'Wu & He 2018', url: 'https://arxiv.org/abs/1803.08494' },
  params: {
    groups: intOrNull({
      label: 'Groups',
      help: 'Into how many groups the channels are split; their number must divide by it.',
      default: 32,
      min: 1,
      nullLabel: 'one for each channel',
    }),
    axis: int({
      label: 'Axis',
      help: 'Axis that is split into groups: the channels. −1 is the last.',
      default: -1,
      min: -8,
      max: 8,
      section: 'advanced',
    }),
    ...affineParams,
  },
  inputs: oneIn(),
  outputs: oneOut,
  traits: ELEMENTWISE,
  summary: (p) => (p.groups === null ? 'each channel' : `${p.groups} ${p.groups === 1 ? 'group' : 'groups'}`),
  infer: (p, [input = []]) => {
    const at = sampleAxis(p.axis, input.length);
    if (at === null) return axisFailure('Group norm', p.axis, input);
    const channels = input[at] ?? 0;
    const groups = p.groups ?? channels;
    if (channels % groups === 0)
      return {
        ok: true,
        shape: input,
        arithmetic: [`${channels} channels in ${groups} groups of ${channels / groups}`],
      };
    const best = largestDivisor(channels, groups);
    return {
      ok: false,
      failure: {
        code: 'groups-mismatch',
        title: 'Groups',
        message: `Group norm splits its channels into ${groups} groups of equal size, but ${channels} channels divided by ${groups} leave ${channels % groups} over.`,
        param: 'groups',
        facts: { groups, channels },
        suggestions: [{ kind: 'setParam', param: 'groups', value: best, label: `Set groups to ${best}` }],
      },
    };
  },
  weights: (p, [input = []]) => affineWeights(p, [input[sampleAxis(p.axis, input.length) ?? 0] ?? 0]),
  cost: (_, [input = []]) => ({ macs: 2 * sizeOf(input) }),
  tf: (p, c) => c.computed('GroupNorm', p),
  compute: (p, [x], { gamma, beta }, ops) => {
    if (x === undefined) throw new Error('GroupNorm was called without an input.');
    const [batch = 0, ...sizes] = x.shape;
    const at = sampleAxis(p.axis, sizes.length) ?? 0;
    const channels = sizes[at] ?? 1;
    const groups = p.groups ?? channels;
    const before = sizeOf(sizes.slice(0, at));
    const behind = sizeOf(sizes.slice(at + 1));
    const grouped = ops.reshape(x, [batch, before, groups, (channels / groups) * behind]);
    const centred = ops.sub(grouped, ops.mean(grouped, [1, 3], true));
    const variance = ops.mean(ops.square(centred), [1, 3], true);
    const normal = ops.reshape(ops.mul(centred, ops.rsqrt(ops.add(variance, p.epsilon))), [
      batch,
      before,
      channels,
      behind,
    ]);
    const scaled = gamma === undefined ? normal : ops.mul(normal, ops.reshape(gamma, [channels, 1]));
    const moved = beta === undefined ? scaled : ops.add(scaled, ops.reshape(beta, [channels, 1]));
    return ops.reshape(moved, x.shape);
  },
  keras: (p) => ({
    className: 'GroupNormalization',
    args: { groups: p.groups ?? -1, axis: p.axis, ...affineKerasArgs(p, 1) },
  }),
});
