import { defineLayer } from '../../defineLayer.ts';
import { LOSS_OPTIONS, LOSSES, type LossName } from '../../losses.ts';
import { boolean, choice, float, type Need, text } from '../../params.ts';

const CROSS_ENTROPIES: readonly Need[] = [
  { param: 'loss', is: ['categoricalCrossentropy', 'binaryCrossentropy'] satisfies LossName[] },
];

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
    fromLogits: boolean({
      label: 'Input is logits',
      help: 'On when what arrives has not been through softmax or sigmoid. Off is right after a softmax or sigmoid; the loss is then still computed from what stands before it, which is exact.',
      default: false,
      needs: CROSS_ENTROPIES,
    }),
    labelSmoothing: float({
      label: 'Label smoothing',
      help: 'Moves this much of the target from the true class to all classes alike. For cross-entropies.',
      default: 0,
      min: 0,
      max: 1,
      section: 'advanced',
      needs: CROSS_ENTROPIES,
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
  summary: (p) => LOSSES[p.loss].label,
  infer: (_, [arrives = []]) => ({ ok: true, shape: arrives }),
  weights: () => [],
  cost: () => ({ macs: 0 }),
});
