// The engine process, whose graphics device is taken away as soon as a file `lose` lies in the user's data folder.
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';
import '../../../../core/engine/process.ts';

const sign = join(process.env.LAYERLOOM_HOME ?? '', 'lose');
setInterval(() => {
  if (!existsSync(sign) || tf.getBackend() !== 'webgpu') return;
  rmSync(sign);
  (tf.backend() as WebGPUBackend).device.destroy();
}, 5);
