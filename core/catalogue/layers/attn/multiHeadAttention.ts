import { biasParams, dropoutSeedParam, kernelParams, oneOut } from '../../commonParams.ts';
import { defineLayer, type TfContext, type WeightSpec } from '../../defineLayer.ts';
import { boolean, float, int, intOrNull, type ParamValues } from '../../params.ts';
import { inferAttention } from './inferAttention.ts';

const kernels = kernelParams('glorotUniform');

/**
 * Parameters of Keras's layer. Left out: attention_axes (it attends along the one axis of a sequence; Reshape makes a sequence of a
 * map), sliding_window and use_gate (no other framework's layer has them), flash_attention (how it is computed, not what), an
 * output_shape of several axes (Reshape). Masks come from no layer here, but for the causal one, which Keras takes when the layer is
 * called and which is a parameter here.
 */
const params = {
  numHeads: int({
    label: 'Heads',
    help: 'How many times it attends side by side, each with weights of its own.',
    default: 4,
    min: 1,
    max: 1024,
  }),
  keyDim: int({
    label: 'Size of a head',
    help: 'Numbers in one head’s query and key. Usual is the width of the input divided by the heads.',
    default: 16,
    min: 1,
    max: 100_000,
  }),
  useCausalMask: boolean({
    label: 'Causal',
    help: 'Each position sees itself and the ones before it only, as text that is being written needs it.',
    default: false,
  }),
  dropout: float({
    label: 'Dropout',
    help: 'Part of the attention weights dropped at training: who looks at whom.',
    default: 0,
    min: 0,
    max: 1,
    exclusiveMax: true,
  }),
  valueDim: intOrNull({
    label: 'Size of a head’s value',
    help: 'Numbers that one head takes from a position.',
    default: null,
    min: 1,
    max: 100_000,
    nullLabel: 'same as a head',
    section: 'advanced',
  }),
  outputShape: intOrNull({
    label: 'Output size',
    help: 'Numbers that come out for each position.',
    default: null,
    min: 1,
    max: 1_000_000,
    nullLabel: 'same as the query',
    section: 'advanced',
  }),
  seed: dropoutSeedParam,
  ...kernels,
  activityRegularizer: {
    ...kernels.activityRegularizer,
    help: 'Penalty on the queries, keys and values of all heads and on the output, added to the loss and divided by the batch size.',
  },
  ...biasParams,
};
type Values = ParamValues<typeof params>;

/** The four products with weights, by Keras's names: kernel and bias shape of each, for these widths of query, value and key. */
function projections(p: Values, query: number, value: number, key: number) {
  const heads = p.numHeads;
  const valueDim = p.valueDim ?? p.keyDim;
  const out = p.outputShape ?? query;
  return [
    { name: 'query', kernel: [query, heads, p.keyDim], bias: [heads, p.keyDim] },
    { name: 'key', kernel: [key, heads, p.keyDim], bias: [heads, p.keyDim] },
    { name: 'value', kernel: [value, heads, valueDim], bias: [heads, valueDim] },
    { name: 'attention_output', kernel: [heads, valueDim, out], bias: [out] },
  ] as const;
}

/** Keras keeps each product in a layer of its own. */
const HOLDERS = Object.fromEntries(
  Object.entries({
    query: 'query_dense',
    key: 'key_dense',
    value: 'value_dense',
    attention_output: 'output_dense',
  }).flatMap(([part, holder]) => [`${part}/kernel`, `${part}/bias`].map((weight) => [weight, holder])),
);

/** Initialisers, penalties and constraints of the four kernels and biases, each weight with random numbers of its own. */
function weightOptions(p: Values, c: TfContext) {
  const each = { query: 'query', key: 'key', value: 'value', output: 'attention_output' };
  return Object.fromEntries(
    Object.entries(each).flatMap(([prefix, weight]) => [
      [`${prefix}KernelInitializer`, c.initializer(p.kernelInitializer, `${weight}/kernel`)],
      [`${prefix}KernelRegularizer`, c.regularizer(p.kernelRegularizer)],
      [`${prefix}KernelConstraint`, c.constraint(p.kernelConstraint)],
      [`${prefix}BiasInitializer`, c.initializer(p.biasInitializer, `${weight}/bias`)],
      [`${prefix}BiasRegularizer`, c.regularizer(p.biasRegularizer)],
      [`${prefix}BiasConstraint`, c.constraint(p.biasConstraint)],
    ]),
  );
}

