import {
  LOSS_OPTIONS,
  LOSSES,
  type LossName,
  lossParams,
  METRICS,
  type MetricSettings,
} from '../../../training/index.ts';
import { defineLayer } from '../../defineLayer.ts';
import { choice, entries, float, text } from '../../params.ts';

/** Where the network ends and is compared with the target. */
export const output = defineLayer({
  type: 'Output',
  version: 1,
  family: 'io',
  glyph: 'output',
  title: 'Output',
  keywords: ['loss', 'head', 'target'],
  doc: 'Marks an output of the network and says how far it is from the target: the loss that training brings down.',
  source: { label: 'Keras: losses', url: 'https://keras.io/api/losses/' },
  params: {
    loss: choice<LossName>({
      label: 'Loss',
      help: 'What training brings down.',
      default: 'categoricalCrossentropy',
      options: LOSS_OPTIONS,
    }),
    ...lossParams(LOSSES),
    metrics: entries<MetricSettings>({
      label: 'Metrics',
      help: 'What is measured beside the loss, on top of the accuracy (for classes) or the mean absolute error (for numbers) that always is.',
      default: [],
      of: METRICS,
      emptyLabel: 'The usual ones alone',
    }),
    lossWeight: float({
      label: 'Weight of this loss',
      help: 'Factor on this loss where several are added.',
      default: 1,
      min: 0,
      section: 'advanced',
    }),
    field: text({
      label: 'Target',
      help: 'Which target of the data it is compared with. Empty: the only one there is.',
      default: '',
      suggest: 'targetFields',
    }),
  },
  inputs: [{ name: 'in', label: 'Prediction', arity: 'one' }],
  outputs: [],
  traits: { window: 'position', values: 'unclear' },
  summary: (p) => LOSSES[p.loss].title,
  infer: (_, [arrives = []]) => ({ ok: true, shape: arrives }),
  weights: () => [],
  cost: () => ({ macs: 0 }),
});
