import { describe, expect, it } from 'vitest';
import type { BackendInfo, Benchmark, DeviceUse } from '../../../core/engine/index.ts';
import {
  deviceState,
  hardwareLine,
  measuredLine,
  slower,
  speedNumber,
} from '../../../renderer/features/devices/deviceRows.ts';
import { busyFigure, busyText } from '../../../renderer/stores/deviceUse.ts';

const info: BackendInfo = {
  name: 'wasm',
  available: true,
  device: 'WebAssembly, SIMD',
  version: '4.22.0',
  reason: '',
  howToGet: '',
  chosen: true,
};
const measured: Benchmark = {
  net: 'digits-cnn-1',
  measuredAt: '2020-05-06T12:00:00.000Z',
  device: info.device,
  version: info.version,
  batchSize: 64,
  steps: 84,
  seconds: 3,
  msPerStep: 32,
  samplesPerSecond: 2000,
};

describe('a device in the panel', () => {
  it('is in use, available, software, or why not', () => {
    expect(deviceState(info, true).label).toBe('in use');
    expect(deviceState(info, false).label).toBe('available');
    expect(deviceState({ ...info, software: true }, false).label).toBe('software');
    const without = (obstacle?: BackendInfo['obstacle']) =>
      deviceState({ ...info, available: false, ...(obstacle && { obstacle }) }, true).label;
    expect(without('not-installed')).toBe('not installed');
    expect(without('no-device')).toBe('no device');
    expect(without('unsupported')).toBe('not possible here');
  });

  it('names its hardware once', () => {
    const card = { kind: 'graphics', name: 'NVIDIA GeForce RTX 4070', cores: null, largestTensor: null } as const;
    const memory = { total: 12_878_610_432, free: 10_602_151_936 };
    expect(hardwareLine({ ...card, memory }, 'TensorFlow, CUDA, NVIDIA GeForce RTX 4070')).toBe(
      '13 GB memory, 11 GB free',
    );
    expect(hardwareLine({ ...card, memory: null, largestTensor: 2 ** 31 }, 'WebGPU')).toBe(
      'NVIDIA GeForce RTX 4070 · largest tensor 2.1 GB',
    );
    expect(hardwareLine({ kind: 'processor', name: 'AMD EPYC', cores: 1, memory, largestTensor: null }, '')).toBe(
      'AMD EPYC · 1 core · 13 GB memory, 11 GB free',
    );
  });

  it('says what was different when it was measured', () => {
    expect(measuredLine(measured, info)).toBe('32 ms a step of 64 · measured 6 May 2020');
    expect(measuredLine({ ...measured, version: '4.20.0', device: 'WebAssembly' }, info)).toBe(
      '32 ms a step of 64 · measured 6 May 2020 · with version 4.20.0 · on WebAssembly',
    );
    expect(measuredLine({ ...measured, msPerStep: 10_234.5 }, info)).toMatch(/^10,23[45] ms/);
  });

  it('compares with the fastest', () => {
    expect(slower(measured, measured)).toBe('');
    expect(slower({ ...measured, samplesPerSecond: 500 }, measured)).toBe('4.0× slower');
    expect(slower({ ...measured, samplesPerSecond: 0.5 }, measured)).toBe('4,000× slower');
    expect(speedNumber({ ...measured, samplesPerSecond: 1839.6 })).toBe('1,840');
    expect(speedNumber({ ...measured, samplesPerSecond: 0.3849 })).toBe('0.38');
  });
});

describe('how busy a device is', () => {
  const use: DeviceUse = { coresUsed: 1.68, cores: 2, memory: 451_000_000, waiting: null, card: null };
  const card = { busy: 0.93, memoryUsed: 1_874 * 2 ** 20, memoryTotal: 12_282 * 2 ** 20 };

  it('is the share of the cores, of the card, or of the time spent waiting', () => {
    expect(busyText(use)).toBe('1.7 of 2 cores');
    expect(busyText({ ...use, card })).toBe('card 93 % busy');
    expect(busyText({ ...use, waiting: 0.4 })).toBe('waits for the device 40 % of the time');
    expect(busyFigure(use)).toEqual({ label: 'Cores busy', value: '1.7', unit: 'of 2', more: '· 451 MB' });
    expect(busyFigure({ ...use, card })).toMatchObject({ label: 'Card busy', value: '93 %', more: '2 GB of 13 GB' });
  });

  it('falls back on the cores where the driver of the card tells nothing', () => {
    expect(busyText({ ...use, card: { ...card, busy: null } })).toBe('1.7 of 2 cores');
  });
});
