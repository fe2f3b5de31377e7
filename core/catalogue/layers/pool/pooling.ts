import { type Shape, sizeOf } from '../../../tensor/index.ts';
import { oneIn, oneOut } from '../../commonParams.ts';
import { keepdimsParam, poolParams, sizes } from '../../convParams.ts';
import { defineLayer, type Inference, type LayerDefinition, type TfContext, type TfLayer } from '../../defineLayer.ts';
import type { ParamValues } from '../../params.ts';
import { SPACES, type SpatialRank, slide, wrongRank } from '../../spatial.ts';
import type { ReadWindow, Traits } from '../../traits.ts';

export type PoolValues = ParamValues<ReturnType<typeof poolParams>>;

type Kind = 'Max' | 'Average';

/** Builds the TensorFlow.js layer of a pooling over windows. */
type BuildPool = (p: PoolValues, c: TfContext) => TfLayer;
type Compute = NonNullable<LayerDefinition<ReturnType<typeof poolParams>>['compute']>;

/**
 * Pooling over windows along this many axes, channel by channel. Left out: data_format (channels are last throughout).
 * @param does what becomes of each window, before the words about the result's size
 */
export function windowPool<const K extends Kind, const R extends SpatialRank>(
  kind: K,
  axes: R,
  {
    does,
    traits,
    tf,
    compute,
  }: {
    readonly does: string;
    readonly traits: Traits<PoolValues>;
    readonly tf: BuildPool;
    readonly compute?: Compute;
  },
) {
  const title = `${kind} pool`;
  const space = SPACES[axes];
  return defineLayer({
    type: `${kind}Pool${axes}D` as const,
    version: 1,
    family: 'pool',
    glyph: 'pool',
    title,
    tag: `${axes}D`,
    keywords: ['pooling', 'downsample', 'subsample'],
    doc: `${does} ${axes === 1 ? 'the sequence shorter' : `${space.many} smaller`} without weights.`,
    source: {
      label: `Keras: ${kind}Pooling${axes}D`,
      url: `https://keras.io/api/layers/pooling_layers/${kind.toLowerCase()}_pooling${axes}d/`,
    },
    params: poolParams(axes),
    inputs: oneIn([axes + 1]),
    outputs: oneOut,
    traits: { width: 'kept', window: poolWindow, sibling: { of: `${kind}Pool`, axes }, ...traits },
    summary: poolSummary,
    infer: (p, [input = []]) => inferPool(title, p, input, axes),
    weights: () => [],
    cost: () => ({ macs: 0 }),
    tf,
    ...(compute && { compute }),
    keras: (p) => ({
      className: `${kind}Pooling${axes}D`,
      always: ['pool_size'],
      args: { pool_size: p.poolSize, strides: p.strides, padding: p.padding },
    }),
  });
}

/** The stock layer of TensorFlow.js for this many axes. */
export function stockPool(kind: Kind, p: PoolValues, { layers, name }: TfContext): TfLayer {
  const strides = p.strides ?? p.poolSize;
  const { padding } = p;
  const options = {
    1: { name, padding, poolSize: p.poolSize[0] ?? 1, strides: strides[0] ?? 1 },
    2: { name, padding, poolSize: pair(p.poolSize), strides: pair(strides) },
    3: { name, padding, poolSize: triple(p.poolSize), strides: triple(strides) },
  };
  const max = kind === 'Max';
  if (p.poolSize.length === 1) return max ? layers.maxPooling1d(options[1]) : layers.averagePooling1d(options[1]);
  if (p.poolSize.length === 2) return max ? layers.maxPooling2d(options[2]) : layers.averagePooling2d(options[2]);
  return max ? layers.maxPooling3d(options[3]) : layers.averagePooling3d(options[3]);
}

const pair = ([height = 1, width = 1]: readonly number[]): [number, number] => [height, width];
const triple = ([depth = 1, height = 1, width = 1]: readonly number[]): [number, number, number] => [
  depth,
  height,
  width,
];

