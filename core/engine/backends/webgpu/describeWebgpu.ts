import type { BackendInfo } from '../../protocol.ts';
import { ADAPTER_VARIABLE, type DawnPackage } from './dawn.ts';
import type { AdapterFacts, Probe } from './probe.ts';

type Description = Omit<BackendInfo, 'name' | 'chosen'>;

/** Drivers that compute on the processor, for those that do not say so themselves. */
const SOFTWARE = /swiftshader|llvmpipe|lavapipe|basic render/i;

const DRIVER_HINTS: { readonly [platform: string]: string } = {
  linux:
    'Install the Vulkan driver of your graphics card (NVIDIA: its own driver; AMD and Intel: the package mesa-vulkan-drivers), then look again.',
  win32: 'Install the driver of your graphics card from its maker; it needs Direct3D 12.',
  darwin: 'WebGPU needs a Mac with Metal, and a session with access to it.',
};

/** What `layerloom engines` and the Device section say of WebGPU on this machine. */
export function describeWebgpu(dawn: DawnPackage | null, probe: Probe | null, platform: string): Description {
  if (!dawn)
    return unavailable(
      'not-installed',
      '',
      'Not installed: the npm package webgpu is not beside the engine.',
      'Run "npm install webgpu" in Layerloom\u2019s folder, or "npm ci" without leaving out optional packages.',
    );
  const { version } = dawn;
  if (process.versions.electron)
    return unavailable(
      'unsupported',
      version,
      'Dawn cannot run inside Electron.',
      'Name a Node.js to run the engine in, in the environment variable LAYERLOOM_NODE.',
    );
  if (!probe) throw new Error('Dawn is here, but nobody has asked it');
  if (probe.kind === 'broken') return broken(version, probe);
  if (probe.kind === 'none') return none(version, probe, platform);
  return found(version, probe);
}

function found(version: string, { adapter, names }: Extract<Probe, { kind: 'found' }>): Description {
  const device = adapterName(adapter, names);
  const software = isSoftware(adapter, device);
  const others = names.filter((name) => name !== device);
  const sentences = [
    software
      ? 'Software that imitates a graphics processor, far slower than wasm. Used only when asked for by name.'
      : `Graphics processor driven through Dawn; one tensor may take up to ${mib(largestTensor(adapter))} MiB.`,
    others.length > 0
      ? `Others here: ${others.join(', ')}. The variable ${ADAPTER_VARIABLE} names the one to use.`
      : '',
  ];
  return {
    available: true,
    device: `WebGPU, ${device}`,
    version,
    reason: sentences.filter((sentence) => sentence !== '').join(' '),
    howToGet: '',
    hardware: {
      kind: software ? 'processor' : 'graphics',
      name: device,
      cores: null,
      memory: null,
      largestTensor: largestTensor(adapter),
    },
    ...(software && { software }),
  };
}

function none(version: string, { names, warnings }: Extract<Probe, { kind: 'none' }>, platform: string): Description {
  const asked = process.env[ADAPTER_VARIABLE];
  if (asked && names.length > 0)
    return unavailable(
      'no-device',
      version,
      `${ADAPTER_VARIABLE} asks for “${asked}”, which is not among the graphics devices here: ${names.join(', ')}.`,
      'Change or remove the variable, then start Layerloom again.',
    );
  if (platform === 'linux' && /couldn't load vulkan/i.test(warnings))
    return unavailable(
      'no-device',
      version,
      'No graphics processor can be reached: the Vulkan loader (libvulkan.so.1) is missing.',
      'Install the driver of your graphics card and the Vulkan loader (libvulkan1 on Debian and Ubuntu, vulkan-loader on Fedora, vulkan-icd-loader on Arch), then look again.',
    );
  return unavailable('no-device', version, 'No driver here offers a graphics processor.', DRIVER_HINTS[platform] ?? '');
}

function broken(version: string, { how, detail }: Extract<Probe, { kind: 'broken' }>): Description {
  if (how === 'failed')
    return unavailable(
      'unsupported',
      version,
      `Dawn could not be loaded: ${detail}`,
      `It needs a system it was built for; this is ${process.platform}-${process.arch}. Run "npm ci" again if files are missing.`,
    );
  const what = how === 'crashed' ? `crashed (${detail})` : `did not answer within ${detail}`;
  return unavailable(
    'unsupported',
    version,
    `A graphics driver ${what} when it was asked for its devices.`,
    'Update the driver of your graphics card, then look again.',
  );
}

function unavailable(
  obstacle: NonNullable<BackendInfo['obstacle']>,
  version: string,
  reason: string,
  howToGet: string,
): Description {
  return { available: false, device: 'WebGPU', version, obstacle, reason, howToGet };
}

/** The adapter's full name: WebGPU gives it in lower case, with every other character turned into a dash. */
function adapterName({ device, description, vendor, architecture }: AdapterFacts, names: readonly string[]): string {
  const dashed = (name: string) => name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  const full = names.find((name) => dashed(name) === dashed(device));
  return (
    full ?? ([device, description, `${vendor} ${architecture}`.trim()].find((text) => text !== '') || 'unknown device')
  );
}

/** Whether it is a processor that imitates a graphics processor. */
export function isSoftware(adapter: AdapterFacts, name: string): boolean {
  return (
    adapter.isFallbackAdapter || [adapter.architecture, adapter.description, name].some((text) => SOFTWARE.test(text))
  );
}

/** Bytes. */
export function largestTensor(limits: { maxStorageBufferBindingSize: number; maxBufferSize: number }): number {
  return Math.min(limits.maxStorageBufferBindingSize, limits.maxBufferSize);
}

export function mib(bytes: number): string {
  return Math.floor(bytes / 1024 ** 2).toLocaleString('en');
}
