import { edited } from '../../../edits.ts';
import { chain, DIGITS, type Step, tamper, wire } from '../smallDesigns.ts';
import type { Broken } from './broken.ts';

const SOFTMAX_HEAD: readonly Step[] = [['Softmax'], ['Output']];

/** Wires that lead nowhere, in a circle, or between shapes that do not fit. */
export const WIRES: readonly Broken[] = [
  {
    title: 'two wires into a single input',
    code: 'misplaced-wire',
    document: tamper(chain(['Input'], ['Dense'], ['Softmax'], ['Output']), (graph) => {
      graph.edges.e9 = { id: 'e9', source: 'n1', sourcePort: 'out', target: 'n3', targetPort: 'in', order: 1 };
    }),
    dataset: null,
    says: '“softmax_1” takes one wire, but another arrives from “input_1”.',
    fix: 'Remove the wire from “input_1”',
  },
  {
    title: 'a wire to a port that is not there',
    code: 'misplaced-wire',
    document: tamper(chain(['Input'], ['Dense'], ['Softmax'], ['Output']), (graph) => {
      graph.edges.e9 = { id: 'e9', source: 'n1', sourcePort: 'out', target: 'n3', targetPort: 'state', order: 0 };
    }),
    dataset: null,
    says: 'ends at “state” of “softmax_1”, which has no input of that name',
    fix: 'Remove the wire from “input_1”',
  },
  {
    title: 'a layer nothing arrives at',
    code: 'unconnected-input',
    document: edited(chain(['Input'], ['Dense'], ['Softmax'], ['Output']), 'disconnect', { edgeId: 'e1' }),
    dataset: null,
    says: 'Nothing arrives at “dense_1”.',
    fix: null,
  },
  {
    title: 'an attention with a key and no value',
    code: 'unconnected-input',
    document: edited(
      chain(['Input', { shape: [6, 4] }], ['MultiHeadAttention'], ['Flatten'], ['Dense'], ['Softmax'], ['Output']),
      'connect',
      { source: 'n1', sourcePort: 'out', target: 'n2', targetPort: 'key' },
    ),
    dataset: null,
    says: 'Nothing arrives at the input Value of “multi_head_attention_1”, although Query and Key have wires.',
    fix: null,
  },
  {
    title: 'an attention to a map',
    code: 'rank-mismatch',
    document: edited(
      edited(
        chain(['Input', { shape: [6, 4] }], ['MultiHeadAttention'], ['Flatten'], ['Dense'], ['Softmax'], ['Output']),
        'addNode',
        { type: 'Input', params: { shape: [8, 8, 3] }, position: { x: 0, y: 120 } },
      ),
      'connect',
      { source: 'n7', sourcePort: 'out', target: 'n2', targetPort: 'value' },
    ),
    dataset: null,
    says: 'its value is 8×8×3, of rank 3. Reshape it so that its positions stand in one row.',
    fix: 'Reshape to 64×3',
  },
  {
    title: 'a circle',
    code: 'cycle',
    document: tamper(chain(['Input'], ['Add'], ['ReLU'], ['Softmax'], ['Output']), (graph) => {
      graph.edges.e9 = { id: 'e9', source: 'n3', sourcePort: 'out', target: 'n2', targetPort: 'in', order: 1 };
    }),
    dataset: null,
    says: 'The wires of “add_1” and “relu_1” run in a circle',
    fix: 'Remove the wire from “relu_1” to “add_1”',
  },
  {
    title: 'an Add of two shapes',
    code: 'merge-shape-mismatch',
    document: wire(
      chain(
        ['Input', { shape: [8, 8, 1] }],
        ['Conv2D', { filters: 16, padding: 'same' }],
        ['Add'],
        ['GlobalAveragePool2D'],
        ['Dense', { units: 10 }],
        ...SOFTMAX_HEAD,
      ),
      'n1',
      'n3',
    ),
    dataset: DIGITS,
    says: 'input 1 is 8×8×16 and input 2 is 8×8×1',
    fix: 'Insert a 1×1 projection to 16 channels',
  },
  {
    title: 'a residual block without padding',
    code: 'merge-shape-mismatch',
    document: wire(
      chain(
        ['Input', { shape: [8, 8, 1] }],
        ['Conv2D', { filters: 16, kernelSize: [4, 4] }],
        ['ReLU'],
        ['Add'],
        ['GlobalAveragePool2D'],
        ['Dense', { units: 10 }],
        ...SOFTMAX_HEAD,
      ),
      'n1',
      'n4',
    ),
    dataset: DIGITS,
    says: 'input 1 is 5×5×16 and input 2 is 8×8×1. The cause is “conv2d_1”: without padding it makes the map smaller',
    fix: 'Set the padding of “conv2d_1” to same, and insert a 1×1 projection to 16 channels',
  },
  {
    title: 'an LSTM behind one that gives its last state',
    code: 'rank-mismatch',
    document: chain(['Input', { shape: [8, 8] }], ['LSTM'], ['LSTM'], ['Dense', { units: 10 }], ...SOFTMAX_HEAD),
    dataset: null,
    says: 'The cause is “lstm_1”, which gives its last state alone instead of one for each step.',
    fix: 'Have “lstm_1” return sequences',
  },
  {
    title: 'Dense on a feature map',
    code: 'output-rank',
    document: chain(
      ['Input', { shape: [8, 8, 1] }],
      ['Conv2D'],
      ['Dense', { activation: 'relu' }],
      ['Dense', { units: 10 }],
      ...SOFTMAX_HEAD,
    ),
    dataset: DIGITS,
    says: '“dense_1” works on the last axis of a map alone, so it gives 6×6×10',
    fix: 'Insert a Flatten before “dense_1”',
  },
  {
    title: 'a layer that leads nowhere',
    code: 'unreachable',
    document: wire(
      edited(chain(['Input'], ['Dense', { units: 3 }], ['Softmax'], ['Output']), 'addNode', {
        type: 'Dense',
        position: { x: 170, y: 120 },
      }),
      'n1',
      'n5',
    ),
    dataset: null,
    says: '“dense_2” is not on a path from an Input to an Output',
    fix: 'Delete “dense_2”',
  },
];
