import type { DataSettings } from '../../document/index.ts';
import type { ImageSource } from '../builtin/content.ts';
import { classBalance, fractionsProblem, splitProblems } from '../describeSplits.ts';
import type { LoadedDataset } from '../loadedDataset.ts';
import { createPreprocess } from '../preprocess.ts';
import type { ImageScaler } from '../scaler.ts';
import type { DataDescription } from '../schema.ts';
import { splitSamples } from '../splitSamples.ts';
import { resizeBilinear } from './resizeBilinear.ts';

/** Labelled images: pixels divided by their maximum, resized where the settings ask for it. */
export function openImages(
  name: string,
  source: ImageSource,
  settings: DataSettings,
): { description: DataDescription; dataset: LoadedDataset | null } {
  const { labels, classes, channels, maximum } = source;
  const samples = labels.length;
  const [height = source.height, width = source.width] = settings.resize ?? [];
  const sourceSize = source.height * source.width * channels;
  const size = height * width * channels;
  const shape = [height, width, channels];
  const summary: DataDescription['summary'] = {
    name,
    kind: 'image',
    samples,
    fields: [
      { name: 'features', role: 'input', shape },
      { name: 'label', role: 'target', shape: [1], classes: [...classes] },
    ],
  };
  const invalid = fractionsProblem(settings.split);
  if (invalid !== null) {
    const splits = { train: 0, validation: 0, test: 0 };
    const description = {
      summary,
      attribution: source.attribution,
      pixelMaximum: maximum,
      columns: [],
      splits,
      classBalance: [],
      problems: [invalid],
    };
    return { description, dataset: null };
  }
  const { validation, test, seed, stratify } = settings.split;
  const splits = splitSamples({ count: samples, labels: stratify ? labels : null, validation, test, seed });
  const balance = classBalance(classes, labels, splits);
  const description: DataDescription = {
    summary: { ...summary, trainingSamples: splits.train.length },
    attribution: source.attribution,
    pixelMaximum: maximum,
    columns: [],
    splits: { train: splits.train.length, validation: splits.validation.length, test: splits.test.length },
    classBalance: balance,
    problems: splitProblems(splits, balance, settings.split),
  };

  const data = new Float32Array(samples * size);
  for (let i = 0; i < samples; i++) {
    const own = source.pixels.subarray(i * sourceSize, (i + 1) * sourceSize);
    const image = settings.resize === null ? own : resizeBilinear(own, source, height, width);
    for (let p = 0; p < size; p++) data[i * size + p] = (image[p] ?? 0) / maximum;
  }
  const scaler: ImageScaler = {
    kind: 'image',
    input: 'features',
    height: source.height,
    width: source.width,
    channels,
    maximum,
    resize: settings.resize === null ? null : [height, width],
    targets: [{ field: 'label', column: 'label', classes: [...classes] }],
  };
  const targetText = (value: number): string => classes[Math.round(value)] ?? '';
  return {
    description,
    dataset: {
      description,
      splits,
      fields: { features: { data, shape }, label: { data: Float32Array.from(labels), shape: [1] } },
      streamed: {},
      identityOf: (index) => index,
      indexOf: (id) => (typeof id === 'number' && id < samples ? id : null),
      sampleAt: async (index) => ({
        id: index,
        target: targetText(labels[index] ?? -1),
        image: { height, width, channels, pixels: Array.from(data.subarray(index * size, (index + 1) * size)) },
        row: null,
      }),
      preprocess: createPreprocess(scaler),
      targetText,
      scaler,
    },
  };
}
