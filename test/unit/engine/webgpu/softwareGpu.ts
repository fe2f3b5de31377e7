import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { ADAPTER_VARIABLE, findDawn } from '../../../../core/engine/backends/webgpu/dawn.ts';
import { probeAdapters } from '../../../../core/engine/backends/webgpu/probe.ts';

/** Folders of Chromium, which brings a Vulkan loader and SwiftShader, a driver that computes on the processor. */
function chromiumFolders(): string[] {
  const cache = process.env.PLAYWRIGHT_BROWSERS_PATH || join(homedir(), '.cache', 'ms-playwright');
  const downloaded = existsSync(cache) ? readdirSync(cache).map((name) => join(cache, name, 'chrome-linux')) : [];
  return ['/usr/lib/chromium', '/usr/lib/chromium-browser', '/opt/google/chrome', ...downloaded];
}

export interface TestGpu {
  /** Environment in which a process finds it; null when none can be had. */
  readonly env: NodeJS.ProcessEnv | null;
  /** Why there is none. */
  readonly reason: string;
}

/** A software graphics device for tests. Real ones are left alone: their numbers differ from card to card. */
export async function testGpu(): Promise<TestGpu> {
  const dawn = findDawn();
  if (!dawn) return { env: null, reason: 'the npm package webgpu is not installed' };
  if (process.platform !== 'linux') return { env: null, reason: 'SwiftShader is looked for on Linux only' };
  const folder = chromiumFolders().find((path) => existsSync(join(path, 'vk_swiftshader_icd.json')));
  if (!folder) return { env: null, reason: 'no Chromium with SwiftShader is installed' };
  const driver = join(folder, 'vk_swiftshader_icd.json');
  const paths = [folder, process.env.LD_LIBRARY_PATH].filter((path) => path);
  const env = {
    ...process.env,
    VK_ICD_FILENAMES: driver,
    VK_DRIVER_FILES: driver,
    LD_LIBRARY_PATH: paths.join(':'),
    [ADAPTER_VARIABLE]: 'SwiftShader',
  };
  const probe = await probeAdapters(dawn, env);
  return probe.kind === 'found'
    ? { env, reason: '' }
    : { env: null, reason: `SwiftShader in ${folder} does not answer` };
}
