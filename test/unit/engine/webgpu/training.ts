// Run by training.test.ts in a process with a graphics device: whole trainings, on webgpu and on the cpu reference.
import * as tf from '@tensorflow/tfjs-core';
import { loadDataset } from '../../../../core/data/node.ts';
import type { LoomDocument } from '../../../../core/document/index.ts';
import { activateBackend } from '../../../../core/engine/backends/registry.ts';
import { Trainer } from '../../../../core/engine/train/trainer.ts';
import { findTemplate } from '../../../../core/templates/index.ts';
import { design, irisPerceptron } from '../designs.ts';

const environment = { home: '/nonexistent' };
const convNet = design(
  [
    { type: 'Input', name: 'measures', params: { shape: [4] } },
    { type: 'Reshape', name: 'picture', params: { targetShape: [2, 2, 1] } },
    { type: 'Conv2D', name: 'conv', params: { filters: 4, kernelSize: [3, 3], padding: 'same', activation: 'relu' } },
    { type: 'BatchNorm', name: 'norm' },
    { type: 'MaxPool2D', name: 'pool' },
    { type: 'Flatten', name: 'flat' },
    { type: 'Dense', name: 'answer', params: { units: 3, activation: 'softmax' } },
    { type: 'Output', name: 'species' },
  ],
  { kind: 'builtin', id: 'iris' },
  { epochs: 3, batchSize: 16, learningRate: 0.01 },
);

function report(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

/** Trains to the end: every measured value of every point, in order, and where they were computed. */
async function curve(document: LoomDocument, backend: 'cpu' | 'webgpu'): Promise<number[]> {
  await activateBackend(backend, environment);
  const trainer = new Trainer(document, await loadDataset(document.data, null));
  const values: number[] = [];
  await trainer.run(
    { wish: 'run', resumed: async () => undefined },
    {
      points: (points) => values.push(...points.flatMap((point) => Object.values(point.values))),
      save: async () => void (await trainer.takeBest()),
    },
  );
  trainer.dispose();
  return values;
}

function limited(document: LoomDocument, epochs: number): LoomDocument {
  return { ...document, training: { ...document.training, epochs } };
}

const xor = findTemplate('xor-mlp')?.create();
if (!xor) throw new Error('No template xor-mlp');
const subjects = { xor: limited(xor, 5), perceptron: irisPerceptron({ epochs: 2 }), 'conv net': convNet };
for (const [name, document] of Object.entries(subjects)) {
  const cpu = await curve(document, 'cpu');
  const webgpu = await curve(document, 'webgpu');
  report({ name, cpu, webgpu, again: await curve(document, 'webgpu') });
}

const used: object[] = [];
for (let i = 0; i < 8; i++) {
  await curve(limited(convNet, 1), 'webgpu');
  // Frees what the training before this has left to be used again.
  await activateBackend('webgpu', environment);
  const { numTensors } = tf.memory();
  const { numBytesAllocatedInGPU } = tf.memory() as unknown as { numBytesAllocatedInGPU: number };
  used.push({ numTensors, dataIds: tf.engine().backend.numDataIds(), allocated: numBytesAllocatedInGPU });
}
report({ name: 'memory', used });
process.stdout.write('', () => process.exit(0));
