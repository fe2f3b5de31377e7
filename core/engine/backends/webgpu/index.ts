import * as tf from '@tensorflow/tfjs-core';
import { ProblemError } from '../../../errors.ts';
import { NOTHING_FUSED } from '../../train/step/fusedParts.ts';
import type { Backend } from '../backend.ts';
import { deviceLoss } from '../deviceLoss.ts';
import { type DawnPackage, findDawn } from './dawn.ts';
import { describeWebgpu } from './describeWebgpu.ts';
import type { Guard } from './guard.ts';
import { type Probe, probeAdapters } from './probe.ts';
import { startWebgpu } from './start.ts';

/** How long "nothing there" is believed: a driver may be installed meanwhile. A device that was found stays found. */
const NOTHING_MS = 10_000;

let probed: { readonly answer: Promise<Probe>; readonly at: number; found: boolean } | null = null;
let started: Promise<Guard> | null = null;

async function probe(dawn: DawnPackage): Promise<Probe> {
  if (!probed || (!probed.found && performance.now() - probed.at > NOTHING_MS))
    probed = { answer: probeAdapters(dawn), at: performance.now(), found: false };
  const asked = probed;
  const answer = await asked.answer;
  asked.found = answer.kind === 'found';
  return answer;
}

/** TensorFlow.js WebGPU kernels on Dawn: any vendor's GPU without CUDA. */
export const webgpuBackend: Backend = {
  name: 'webgpu',
  fuses: NOTHING_FUSED,
  async detect() {
    const dawn = findDawn();
    if (!dawn || process.versions.electron) return describeWebgpu(dawn, null, process.platform);
    return describeWebgpu(dawn, await probe(dawn), process.platform);
  },
  async activate() {
    const dawn = findDawn();
    if (!dawn)
      throw new ProblemError({ code: 'backend-unavailable', title: 'Backend', message: 'WebGPU is not installed.' });
    started ??= startWebgpu(dawn);
    const guard = await started.catch((error: unknown) => {
      started = null;
      throw error;
    });
    await tf.setBackend('webgpu');
    await tf.ready();
    await guard.startAfresh();
    const lost = deviceLoss();
    if (lost) throw lost;
    return {};
  },
};
