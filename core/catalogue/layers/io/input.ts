import { formatShape } from '../../../tensor/index.ts';
import { defineLayer } from '../../defineLayer.ts';
import { shape, text } from '../../params.ts';

/** Where samples enter. */
export const input = defineLayer({
  type: 'Input',
  version: 1,
  family: 'io',
  glyph: 'input',
  title: 'Input',
  keywords: ['data', 'source'],
  doc: 'Where samples enter the network. The shape is that of one sample; the batch comes on top.',
  source: { label: 'Keras: Input', url: 'https://keras.io/api/layers/core_layers/input/' },
  params: {
    shape: shape({
      label: 'Shape',
      help: 'Shape of one sample, channels last: height, width, channels for images; number of features for tables.',
      default: [1],
      min: 1,
      maxRank: 4,
    }),
    field: text({
      label: 'Data field',
      help: 'Which part of a sample it reads. Empty: the only one there is.',
      default: '',
      suggest: 'inputFields',
    }),
  },
  inputs: [],
  outputs: [{ name: 'out', label: 'Output', arity: 'one' }],
  traits: {},
  summary: (p) => p.field || formatShape(p.shape),
  infer: (p) => ({ ok: true, shape: p.shape }),
  weights: () => [],
  cost: () => ({ macs: 0 }),
});
