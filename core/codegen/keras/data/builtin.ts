import type { DataSettings } from '../../../document/index.ts';
import { type DataCode, lines } from './dataCode.ts';
import { scaleCode } from './scale.ts';

const COMMON = {
  standardImports: [],
  imports: [],
  packages: [],
  constants: [],
  input: () => 'features',
  target: () => 'targets',
} as const;

/** `load_data` for the images that scikit-learn ships, in the order Layerloom has them too. */
export function digitsCode({ resize, split }: DataSettings): DataCode {
  const resized = resize
    ? `
    images = keras.ops.image.resize(images, (${resize.join(', ')}))
    return keras.ops.convert_to_numpy(images), digits.target`
    : `
    return images, digits.target`;
  return {
    ...COMMON,
    imports: ['from sklearn.datasets import load_digits'],
    packages: ['scikit-learn'],
    functions: [
      lines(`def load_data():
    """Images with pixels from 0 to 1, and the digit that each shows."""
    digits = load_digits()
    images = digits.images[..., np.newaxis].astype("float32") / 16${resized}`),
    ],
    load: ['    features, targets = load_data()', splitLine(split)],
    classes: () => 10,
  };
}

export function irisCode(settings: DataSettings): DataCode {
  return {
    ...COMMON,
    imports: ['from sklearn.datasets import load_iris'],
    packages: ['scikit-learn'],
    functions: [
      lines(`def load_data():
    """Measures of flowers, and the species of each."""
    iris = load_iris()
    return iris.data, iris.target`),
      ...scaleCode(settings.scaling),
    ],
    load: ['    features, targets = load_data()', splitLine(settings.split), scaleLine(settings)],
    classes: () => 3,
  };
}

export function xorCode(settings: DataSettings): DataCode {
  return {
    ...COMMON,
    functions: [
      lines(`def load_data():
    """The truth table of exclusive or."""
    features = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype="float64")
    targets = np.array([0, 1, 1, 0])
    return features, targets`),
      ...scaleCode(settings.scaling),
    ],
    load: ['    features, targets = load_data()', splitLine(settings.split), scaleLine(settings)],
    classes: () => 2,
  };
}

/** Splits by class only where the design asks for it. */
export function splitLine(
  split: Pick<DataSettings['split'], 'stratify'>,
  labels = 'targets',
  samples = 'features',
): string {
  const by = split.stratify ? labels : `np.zeros(len(${samples}))`;
  return `    train, validation, test = split_samples(${by})`;
}

function scaleLine({ scaling }: DataSettings): string {
  return scaling === 'none' ? '    features = features.astype("float32")' : '    features = scale(features, train)';
}
