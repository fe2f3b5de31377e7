import type { TrainingSettings } from '../../document/index.ts';
import type { Network } from '../../graph/index.ts';
import { call, list, named, type Python, type PythonItem } from '../python/expression.ts';
import { statement } from '../python/format.ts';
import { boolean, number, string } from '../python/literals.ts';

/** Lines that make `optimizer`, four spaces in. Arguments equal to those Keras assumes are left out. */
export function optimizerCode(training: TrainingSettings, network: Network): string[] {
  const { optimizer } = training;
  const rate = named('learning_rate', number(training.learningRate));
  const made = (className: string, args: readonly PythonItem[]) =>
    statement('optimizer = ', call(`keras.optimizers.${className}`, [rate, ...args]), 4);
  switch (optimizer.name) {
    case 'sgd':
      return [
        ...made('SGD', [
          ...unless(0, optimizer.momentum, 'momentum'),
          ...(optimizer.nesterov ? [named('nesterov', boolean(true))] : []),
          ...unless(0, optimizer.weightDecay, 'weight_decay'),
        ]),
        ...(optimizer.weightDecay > 0 ? exclusion(network) : []),
      ];
    case 'adam':
      return made('Adam', betas(optimizer));
    case 'adamw':
      return [
        ...made('AdamW', [...unless(0.004, optimizer.weightDecay, 'weight_decay'), ...betas(optimizer)]),
        ...exclusion(network),
      ];
  }
}

function betas({ beta1, beta2, epsilon }: { beta1: number; beta2: number; epsilon: number }): PythonItem[] {
  return [...unless(0.9, beta1, 'beta_1'), ...unless(0.999, beta2, 'beta_2'), ...unless(1e-7, epsilon, 'epsilon')];
}

function unless(usual: number, value: number, name: string): PythonItem[] {
  return value === usual ? [] : [named(name, number(value))];
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
