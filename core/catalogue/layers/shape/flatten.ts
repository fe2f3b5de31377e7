import { sizeOf } from '../../../tensor/index.ts';
import { oneIn, oneOut } from '../../commonParams.ts';
import { defineLayer } from '../../defineLayer.ts';

/** All axes in one, row by row, channels fastest. Left out: data_format. */
export const flatten = defineLayer({
  type: 'Flatten',
  version: 1,
  family: 'shape',
  glyph: 'flatten',
  title: 'Flatten',
  keywords: ['vector', 'reshape'],
  doc: 'Lays all values of a map out in one vector, for the Dense layers that follow. Global average pooling gives a far shorter one.',
  source: { label: 'Keras: Flatten', url: 'https://keras.io/api/layers/reshaping_layers/flatten/' },
  params: {},
  inputs: oneIn(),
  outputs: oneOut,
  traits: {
    linear: 'fixed',
    activation: 'input',
    values: 'input',
    dropsAxes: { does: 'makes a vector of everything' },
  },
  summary: () => '',
  infer: (_, [input = []]) => {
    const size = sizeOf(input);
    return { ok: true, shape: [size], ...(input.length > 1 && { arithmetic: [`${input.join(' · ')} = ${size}`] }) };
  },
  weights: () => [],
  cost: () => ({ macs: 0 }),
  tf: (_, c) => {
    const [input = []] = c.inputs;
    // The stock layer refuses what is flat already, where Keras passes it on.
    return input.length > 1
      ? c.layers.flatten({ name: c.name })
      : c.layers.reshape({ name: c.name, targetShape: [sizeOf(input)] });
  },
  keras: () => ({ className: 'Flatten', args: {} }),
});
