// Run by faults.test.ts in a process with a graphics device: what goes wrong on it, told by whom.
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers';
import { activateBackend } from '../../../../core/engine/backends/registry.ts';
import { toProblem } from '../../../../core/errors.ts';

async function report(name: string, attempt: () => Promise<unknown>): Promise<void> {
  const outcome = await attempt().then(
    (value) => ({ value }),
    (error: unknown) => ({ problem: toProblem(error) }),
  );
  process.stdout.write(`${JSON.stringify({ name, ...outcome })}\n`);
}

const environment = { home: '/nonexistent' };
await activateBackend('webgpu', environment);
const { device } = tf.backend() as WebGPUBackend;
const kept = tf.add(tf.fill([2000], 1), 1);
const firstOf = async (tensor: tf.Tensor) => (await tensor.data())[0];

await report('too large', async () => tf.fill([400_000_000], 1));
await report('still right', () => firstOf(kept));
const refuse = () => device.createBuffer({ size: 2 ** 31, usage: GPUBufferUsage.STORAGE });
refuse();
await report('refused', () => firstOf(tf.add(kept, 1)));
refuse();
await activateBackend('webgpu', environment);
await report('afresh', () => firstOf(tf.add(kept, 1)));
device.destroy();
await report('lost', () => firstOf(tf.add(kept, 2)));
await report('lost for good', () => activateBackend('webgpu', environment));
process.stdout.write('', () => process.exit(0));