function inferPool(title: string, p: PoolValues, input: Shape, axes: SpatialRank): Inference {
  const failed = wrongRank(title, input, axes);
  if (failed !== null) return failed;
  const slid = slide(title, input.slice(0, -1), { ...poolWindow(p), padding: p.padding }, 'poolSize');
  return slid.ok ? { ok: true, shape: [...slid.sizes, input.at(-1) ?? 0], arithmetic: slid.arithmetic } : slid;
}

const poolWindow = (p: PoolValues): ReadWindow => ({
  size: p.poolSize,
  strides: p.strides ?? p.poolSize,
  dilation: p.poolSize.map(() => 1),
});

function poolSummary(p: PoolValues): string {
  const [first = 1] = p.strides ?? [];
  const even = p.strides?.every((s) => s === first) ? String(first) : sizes(p.strides ?? []);
  const stride = p.strides === null || sizes(p.strides) === sizes(p.poolSize) ? '' : `/${even}`;
  return [`${sizes(p.poolSize)}${stride}`, p.padding === 'same' ? 'same' : null].filter(Boolean).join(' · ');
}

/**
 * Pooling over all positions, channel by channel: one number a channel; with `keepdims` the pooled axes stay with size 1. Left out:
 * data_format.
 */
export function globalPool<const K extends Kind, const R extends SpatialRank>(
  kind: K,
  axes: R,
  {
    keywords,
    doc,
    traits,
  }: { readonly keywords: readonly string[]; readonly doc: string; readonly traits: Traits<unknown> },
) {
  const title = `Global ${kind.toLowerCase()} pool`;
  return defineLayer({
    type: `Global${kind}Pool${axes}D` as const,
    version: 1,
    family: 'pool',
    glyph: 'globalPool',
    title,
    tag: `${axes}D`,
    keywords: ['pooling', ...keywords],
    doc,
    source: {
      label: `Keras: Global${kind}Pooling${axes}D`,
      url: `https://keras.io/api/layers/pooling_layers/global_${kind.toLowerCase()}_pooling${axes}d/`,
    },
    params: { keepdims: keepdimsParam },
    inputs: oneIn([axes + 1]),
    outputs: oneOut,
    traits: {
      width: 'kept',
      dropsAxes: { does: 'makes one number of each channel' },
      sibling: { of: `Global${kind}Pool`, axes },
      ...traits,
    },
    summary: () => '',
    infer: (p, [input = []]) => {
      const failed = wrongRank(title, input, axes);
      if (failed !== null) return failed;
      const spatial = input.slice(0, -1);
      const channels = input.at(-1) ?? 0;
      return {
        ok: true,
        shape: p.keepdims ? [...spatial.map(() => 1), channels] : [channels],
        arithmetic: [`${spatial.join('·')} positions -> 1, for each of ${channels} channels`],
      };
    },
    weights: () => [],
    cost: () => ({ macs: 0 }),
    tf: (p, c) => {
      const channels = c.inputs[0]?.at(-1) ?? 0;
      const pooled = stockGlobalPool(kind, axes, c);
      if (!p.keepdims) return pooled;
      // The stock layer has no keepdims: a reshape puts the axes back.
      const targetShape = [...Array.from({ length: axes }, () => 1), channels];
      return [...pooled, c.layers.reshape({ name: `${c.name}.keepdims`, targetShape })];
    },
    keras: (p) => ({ className: `Global${kind}Pooling${axes}D`, args: { keepdims: p.keepdims } }),
  });
}

function stockGlobalPool(kind: Kind, axes: SpatialRank, { layers, name, inputs }: TfContext): readonly TfLayer[] {
  const max = kind === 'Max';
  if (axes === 1) return [max ? layers.globalMaxPooling1d({ name }) : layers.globalAveragePooling1d({ name })];
  if (axes === 2) {
    const options = { name, dataFormat: 'channelsLast' as const };
    return [max ? layers.globalMaxPooling2d(options) : layers.globalAveragePooling2d(options)];
  }
  // TensorFlow.js has none for volumes; a sequence of all positions has the same maximum and mean.
  const [input = []] = inputs;
  const options = { name: `${name}.pool` };
  return [
    layers.reshape({ name, targetShape: [sizeOf(input.slice(0, -1)), input.at(-1) ?? 0] }),
    max ? layers.globalMaxPooling1d(options) : layers.globalAveragePooling1d(options),
  ];
}
