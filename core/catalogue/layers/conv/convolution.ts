import { type Shape, sizeOf } from '../../../tensor/index.ts';
import { ACTIVATIONS, type ActivationName } from '../../activations.ts';
import type { Constraint } from '../../constraints.ts';
import { sizes, stridesClash } from '../../convParams.ts';
import type { Cost, Inference, KerasArg, TfContext, TfLayer, WeightSpec } from '../../defineLayer.ts';
import { commonDivisor, largestDivisor } from '../../divisors.ts';
import type { Initializer } from '../../initializers.ts';
import type { Regularizer } from '../../regularizers.ts';
import { type SpatialRank, slide, wrongRank } from '../../spatial.ts';
import type { ReadWindow } from '../../traits.ts';
import { withActivation } from '../../withActivation.ts';

/** Values of the parameters of a convolution, along however many axes. */
export interface ConvolutionValues {
  readonly filters: number;
  readonly kernelSize: readonly number[];
  readonly strides: readonly number[];
  readonly padding: 'valid' | 'same' | 'causal';
  readonly dilationRate: readonly number[];
  readonly groups: number;
  readonly activation: ActivationName;
  readonly useBias: boolean;
  readonly kernelInitializer: Initializer;
  readonly kernelRegularizer: Regularizer | null;
  readonly kernelConstraint: Constraint | null;
  readonly activityRegularizer: Regularizer | null;
  readonly biasInitializer: Initializer;
  readonly biasRegularizer: Regularizer | null;
  readonly biasConstraint: Constraint | null;
}

export function inferConvolution(title: string, p: ConvolutionValues, input: Shape, axes: SpatialRank): Inference {
  const failed = wrongRank(title, input, axes) ?? stridesClash(title, p.strides, p.dilationRate);
  if (failed !== null) return failed;
  const channels = input.at(-1) ?? 0;
  const uneven = [channels, p.filters].find((n) => n % p.groups !== 0);
  if (uneven !== undefined) return wrongGroups(title, p, channels);
  const slid = slide(title, input.slice(0, -1), { ...p, size: p.kernelSize, dilation: p.dilationRate }, 'kernelSize');
  return slid.ok ? { ok: true, shape: [...slid.sizes, p.filters], arithmetic: slid.arithmetic } : slid;
}

function wrongGroups(title: string, { filters, groups }: ConvolutionValues, channels: number): Inference {
  const best = largestDivisor(commonDivisor(channels, filters), groups);
  const up = Math.ceil(filters / groups) * groups;
  const short = channels % groups !== 0;
  return {
    ok: false,
    failure: {
      code: 'groups-mismatch',
      title: 'Groups',
      message: short
        ? `${title} splits its input channels into ${groups} groups of equal size, but ${channels} channels divided by ${groups} leave ${channels % groups} over.`
        : `${title} splits its filters into ${groups} groups of equal size, but ${filters} filters divided by ${groups} leave ${filters % groups} over.`,
      param: short ? 'groups' : 'filters',
      facts: { groups, filters, channels },
      suggestions: [
        { kind: 'setParam', param: 'groups', value: best, label: `Set groups to ${best}` },
        ...(short ? [] : [{ kind: 'setParam' as const, param: 'filters', value: up, label: `Set filters to ${up}` }]),
      ],
    },
  };
}

/** What a convolution reads, whichever kind it is. */
export const convolutionWindow = (
  p: Pick<ConvolutionValues, 'kernelSize' | 'strides' | 'dilationRate'>,
): ReadWindow => ({ size: p.kernelSize, strides: p.strides, dilation: p.dilationRate });

export function convolutionWeights(p: ConvolutionValues, input: Shape): readonly WeightSpec[] {
  const channels = (input.at(-1) ?? 0) / p.groups;
  return [
    { name: 'kernel', shape: [...p.kernelSize, channels, p.filters], trainable: true, decays: true },
    ...(p.useBias ? [{ name: 'bias', shape: [p.filters], trainable: true, decays: false }] : []),
  ];
}

