import { emptyDocument } from '../../../../core/document/index.ts';
import { chain, DIGITS, PRICES, type Step, tamper } from '../smallDesigns.ts';
import type { Broken } from './broken.ts';

const SOFTMAX_HEAD: readonly Step[] = [['Softmax'], ['Output']];

/** Layers that are not there, not known, or set to what cannot be. */
export const LAYERS: readonly Broken[] = [
  {
    title: 'an empty canvas',
    code: 'empty-network',
    document: emptyDocument(),
    dataset: DIGITS,
    says: 'There are no layers yet.',
    fix: 'Add an Input',
  },
  {
    title: 'no Input',
    code: 'no-input',
    document: chain(['Dense', { units: 10 }], ...SOFTMAX_HEAD),
    dataset: null,
    says: 'The network has no Input',
    fix: 'Put an Input before “dense_1”',
  },
  {
    title: 'no Output',
    code: 'no-output',
    document: chain(['Input', { shape: [4] }], ['Dense', { units: 1 }]),
    dataset: PRICES,
    says: 'The network has no Output',
    fix: 'Put an Output after “dense_1”',
  },
  {
    title: 'an unknown layer',
    code: 'unknown-layer',
    document: tamper(chain(['Input'], ['Dense'], ['Softmax'], ['Output']), (graph) => {
      graph.nodes.n2!.type = 'Capsule';
    }),
    dataset: null,
    says: '“dense_1” is a “Capsule” layer',
    fix: 'Delete “dense_1”',
  },
  {
    title: 'a layer of a later version',
    code: 'newer-layer',
    document: tamper(chain(['Input'], ['Dense'], ['Softmax'], ['Output']), (graph) => {
      graph.nodes.n2!.typeVersion = 99;
    }),
    dataset: null,
    says: '“dense_1” is a Dense as a later version of Layerloom writes it (99;',
    fix: 'Take “dense_1” as this version has it',
  },
  {
    title: 'a value out of bounds',
    code: 'invalid-param',
    document: tamper(chain(['Input'], ['Dense'], ['Softmax'], ['Output']), (graph) => {
      graph.nodes.n2!.params.units = 0;
    }),
    dataset: null,
    says: 'In “dense_1”: Units',
    fix: 'Set units back to 32',
  },
  {
    title: 'label smoothing on a loss for numbers',
    code: 'idle-param',
    document: chain(
      ['Input', { shape: [4] }],
      ['Dense', { units: 1 }],
      ['Output', { loss: 'meanSquaredError', labelSmoothing: 0.1 }],
    ),
    dataset: PRICES,
    says: 'Label smoothing of “output_1” is set, but has no effect while Loss is mean squared error.',
    fix: 'Set label smoothing back',
  },
  {
    title: 'logits for a loss that knows none',
    code: 'idle-param',
    document: chain(
      ['Input', { shape: [4] }],
      ['Dense', { units: 1 }],
      ['Output', { loss: 'huber', fromLogits: true }],
    ),
    dataset: PRICES,
    says: 'Input is logits of “output_1” is set, but has no effect while Loss is Huber.',
    fix: 'Set input is logits back',
  },
  {
    title: 'a seed for masks that no dropout makes',
    code: 'idle-param',
    document: chain(
      ['Input', { shape: [5, 4] }],
      ['GRU', { seed: 3 }],
      ['Dense', { units: 1 }],
      ['Output', { loss: 'meanSquaredError' }],
    ),
    dataset: null,
    says: 'Seed of “gru_1” is set, but has no effect while Dropout is 0 and Recurrent dropout is 0.',
    fix: 'Set seed back',
  },
  {
    title: 'a network without weights',
    code: 'nothing-to-train',
    document: chain(['Input', { shape: [1] }], ['ReLU'], ['Output', { loss: 'meanSquaredError' }]),
    dataset: null,
    says: 'No layer of the network has weights to train',
    fix: 'Insert a Dense after “relu_1”',
  },
  {
    title: 'a loss that counts nothing',
    code: 'no-loss-counts',
    document: chain(
      ['Input', { shape: [4] }],
      ['Dense', { units: 1 }],
      ['Output', { loss: 'meanSquaredError', lossWeight: 0 }],
    ),
    dataset: PRICES,
    says: 'no weight would ever change',
    fix: 'Set the weight to 1',
  },
  {
    title: 'a moving variance below zero',
    code: 'negative-variance',
    document: chain(
      ['Input', { shape: [4] }],
      ['BatchNorm', { movingVarianceInitializer: { name: 'constant', value: -0.5 } }],
      ['Dense', { units: 1 }],
      ['Output', { loss: 'meanSquaredError' }],
    ),
    dataset: PRICES,
    says: 'starts at -0.5. A variance is never negative',
    fix: 'Start it at one',
  },
  {
    title: 'a moving variance drawn around zero',
    code: 'negative-variance',
    document: chain(
      ['Input', { shape: [4] }],
      ['BatchNorm', { movingVarianceInitializer: { name: 'randomUniform', min: -0.05, max: 0.05 } }],
      ['Dense', { units: 1 }],
      ['Output', { loss: 'meanSquaredError' }],
    ),
    dataset: PRICES,
    says: 'from -0.05 on',
    fix: 'Start it at one',
  },
  {
    title: 'a bias that starts as an orthogonal matrix',
    code: 'orthogonal-vector',
    document: chain(
      ['Input', { shape: [4] }],
      ['Dense', { units: 1, biasInitializer: { name: 'orthogonal', gain: 1 } }],
      ['Output', { loss: 'meanSquaredError' }],
    ),
    dataset: PRICES,
    says: 'Only a matrix can be orthogonal',
    fix: 'Start it with zeros',
  },
  {
    title: 'an illegal name',
    code: 'invalid-name',
    document: tamper(chain(['Input'], ['Dense'], ['Softmax'], ['Output']), (graph) => {
      graph.nodes.n2!.name = '2nd layer';
    }),
    dataset: null,
    says: '“2nd layer” cannot be a layer’s name',
    fix: 'Rename it to “layer_2nd_layer”',
  },
  {
    title: 'two layers of one name',
    code: 'duplicate-name',
    document: tamper(chain(['Input'], ['Dense'], ['Dense'], ['Softmax'], ['Output']), (graph) => {
      graph.nodes.n3!.name = 'dense_1';
    }),
    dataset: null,
    says: 'Two layers are called “dense_1”.',
    fix: 'Rename it to “dense_2”',
  },
  {
    title: 'two linear layers',
    code: 'linear-stack',
    document: chain(['Input'], ['Dense', { units: 3 }], ['Dropout'], ['Dense', { units: 3 }], ['Softmax'], ['Output']),
    dataset: null,
    says: '“dense_1” and “dense_2” follow each other with no activation between',
    fix: 'Insert a ReLU between',
  },
];
