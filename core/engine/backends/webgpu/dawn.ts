import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { engineModuleUrl } from '../engineModuleUrl.ts';

/** What the npm package `webgpu` gives: Dawn, the WebGPU implementation of Chromium, as a Node addon. */
interface DawnModule {
  create(options: string[]): GPU;
  /** GPUBuffer, GPUBufferUsage, ...: what a browser has as globals. */
  readonly globals: object;
}

export interface DawnPackage {
  readonly version: string;
  /** For `import()`. */
  readonly url: string;
}

/** Where Dawn is, or null: it is an optional dependency. */
export function findDawn(): DawnPackage | null {
  try {
    const require = createRequire(engineModuleUrl());
    const { version } = require('webgpu/package.json') as { version: string };
    return { version, url: pathToFileURL(require.resolve('webgpu')).href };
  } catch {
    return null;
  }
}

/** Names one adapter (a part of its name is enough) instead of the one the system prefers for heavy work. */
export const ADAPTER_VARIABLE = 'LAYERLOOM_WEBGPU_ADAPTER';

/** Options for Dawn's `create`. */
export function dawnOptions(env: NodeJS.ProcessEnv): string[] {
  const adapter = env[ADAPTER_VARIABLE];
  return adapter ? [`adapter=${adapter}`] : [];
}

let gpu: GPU | null = null;

/** Loads Dawn into this process and puts it where TensorFlow.js looks for it, as in a browser. */
export async function loadDawn({ url }: DawnPackage): Promise<GPU> {
  if (gpu) return gpu;
  const { create, globals } = (await import(url)) as DawnModule;
  Object.assign(globalThis, globals);
  gpu = create(dawnOptions(process.env));
  // Node 20 has no navigator, later ones have one that cannot be replaced but can be added to.
  if (!globalThis.navigator) Object.defineProperty(globalThis, 'navigator', { value: {}, configurable: true });
  Object.defineProperty(globalThis.navigator, 'gpu', { value: gpu, configurable: true });
  return gpu;
}
