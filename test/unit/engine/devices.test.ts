import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { explain } from '../../../core/engine/backends/registry.ts';
import { nvidiaModel } from '../../../core/engine/backends/tensorflow/nvidiaModel.ts';
import type { BackendInfo, BackendName } from '../../../core/engine/index.ts';

describe('nvidiaModel', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'layerloom-nvidia-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('reads the model of the first card as the driver writes it', () => {
    for (const [slot, model] of [
      ['0000:41:00.0', 'NVIDIA RTX A2000'],
      ['0000:01:00.0', 'NVIDIA GeForce RTX 4070'],
    ] as const) {
      mkdirSync(join(folder, slot));
      const text = `Model: \t\t ${model}\nIRQ:   \t\t 141\nGPU UUID: \t GPU-0\nVideo BIOS: \t 95.02\n`;
      writeFileSync(join(folder, slot, 'information'), text);
    }
    expect(nvidiaModel(folder)).toBe('NVIDIA GeForce RTX 4070');
  });

  it('names none where the driver lists none, or is not there', () => {
    expect(nvidiaModel(folder)).toBeNull();
    expect(nvidiaModel(join(folder, 'nowhere'))).toBeNull();
  });
});

describe('why a backend was taken', () => {
  const info = (name: BackendName, more: Partial<BackendInfo>): BackendInfo => ({
    ...{ name, available: false, device: name, version: '', reason: 'a sentence of its own', howToGet: '' },
    ...{ chosen: false },
    ...more,
  });
  const wasm = info('wasm', { available: true, chosen: true });

  it('names what was passed over, and why', () => {
    const all = [info('tensorflow', { obstacle: 'not-installed' }), info('webgpu', { obstacle: 'no-device' }), wasm];
    expect(explain('auto', wasm, all)).toBe(
      'Automatic: WebAssembly, because TensorFlow is not installed and WebGPU found no graphics processor.',
    );
    const others = [
      info('tensorflow', { obstacle: 'unsupported' }),
      info('webgpu', { available: true, software: true }),
      wasm,
    ];
    expect(explain('auto', wasm, others)).toBe(
      'Automatic: WebAssembly, because TensorFlow cannot be used here and WebGPU has only software that imitates a graphics processor.',
    );
  });

  it('says so when it was asked for by name', () => {
    expect(explain('wasm', wasm, [wasm])).toBe('Chosen in the training settings: WebAssembly.');
  });
});
