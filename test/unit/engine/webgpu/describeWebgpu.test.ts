import { describe, expect, test, vi } from 'vitest';
import { ADAPTER_VARIABLE } from '../../../../core/engine/backends/webgpu/dawn.ts';
import { describeWebgpu } from '../../../../core/engine/backends/webgpu/describeWebgpu.ts';
import { type AdapterFacts, type Probe, probeAdapters } from '../../../../core/engine/backends/webgpu/probe.ts';

const dawn = { version: '1.2.3', url: 'file:///nowhere/webgpu.js' };
const card: AdapterFacts = {
  vendor: 'nvidia',
  architecture: 'ampere',
  device: 'nvidia-geforce-rtx-3060',
  description: 'NVIDIA: 550.54',
  isFallbackAdapter: false,
  maxStorageBufferBindingSize: 2 ** 31 - 4,
  maxBufferSize: 2 ** 32,
};
const found = (adapter: Partial<AdapterFacts>, names: readonly string[] = []): Probe => ({
  kind: 'found',
  adapter: { ...card, ...adapter },
  names,
});
const none: Probe = { kind: 'none', names: [], warnings: '' };

describe('what is said of WebGPU', () => {
  test('a card by its full name, with what it takes and what else there is', () => {
    const info = describeWebgpu(dawn, found({}, ['NVIDIA GeForce RTX 3060', 'Intel(R) UHD Graphics 770']), 'linux');
    expect(info).toMatchObject({ available: true, device: 'WebGPU, NVIDIA GeForce RTX 3060', version: '1.2.3' });
    expect(info.software).toBeUndefined();
    expect(info.reason).toContain('up to 2,047 MiB');
    expect(info.reason).toContain(`Others here: Intel(R) UHD Graphics 770. The variable ${ADAPTER_VARIABLE}`);
  });

  test.each([
    [{ isFallbackAdapter: true }],
    [{ description: 'llvmpipe (LLVM 15)' }],
    [{ device: 'microsoft-basic-render-driver', description: 'Microsoft Basic Render Driver' }],
  ])('%j is software', (adapter) => {
    expect(describeWebgpu(dawn, found(adapter), 'linux').software).toBe(true);
  });

  test.each([
    ['no package', null, null, 'linux', /npm package webgpu is not beside/, /npm install webgpu/],
    [
      'no loader',
      dawn,
      { ...none, warnings: "Couldn't load Vulkan: libvulkan.so.1" },
      'linux',
      /libvulkan.so.1/,
      /libvulkan1/,
    ],
    ['no driver on Linux', dawn, none, 'linux', /No driver/, /mesa-vulkan-drivers/],
    ['no driver on Windows', dawn, none, 'win32', /No driver/, /Direct3D 12/],
    ['crash', dawn, { kind: 'broken', how: 'crashed', detail: 'SIGSEGV' }, 'linux', /crashed \(SIGSEGV\)/, /Update/],
    ['hang', dawn, { kind: 'broken', how: 'hung', detail: '5 s' }, 'linux', /within 5 s/, /Update/],
    ['failure', dawn, { kind: 'broken', how: 'failed', detail: 'no GLIBC_2.34' }, 'linux', /GLIBC_2.34/, /built for/],
  ] as const)('%s: why, and what to do', (_, where, probe, platform, reason, howToGet) => {
    const info = describeWebgpu(where, probe, platform);
    expect(info).toMatchObject({ available: false, device: 'WebGPU' });
    expect(info.reason).toMatch(reason);
    expect(info.howToGet).toMatch(howToGet);
  });

  test('an adapter that was asked for and is not there', () => {
    vi.stubEnv(ADAPTER_VARIABLE, 'Voodoo');
    const info = describeWebgpu(dawn, { ...none, names: ['Intel Arc'] }, 'linux');
    expect(info.reason).toContain('“Voodoo”, which is not among the graphics devices here: Intel Arc');
    vi.unstubAllEnvs();
  });
});

describe('asking the drivers', () => {
  const program = (text: string) => ({ version: '', url: `data:text/javascript,${encodeURIComponent(text)}` });

  test('a driver that crashes takes only its own process along', async () => {
    const probe = await probeAdapters(program("export const create = () => process.kill(process.pid, 'SIGSEGV');"));
    expect(probe).toMatchObject({ kind: 'broken', how: 'crashed', detail: 'SIGSEGV' });
  });

  test('an addon that cannot be loaded says why', async () => {
    const probe = await probeAdapters(program("throw new Error('no dawn.node for this system');"));
    expect(probe).toMatchObject({ kind: 'broken', how: 'failed', detail: expect.stringContaining('no dawn.node') });
  });

  test('a driver that hangs is given up', async () => {
    const probe = await probeAdapters(program('while (true);'));
    expect(probe).toMatchObject({ kind: 'broken', how: 'hung' });
  });
});
