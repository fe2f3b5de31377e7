import { existsSync } from 'node:fs';
import { ProblemError } from '../../../errors.ts';
import type { Hardware } from '../../deviceFacts.ts';
import { findInstalledTensorflow } from '../../install/location.ts';
import { releaseFor } from '../../install/release.ts';
import type { Backend } from '../backend.ts';
import { processor } from '../processor.ts';
import { compileOrNot } from './graph/compileSteps.ts';
import { UPDATES_IN_PLACE } from './kernels/inPlaceWeights.ts';
import { loadTensorflow } from './load.ts';
import { nvidiaModel } from './nvidiaModel.ts';
import { nvidiaCards } from './nvidiaSmi.ts';

const PROCESSOR = 'TensorFlow, oneDNN, processor';

/** libtensorflow through @tensorflow/tfjs-node-gpu: CUDA where there is an NVIDIA GPU, oneDNN on the processor. */
export const tensorflowBackend: Backend = {
  name: 'tensorflow',
  fuses: { steps: compileOrNot, updates: UPDATES_IN_PLACE },
  async detect({ home }) {
    const installed = findInstalledTensorflow(home);
    if (installed !== null)
      return {
        available: true,
        device: installed.variant === 'cuda' ? `TensorFlow, CUDA, ${nvidiaModel() ?? 'no NVIDIA card'}` : PROCESSOR,
        version: installed.version,
        reason: `Installed, ${Math.round(installed.bytes / 1e6)} MB in ${installed.dir}.`,
        howToGet: '',
        installedBytes: installed.bytes,
        ...(installed.variant === 'cuda' && (await card())),
      };
    const release = releaseFor(process.platform, process.arch, existsSync('/proc/driver/nvidia/version'));
    if (!release.ok)
      return {
        available: false,
        device: 'TensorFlow',
        version: '',
        obstacle: 'unsupported',
        reason: release.error.message,
        howToGet: '',
      };
    const download = release.value.wheels.reduce((sum, wheel) => sum + wheel.bytes, 0);
    return {
      available: false,
      device: 'TensorFlow',
      version: '',
      obstacle: 'not-installed',
      reason: 'It is not installed.',
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
    const { usesGpu } = await loadTensorflow(installed.dir);
    // The library says nothing when it finds no card it can use, and computes on the processor.
    return installed.variant === 'cuda' && !usesGpu
      ? { device: `${PROCESSOR} (CUDA found no card it can use)`, hardware: processor() }
      : {};
  },
};

/** The card and its memory, as its driver tells of them; where it lists none, the processor computes. */
async function card(): Promise<{ hardware?: Hardware }> {
  const [first] = await nvidiaCards();
  if (first === undefined) return {};
  const { name, memoryTotal: total, memoryFree: free } = first;
  return { hardware: { kind: 'graphics', name, cores: null, memory: { total, free }, largestTensor: null } };
}
