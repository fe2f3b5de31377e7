import { formatShape } from '../../../tensor/index.ts';
import { oneIn, oneOut } from '../../commonParams.ts';
import { defineLayer } from '../../defineLayer.ts';
import { shape } from '../../params.ts';
import { ELEMENTWISE } from '../../traits.ts';
import { dropoutParams } from './dropoutParams.ts';

/**
 * Sets a random part of its inputs to zero while training and divides the rest by 1 − rate (Srivastava et al. 2014); the identity
 * otherwise. Keras has no default rate; 0.5 is the paper's. Keras's noise_shape counts the batch: it is put in front here.
 */
export const dropout = defineLayer({
  type: 'Dropout',
  version: 1,
  family: 'reg',
  glyph: 'drop',
  title: 'Dropout',
  keywords: ['regularisation', 'regularization', 'overfitting'],
  doc: 'Switches off a random part of the values at every training step, so that no unit can rely on another. Against over-fitting, mostly around Dense layers. Does nothing when the network is used.',
  source: { label: 'Srivastava et al. 2014', url: 'https://jmlr.org/papers/v15/srivastava14a.html' },
  params: {
    ...dropoutParams,
    noiseShape: shape({
      label: 'Noise shape',
      help: 'Empty: each value by itself. Else one number an axis (batch not counted): 1 switches whole axes on or off together, 0 goes by itself.',
      default: [],
      min: 0,
      maxRank: 4,
      needs: [{ param: 'rate', not: [0] }],
    }),
  },
  inputs: oneIn(),
  outputs: oneOut,
  traits: { ...ELEMENTWISE, linear: 'fixed', activation: 'input' },
  summary: (p) => String(p.rate),
  infer: (p, [input = []]) => {
    const fits =
      p.noiseShape.length === 0 ||
      (p.noiseShape.length === input.length && p.noiseShape.every((n, i) => n === 0 || n === 1 || n === input[i]));
    if (fits) return { ok: true, shape: input };
    return {
      ok: false,
      failure: {
        code: 'noise-shape-mismatch',
        title: 'Noise shape',
        message: `The noise shape ${formatShape(p.noiseShape)} of Dropout does not fit its input ${formatShape(input)}: it needs ${input.length} numbers, each 0, 1 or the size of its axis.`,
        param: 'noiseShape',
        facts: { noiseShape: [...p.noiseShape], input: [...input] },
        suggestions: [{ kind: 'setParam', param: 'noiseShape', value: [], label: 'Drop each value by itself' }],
      },
    };
  },
  weights: () => [],
  cost: () => ({ macs: 0 }),
  tf: (p, c) => {
    const noiseShape = p.noiseShape.length === 0 ? null : [null, ...p.noiseShape.map((n) => (n === 0 ? null : n))];
    if (c.mode === 'train') return c.custom('LoomDropout', { name: c.name, rate: p.rate, noiseShape, seed: p.seed });
    // Inference is the identity whatever the noise shape; plain tfjs types it as numbers alone.
    return c.layers.dropout({ name: c.name, rate: p.rate, ...(p.seed !== null && { seed: p.seed }) });
  },
  keras: (p) => ({
    className: 'Dropout',
    always: ['rate'],
    args: {
      rate: p.rate,
      noise_shape: p.noiseShape.length === 0 ? null : [null, ...p.noiseShape.map((n) => (n === 0 ? null : n))],
      seed: p.seed,
    },
  }),
});
