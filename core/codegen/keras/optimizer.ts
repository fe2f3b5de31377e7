import type { TrainingSettings } from '../../document/index.ts';
import type { Network } from '../../graph/index.ts';
import { clippingOf, NO_CLIPPING, optimizerOf } from '../../training/index.ts';
import { list, named, type Python } from '../python/expression.ts';
import { statement } from '../python/format.ts';
import { number, string } from '../python/literals.ts';
import { kerasObject } from './kerasObject.ts';

/** What `keras.optimizers.AdamW` decays by where it is not told; all others do not decay. */
const ADAMW_DECAY = 0.004;

/**
 * Lines that make `optimizer`, four spaces in. Arguments equal to those Keras assumes are left out.
 * @param rate the learning rate, or the schedule that gives it
 */
export function optimizerCode(
  { optimizer, clipping = NO_CLIPPING }: TrainingSettings,
  rate: Python,
  network: Network,
): string[] {
  const definition = optimizerOf(optimizer);
  const object = definition.keras(optimizer);
  const decay = definition.decay?.(optimizer) ?? 0;
  const usual = object.className === 'AdamW' ? ADAMW_DECAY : 0;
  const first = [named('learning_rate', rate), ...(decay === usual ? [] : [named('weight_decay', number(decay))])];
  const clips = Object.entries(clippingOf(clipping).keras(clipping)).map(([name, limit]) =>
    named(name, number(limit, true)),
  );
  return [
    ...statement('optimizer = ', kerasObject('optimizers', object, first, clips), 4),
    ...(decay > 0 ? exclusion(network) : []),
  ];
}

/**
 * Weight decay is for kernels: biases and normalisation scales stay out of it, by their names. A variable's own name lacks the layer inside a
 * layer that it belongs to: it is `bias` for the `query/bias` of attention. The variables themselves are handed over, since the patterns that
 * Keras takes instead are compared with names that differ from backend to backend (`bias:0` on TensorFlow).
 */
function exclusion(network: Network): string[] {
  const names = new Set<string>();
  for (const layer of network.layers)
    for (const weight of layer.weights)
      if (weight.trainable && !weight.decays) names.add(weight.name.split('/').at(-1) ?? weight.name);
  if (names.size === 0) return [];
  const spared: Python = list([...names].sort().map((name) => string(name)));
  return [
    ...statement('spared = ', spared, 4),
    '    optimizer.exclude_from_weight_decay(',
    '        var_list=[v for v in model.trainable_variables if v.name in spared]',
    '    )',
  ];
}
