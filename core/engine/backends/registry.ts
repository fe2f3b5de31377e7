import * as tf from '@tensorflow/tfjs-core';
import { edit } from '../../edits.ts';
import { ProblemError } from '../../errors.ts';
import { readBenchmark } from '../benchmark/storedBenchmarks.ts';
import { mutex } from '../mutex.ts';
import type { BackendInfo, BackendName } from '../protocol.ts';
import { stateFusedParts } from '../train/step/fusedParts.ts';
import type { Backend, BackendEnvironment } from './backend.ts';
import { cpuBackend } from './cpu/index.ts';
import { registerGradients } from './gradients/index.ts';
import { processor } from './processor.ts';
import { tensorflowBackend } from './tensorflow/index.ts';
import { wasmBackend } from './wasm/index.ts';
import { webgpuBackend } from './webgpu/index.ts';

/** Every backend, in the order `auto` prefers them. A new one is a folder and a line here. */
const BACKENDS: readonly Backend[] = [tensorflowBackend, webgpuBackend, wasmBackend, cpuBackend];

/** Backends `auto` may take. `cpu` is the slow reference: only for those who name it. */
const AUTO: ReadonlySet<BackendName> = new Set(['tensorflow', 'webgpu', 'wasm']);

export interface ChosenBackend {
  readonly info: BackendInfo;
  /** Why this one, as a sentence. */
  readonly why: string;
}

/** All backends as they stand on this machine, with the one `auto` would take marked. */
export async function listBackends(environment: BackendEnvironment): Promise<BackendInfo[]> {
  const found = await Promise.all(
    BACKENDS.map(async ({ name, detect }): Promise<BackendInfo> => {
      const [info, measured] = await Promise.all([detect(environment), readBenchmark(environment.home, name)]);
      return {
        name,
        chosen: false,
        // Unless a backend says otherwise, it is the processor that computes.
        ...(info.available && { hardware: processor() }),
        ...info,
        ...(measured && { measured }),
      };
    }),
  );
  const chosen = found.find((info) => info.available && !info.software && AUTO.has(info.name));
  return found.map((info) => (info === chosen ? { ...info, chosen: true, why: explain('auto', info, found) } : info));
}

/**
 * Starts the requested backend, or for `auto` the first available in order of preference. Never falls back silently.
 * @throws ProblemError `backend-unavailable` with the reason and how to get it.
 */
export function activateBackend(
  requested: BackendName | 'auto',
  environment: BackendEnvironment,
): Promise<ChosenBackend> {
  return inTurn(() => activate(requested, environment));
}

// TensorFlow.js names a backend as its own while that backend is still starting: whoever asks meanwhile has to wait.
const inTurn = mutex();

async function activate(requested: BackendName | 'auto', environment: BackendEnvironment): Promise<ChosenBackend> {
  const all = await listBackends(environment);
  const info = all.find((candidate) => (requested === 'auto' ? candidate.chosen : candidate.name === requested));
  if (!info?.available) {
    const others = all.filter((candidate) => candidate.available).map((candidate) => candidate.name);
    throw new ProblemError({
      code: 'backend-unavailable',
      title: 'Backend',
      message: refusal(requested, info, others),
      facts: { requested, available: others },
      ...(requested !== 'auto' && {
        fixes: [
          {
            label: 'Choose the engine automatically',
            edit: edit('setTraining', { training: { backend: 'auto' } }),
          },
        ],
      }),
    });
  }
  const backend = BACKENDS.find((candidate) => candidate.name === info.name);
  if (!backend) throw new Error(`No backend ${info.name}`);
  // TensorFlow.js otherwise advertises its Node package on the console at every start.
  tf.env().set('PROD', true);
  stateFusedParts(backend.name, backend.fuses);
  const learnt = await backend.activate(environment);
  // Afterwards: a backend that brings a second copy of TensorFlow.js registers the stock gradients anew.
  registerGradients();
  return { info: { ...info, ...learnt }, why: explain(requested, info, all) };
}

const TITLES: { readonly [N in BackendName]: string } = {
  tensorflow: 'TensorFlow',
  webgpu: 'WebGPU',
  wasm: 'WebAssembly',
  cpu: 'plain JavaScript',
};

/** Why a backend that `auto` would rather have taken was not: "TensorFlow is not installed", "WebGPU found no graphics processor". */
function passedOver({ name, available, obstacle }: BackendInfo): string {
  const title = TITLES[name];
  if (available) return `${title} has only software that imitates a graphics processor`;
  if (obstacle === 'not-installed') return `${title} is not installed`;
  if (obstacle === 'no-device') return `${title} found no graphics processor`;
  return `${title} cannot be used here`;
}

/** What is asked for and cannot be had, why, how to get it, and what there is instead. */
function refusal(
  requested: BackendName | 'auto',
  info: BackendInfo | undefined,
  others: readonly BackendName[],
): string {
  const wanted =
    requested === 'auto'
      ? 'There is nothing here that could train.'
      : `${TITLES[requested]} is chosen to train with, but cannot be used here.`;
  const instead = others.length === 0 ? '' : `Available here: ${others.map((name) => TITLES[name]).join(', ')}.`;
  return [wanted, info?.reason ?? '', info?.howToGet ?? '', instead].filter((sentence) => sentence !== '').join(' ');
}

/** Why this backend: one calm sentence. The details are in each backend's own `reason`. */
export function explain(requested: BackendName | 'auto', info: BackendInfo, all: readonly BackendInfo[]): string {
  const title = TITLES[info.name];
  if (requested !== 'auto') return `Chosen in the training settings: ${title}.`;
  const reasons = all.slice(0, all.indexOf(info)).map(passedOver);
  return reasons.length === 0
    ? `Automatic: ${title}, the first choice.`
    : `Automatic: ${title}, because ${reasons.join(' and ')}.`;
}

/** Makes sure some backend is running, for work that does not name one (evaluation, export). */
export function ensureBackend(environment: BackendEnvironment): Promise<void> {
  return inTurn(async () => {
    if (!tf.getBackend()) await activate('auto', environment);
  });
}