/**
 * softmax(Q·Kᵀ / √keyDim)·V in each head, with Q, K, V = query·Wq + bq, key·Wk + bk, value·Wv + bv, and the heads' results side by side
 * times the output kernel (Vaswani et al. 2017). PyTorch has Wq, Wk, Wv in one matrix, transposed.
 */
export const multiHeadAttention = defineLayer({
  type: 'MultiHeadAttention',
  version: 1,
  family: 'attn',
  glyph: 'attention',
  title: 'Attention',
  tag: 'multi-head',
  keywords: ['attention', 'mha', 'self-attention', 'cross-attention', 'transformer', 'encoder', 'decoder', 'sequence'],
  doc: 'Every position of a sequence looks at all others and takes from them what it needs; the heart of a transformer. With a wire to Query alone a sequence attends to itself. A second one, to Value, is the sequence it looks at instead. It does not know the order of positions.',
  source: { label: 'Vaswani et al. 2017', url: 'https://arxiv.org/abs/1706.03762' },
  params,
  inputs: [
    { name: 'query', label: 'Query', arity: 'one', ranks: [2] },
    { name: 'value', label: 'Value', arity: 'one', ranks: [2], optional: true },
    { name: 'key', label: 'Key', arity: 'one', ranks: [2], optional: true },
  ],
  outputs: oneOut,
  traits: {},
  summary: (p) =>
    `${p.useCausalMask ? 'causal · ' : ''}${p.numHeads} ${p.numHeads === 1 ? 'head' : 'heads'} of ${p.keyDim}`,
  infer: (p, inputs) => inferAttention(p, inputs),
  weights: (p, [query = [], value = query, key = value]) =>
    projections(p, query[1] ?? 0, value[1] ?? 0, key[1] ?? 0).flatMap(({ name, kernel, bias }): WeightSpec[] => [
      { name: `${name}/kernel`, shape: kernel, trainable: true, decays: true },
      ...(p.useBias ? [{ name: `${name}/bias`, shape: bias, trainable: true, decays: false }] : []),
    ]),
  cost: (p, [query = [], value = query, key = value]) => {
    const [length = 0, width = 0] = query;
    const [seen = 0] = value;
    const [q, k, v, o] = projections(p, width, value[1] ?? 0, key[1] ?? 0).map(({ kernel }) =>
      kernel.reduce((a, b) => a * b, 1),
    );
    const perPair = p.numHeads * (p.keyDim + (p.valueDim ?? p.keyDim));
    return { macs: length * ((q ?? 0) + (o ?? 0)) + seen * ((k ?? 0) + (v ?? 0)) + length * seen * perPair };
  },
  tf: (p, c) =>
    c.custom('LoomMultiHeadAttention', {
      name: c.name,
      numHeads: p.numHeads,
      keyDim: p.keyDim,
      valueDim: p.valueDim ?? p.keyDim,
      outputDim: p.outputShape ?? c.inputs[0]?.[1] ?? 0,
      useCausalMask: p.useCausalMask,
      dropout: p.dropout,
      seed: p.seed,
      useBias: p.useBias,
      activityRegularizer: p.activityRegularizer === null ? null : { ...p.activityRegularizer },
      ...weightOptions(p, c),
    }),
  keras: (p, inputs) => ({
    className: 'MultiHeadAttention',
    always: ['num_heads', 'key_dim'],
    args: {
      num_heads: p.numHeads,
      key_dim: p.keyDim,
      value_dim: p.valueDim,
      dropout: p.dropout,
      use_bias: p.useBias,
      output_shape: p.outputShape,
      kernel_initializer: { $initializer: p.kernelInitializer },
      bias_initializer: { $initializer: p.biasInitializer },
      kernel_regularizer: { $regularizer: p.kernelRegularizer },
      bias_regularizer: { $regularizer: p.biasRegularizer },
      activity_regularizer: { $regularizer: p.activityRegularizer },
      kernel_constraint: { $constraint: p.kernelConstraint, rank: 3 },
      bias_constraint: { $constraint: p.biasConstraint, rank: 2 },
      seed: p.seed,
    },
    holders: HOLDERS,
    // Keras wants the value named even where a sequence attends to itself.
    call: {
      ...(inputs.length === 1 && { inputs: [0, 0] }),
      ...(p.useCausalMask && { kwargs: { use_causal_mask: true } }),
    },
  }),
});
