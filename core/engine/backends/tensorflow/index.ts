import { existsSync, readFileSync } from 'node:fs';
import { ProblemError } from '../../../errors.ts';
import { findInstalledTensorflow } from '../../install/location.ts';
import { releaseFor } from '../../install/release.ts';
import type { Backend } from '../backend.ts';
import { loadTensorflow } from './load.ts';

/** libtensorflow through @tensorflow/tfjs-node-gpu: CUDA where there is an NVIDIA GPU, oneDNN on the processor. */
export const tensorflowBackend: Backend = {
  name: 'tensorflow',
  async detect({ home }) {
    const installed = findInstalledTensorflow(home);
    if (installed !== null)
      return {
        available: true,
        device: installed.variant === 'cuda' ? `TensorFlow, CUDA, ${gpuName()}` : 'TensorFlow, oneDNN, processor',
        version: installed.version,
        reason: `Installed, ${Math.round(installed.bytes / 1e6)} MB in ${installed.dir}.`,
        howToGet: '',
        installedBytes: installed.bytes,
      };
    const release = releaseFor(process.platform, process.arch, existsSync('/proc/driver/nvidia/version'));
    if (!release.ok)
      return { available: false, device: 'TensorFlow', version: '', reason: release.error.message, howToGet: '' };
    const download = release.value.wheels.reduce((sum, wheel) => sum + wheel.bytes, 0);
    return {
      available: false,
      device: 'TensorFlow',
      version: '',
      reason: 'Not installed.',
      howToGet: `Run "layerloom engines install tensorflow" (downloads ${Math.round(download / 1e6)} MB).`,
      installs: { download, disk: release.value.installedBytes },
    };
  },
  async activate({ home }) {
    const installed = findInstalledTensorflow(home);
    if (installed === null)
      throw new ProblemError({
        code: 'backend-unavailable',
        title: 'Backend',
        message: 'TensorFlow is not installed.',
      });
    await loadTensorflow(installed.dir);
  },
};

/** Model name of the first NVIDIA card, as the driver tells it. */
function gpuName(): string {
  try {
    const info = readFileSync('/proc/driver/nvidia/version', 'utf8');
    return /NVRM version: (.*?) {2}/.exec(info)?.[1]?.trim() ?? 'NVIDIA GPU';
  } catch {
    return 'no NVIDIA driver found';
  }
}