/** One multiply for every kernel tap, input channel of the group, and output value. */
export function convolutionCost(p: ConvolutionValues, input: Shape, output: Shape): Cost {
  return { macs: sizeOf(output) * sizeOf(p.kernelSize) * ((input.at(-1) ?? 0) / p.groups) };
}

export function convolutionSummary(p: ConvolutionValues): string {
  const [first = 1] = p.strides;
  const stride = p.strides.every((s) => s === first) ? String(first) : sizes(p.strides);
  // A card has room for three: what the shape does not tell comes before the padding, which it does.
  const third = p.activation === 'linear' ? p.padding : ACTIVATIONS[p.activation].label;
  return [`${sizes(p.kernelSize)}${stride === '1' ? '' : `/${stride}`}`, String(p.filters), third].join(' · ');
}

/**
 * `LoomConv` for training, because the stock layer has no gradient for dilation and always computes the gradient of its input, which
 * the first layer of a network does not need. Exports hold the stock layer where it is right: it has no groups and no causal padding, and
 * along three axes it forgets the dilation.
 */
export function buildConvolution(p: ConvolutionValues, c: TfContext): readonly TfLayer[] {
  const dilated = p.dilationRate.some((rate) => rate > 1);
  const own = c.mode === 'train' || p.groups > 1 || p.padding === 'causal' || (p.kernelSize.length === 3 && dilated);
  return withActivation(
    p.activation,
    c,
    (activation) => {
      const options = {
        name: c.name,
        filters: p.filters,
        activation,
        useBias: p.useBias,
        kernelInitializer: c.initializer(p.kernelInitializer, 'kernel'),
        biasInitializer: c.initializer(p.biasInitializer, 'bias'),
        kernelRegularizer: c.regularizer(p.kernelRegularizer),
        biasRegularizer: c.regularizer(p.biasRegularizer),
        kernelConstraint: c.constraint(p.kernelConstraint),
        biasConstraint: c.constraint(p.biasConstraint),
      };
      const { kernelSize, strides, padding, dilationRate, groups } = p;
      if (own || padding === 'causal')
        return c.custom('LoomConv', { ...options, kernelSize, strides, padding, dilationRate, groups });
      if (kernelSize.length === 1) {
        const [size = 1, stride = 1, dilation = 1] = [kernelSize[0], strides[0], dilationRate[0]];
        return c.layers.conv1d({ ...options, kernelSize: size, strides: stride, padding, dilationRate: dilation });
      }
      if (kernelSize.length === 3)
        return c.layers.conv3d({ ...options, kernelSize: [...kernelSize], strides: [...strides], padding });
      const [dh = 1, dw = 1] = dilationRate;
      return c.layers.conv2d({
        ...options,
        kernelSize: [...kernelSize],
        strides: [...strides],
        padding,
        dilationRate: [dh, dw],
      });
    },
    p.activityRegularizer,
  );
}

export function convolutionKerasArgs(p: ConvolutionValues): { readonly [name: string]: KerasArg } {
  const rank = p.kernelSize.length + 2;
  return {
    filters: p.filters,
    kernel_size: p.kernelSize,
    strides: p.strides,
    padding: p.padding,
    dilation_rate: p.dilationRate,
    groups: p.groups,
    activation: ACTIVATIONS[p.activation].keras,
    use_bias: p.useBias,
    kernel_initializer: { $initializer: p.kernelInitializer },
    bias_initializer: { $initializer: p.biasInitializer },
    kernel_regularizer: { $regularizer: p.kernelRegularizer },
    bias_regularizer: { $regularizer: p.biasRegularizer },
    activity_regularizer: { $regularizer: p.activityRegularizer },
    kernel_constraint: { $constraint: p.kernelConstraint, rank },
    bias_constraint: { $constraint: p.biasConstraint, rank: 1 },
  };
}
