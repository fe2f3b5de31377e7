import { type Network, shapeOf } from '../../../graph/index.ts';
import { atom, call, list, named, positional, tuple } from '../../python/expression.ts';
import { statement } from '../../python/format.ts';
import { number } from '../../python/literals.ts';
import { type DataCode, lines } from './dataCode.ts';

/** For a design without data: random numbers in the right shapes, so that the program runs and shows where real data go. */
export function randomCode(network: Network): DataCode {
  const samples = atom('SAMPLES');
  const features = network.inputs.map((input) =>
    call('random.normal', [
      named('size', tuple([samples, ...shapeOf({ layer: input, port: 0 }).map((n) => number(n))])),
    ]),
  );
  const targets = network.outputs.map(({ head: { loss }, source }) => {
    const outputShape = shapeOf(source);
    if (loss.for === 'classes')
      return call('random.integers', [positional(number(outputShape.at(-1) ?? 1)), named('size', samples)]);
    const size = tuple([samples, ...outputShape.map((n) => number(n))]);
    if (loss.for === 'binary') return call('random.integers', [positional(number(2)), named('size', size)]);
    return call('random.normal', [named('size', size)]);
  });
  return {
    standardImports: [],
    imports: [],
    packages: [],
    constants: ['SAMPLES = 256'],
    functions: [
      [
        ...lines(`def load_data():
    """Random numbers in the shapes of the network. Put your own data here."""
    random = np.random.default_rng(SPLIT_SEED)`),
        ...statement('features = ', list(features), 4),
        ...statement('targets = ', list(targets), 4),
        '    return features, targets',
      ],
    ],
    load: ['    features, targets = load_data()', '    train, validation, test = split_samples(np.zeros(SAMPLES))'],
    input: (index) => `features[${index}]`,
    target: (_, index) => `targets[${index}]`,
    classes: () => null,
  };
}
