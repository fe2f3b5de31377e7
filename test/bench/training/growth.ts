import * as tf from '@tensorflow/tfjs-core';
import type { LoadedDataset } from '../../../core/data/node.ts';
import type { LoomDocument } from '../../../core/document/index.ts';
import { Trainer } from '../../../core/engine/train/trainer.ts';

/** Tensors that exist: the native count where the backend has one, because TensorFlow.js's own does not see every leak there. */
export function tensorCount(): number {
  const { binding } = tf.backend() as unknown as { binding?: { getNumOfTensors(): number } };
  return binding ? binding.getNumOfTensors() : tf.memory().numTensors;
}

/** Bytes that the backend holds outside the JavaScript heap, where it can say: wasm's heap, webgpu's buffers. */
export function backendBytes(): number | null {
  const backend = tf.backend() as unknown as {
    wasm?: { HEAPU8: Uint8Array };
    bufferManager?: { numBytesAllocated: number };
  };
  return backend.wasm?.HEAPU8.length ?? backend.bufferManager?.numBytesAllocated ?? null;
}

/** Begins a training, lets it do this many steps, stops it and lets it go. `during` is called every hundredth step. */
export async function trainAndStop(
  document: LoomDocument,
  dataset: LoadedDataset,
  steps: number,
  during: (step: number) => void = () => undefined,
): Promise<void> {
  const trainer = new Trainer(document, dataset);
  const control = { wish: 'run' as 'run' | 'stop', resumed: async () => undefined };
  let next = 100;
  const watch = () => {
    if (trainer.state.step >= next) {
      during(trainer.state.step);
      next = trainer.state.step + 100;
    }
    if (trainer.state.step >= steps) control.wish = 'stop';
  };
  await trainer.run(control, { points: watch, save: async () => watch() });
  await trainer.takeBest();
  trainer.dispose();
}
