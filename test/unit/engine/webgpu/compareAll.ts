// Run in a process with a graphics device: every catalogue layer and every kernel on webgpu and on the cpu reference.
import * as tf from '@tensorflow/tfjs-core';
import { buildLayer, forwardTensor, gradientTensors, sampleOf, setWeights } from '../../../conformance/builtLayer.ts';
import { LAYER_CASES } from '../../../conformance/cases/index.ts';
import type { LayerCase } from '../../../conformance/layerCase.ts';
import { KERNEL_CASES, kernelTensors } from '../kernelCases.ts';
import { compare } from './compare.ts';

/** Output, every gradient and every weight after one pass in training, of one layer. */
function layerTensors(layerCase: LayerCase): (tf.Tensor | null)[] {
  const built = buildLayer(layerCase);
  const sample = sampleOf(layerCase, built);
  setWeights(built, sample);
  const { inputs, weights } = gradientTensors(layerCase, built, sample, true);
  // Moving averages have moved.
  const after = built.weights.map(({ variable }) => tf.clone(variable));
  setWeights(built, sample);
  return [forwardTensor(layerCase, built, sample.inputs), ...inputs, ...weights, ...after];
}

const subjects = [
  // Ties: its shaders choose otherwise which of several largest values gets the gradient.
  ...LAYER_CASES.filter(({ type, name }) => type !== 'Input' && type !== 'Output' && name !== 'ties').map((item) => ({
    name: `${item.type}: ${item.name}`,
    compute: () => layerTensors(item),
  })),
  ...KERNEL_CASES.map((item) => ({ name: `kernel ${item.name}`, compute: () => kernelTensors(item) })),
];
const only = process.argv[2] ?? '';
for (const { name, compute } of subjects.filter((subject) => subject.name.includes(only)))
  process.stdout.write(`${JSON.stringify(await compare(name, compute))}\n`);
process.stdout.write('', () => process.exit(0));
