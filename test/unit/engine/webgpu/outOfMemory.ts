// Run by faults.test.ts in a process with little room: tensors until the device has no more for another.
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers';
import { activateBackend } from '../../../../core/engine/backends/registry.ts';
import { toProblem } from '../../../../core/errors.ts';

/** 1 GB each, which the device takes in one tensor: where no other fits, there is room left for everything small. */
const FLOATS = 250_000_000;
const MOST = 16;

await activateBackend('webgpu', { home: '/nonexistent' });
const held: tf.Tensor[] = [];
const line = (value: object) => process.stdout.write(`${JSON.stringify(value)}\n`);
try {
  while (held.length < MOST) {
    const tensor = tf.fill([FLOATS], held.length);
    held.push(tensor);
    const values = await tf.slice(tensor, FLOATS - 1, 1).data();
    if (values[0] !== held.length - 1) throw new Error(`Tensor ${held.length - 1} holds ${values[0]}`);
  }
} catch (error) {
  line({ name: 'full', problem: toProblem(error) });
}
tf.dispose(held);
await activateBackend('webgpu', { home: '/nonexistent' });
const again = tf.fill([FLOATS], 7);
line({ name: 'afterwards', value: (await tf.slice(again, FLOATS - 1, 1).data())[0] });
process.stdout.write('', () => process.exit(0));
