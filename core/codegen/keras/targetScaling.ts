import { flat } from '../python/expression.ts';
import { string } from '../python/literals.ts';
import type { HeadCode } from './heads.ts';

/**
 * What of `main` standardises numeric targets before the training and undoes it in the last layer after it; nothing where none are. A program
 * with one input and one head has its targets in `targets`, any other in the list `outputs`.
 */
export function targetScaling(
  heads: readonly HeadCode[],
  inputs: number,
): { readonly before: string[]; readonly after: string[] } {
  const scaled = heads.flatMap(({ undoneIn }, index) =>
    undoneIn === null ? [] : [[index, flat(string(undoneIn))] as const],
  );
  const [only] = scaled;
  if (only === undefined) return { before: [], after: [] };
  if (heads.length === 1 && inputs === 1)
    return {
      before: [
        '    # Trained on with mean 0 and variance 1, by the training samples.',
        '    own, mean = targets, targets[train].mean(axis=0)',
        '    deviation = targets[train].std(axis=0)',
        '    deviation[deviation == 0] = 1',
        '    targets = (targets - mean) / deviation',
      ],
      after: [
        '',
        '    # Undone in the last layer, so that the network answers in the target’s own units.',
        `    last = model.get_layer(${only[1]})`,
        '    kernel, bias = last.get_weights()',
        '    last.set_weights([kernel * deviation, bias * deviation + mean])',
        '    targets = own',
      ],
    };
  const layers = `{${scaled.map(([index, layer]) => `${index}: ${layer}`).join(', ')}}`;
  return {
    before: [
      '',
      '    # Numbers are trained on with mean 0 and variance 1, by the training samples.',
      `    last_layers = ${layers}`,
      '    own, scales = list(outputs), {}',
      '    for index in last_layers:',
      '        mean, deviation = own[index][train].mean(axis=0), own[index][train].std(axis=0)',
      '        deviation[deviation == 0] = 1',
      '        scales[index] = mean, deviation',
      '        outputs[index] = (own[index] - mean) / deviation',
    ],
    after: [
      '',
      '    # Undone in the last layers, so that the network answers in the targets’ own units.',
      '    for index, name in last_layers.items():',
      '        (mean, deviation), last = scales[index], model.get_layer(name)',
      '        kernel, bias = last.get_weights()',
      '        last.set_weights([kernel * deviation, bias * deviation + mean])',
      '    outputs[:] = own',
    ],
  };
}
