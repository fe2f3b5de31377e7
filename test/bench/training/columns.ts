import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { activateBackend } from '../../../core/engine/backends/registry.ts';
import { bindingPath, findInstalledTensorflow } from '../../../core/engine/install/location.ts';
import { Trainer } from '../../../core/engine/train/trainer.ts';
import { CLASSES, datasetOf, documentOf, type Net } from './nets.ts';

/** What one column's process says of one network. */
export interface Figures {
  /** Milliseconds a training step, one number for each epoch after the first. */
  readonly steps: readonly number[];
  /** Milliseconds from having the data to the end of the first step: building, allocating, compiling. */
  readonly firstStep: number;
  readonly peakMegabytes: number;
}

const peak = () => process.resourceUsage().maxRSS / 1024;

/** Layerloom's own training on one of its backends. */
export async function loom(net: Net, backend: 'tensorflow' | 'wasm', home: string, epochs: number): Promise<Figures> {
  await activateBackend(backend, { home });
  const dataset = datasetOf(net);
  const begun = performance.now();
  const trainer = new Trainer(documentOf(net, epochs + 1), dataset);
  const steps: number[] = [];
  let firstStep = 0;
  let last = performance.now();
  await trainer.run(
    { wish: 'run', resumed: async () => undefined },
    {
      points(points) {
        firstStep ||= performance.now() - begun;
        for (const point of points) {
          if (point.kind !== 'epoch') continue;
          const now = performance.now();
          steps.push((now - last) / net.steps);
          last = now;
        }
      },
      save: async () => undefined,
    },
  );
  trainer.dispose();
  return { steps: steps.slice(1), firstStep, peakMegabytes: peak() };
}

/** The exported model under TensorFlow.js's own `fit`, with nothing of Layerloom's in the process's kernels or layers. */
export async function stock(
  net: Net,
  backend: 'tensorflow' | 'wasm' | 'cpu',
  home: string,
  folder: string,
  epochs: number,
): Promise<Figures> {
  await startStock(backend, home);
  const model = await tfl.loadLayersModel(fileHandler(join(folder, 'tfjs')));
  model.compile({ optimizer: tf.train.adam(0.001), loss: 'categoricalCrossentropy', metrics: ['accuracy'] });
  const { fields } = datasetOf(net);
  const [features, label] = [fields.features, fields.label];
  if (!features || !label) throw new Error('The data have two fields');
  // Plain JavaScript is so slow that a few steps must do.
  const stepsAnEpoch = backend === 'cpu' ? 1 : net.steps;
  const samples = stepsAnEpoch * net.batch;
  const size = net.shape.reduce((a, b) => a * b, 1);
  const x = tf.tensor(features.data.subarray(0, samples * size), [samples, ...net.shape]);
  const y = tf.tidy(() =>
    tf.cast(tf.oneHot(tf.tensor1d(Int32Array.from(label.data.subarray(0, samples)), 'int32'), CLASSES), 'float32'),
  );
  const begun = performance.now();
  const steps: number[] = [];
  let firstStep = 0;
  let last = begun;
  await model.fit(x, y, {
    batchSize: net.batch,
    epochs: backend === 'cpu' ? 2 : epochs + 1,
    shuffle: true,
    verbose: 0,
    callbacks: {
      onBatchEnd: () => {
        firstStep ||= performance.now() - begun;
      },
      onEpochEnd: () => {
        const now = performance.now();
        steps.push((now - last) / stepsAnEpoch);
        last = now;
      },
    },
  });
  return { steps: steps.slice(1), firstStep, peakMegabytes: peak() };
}

async function startStock(backend: 'tensorflow' | 'wasm' | 'cpu', home: string): Promise<void> {
  tf.env().set('PROD', true);
  const require = createRequire(import.meta.url);
  if (backend === 'tensorflow') {
    const installed = findInstalledTensorflow(home);
    if (!installed) throw new Error('TensorFlow is not installed');
    const { NodeJSKernelBackend } = require('@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend') as {
      NodeJSKernelBackend: new (binding: unknown, packageName: string) => tf.KernelBackend;
    };
    require('@tensorflow/tfjs-node-gpu/dist/register_all_kernels');
    const binding: unknown = require(bindingPath(installed.dir));
    tf.registerBackend('tensorflow', () => new NodeJSKernelBackend(binding, '@tensorflow/tfjs-node-gpu'));
  } else if (backend === 'wasm') {
    const wasm = await import('@tensorflow/tfjs-backend-wasm');
    wasm.setWasmPaths(dirname(require.resolve('@tensorflow/tfjs-backend-wasm')) + sep);
  } else await import('@tensorflow/tfjs-backend-cpu');
  await tf.setBackend(backend);
  await tf.ready();
}

function fileHandler(folder: string): tf.io.IOHandler {
  return {
    async load() {
      const { modelTopology, weightsManifest } = JSON.parse(readFileSync(join(folder, 'model.json'), 'utf8'));
      const [{ paths, weights }] = weightsManifest;
      const bytes = readFileSync(join(folder, paths[0]));
      const weightData = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
      return { modelTopology, weightSpecs: weights, weightData };
    },
  };
}
