import { describe, expect, it } from 'vitest';
import { readCard, readCardOf } from '../../../core/engine/backends/tensorflow/nvidiaSmi.ts';

// The form is that of nvidia-smi's manual, "--query-gpu=… --format=csv,noheader,nounits": fields apart by ", ", memory in MiB, utilisation in
// percent, and "[N/A]" or "[Not Supported]" for what a card does not tell.
const MIB = 1024 ** 2;

describe('readCard', () => {
  it('reads a card at work', () => {
    const line = 'GPU-b4a2d2f5-4b6d-9c1e-2f62-6d0f6c1c8e11, 12282, 1874, 10111, 93, NVIDIA GeForce RTX 4070';
    expect(readCard(line)).toEqual({
      name: 'NVIDIA GeForce RTX 4070',
      uuid: 'GPU-b4a2d2f5-4b6d-9c1e-2f62-6d0f6c1c8e11',
      memoryTotal: 12_282 * MIB,
      memoryUsed: 1874 * MIB,
      memoryFree: 10_111 * MIB,
      busy: 0.93,
    });
  });

  it('knows no utilisation where the driver has none', () => {
    for (const none of ['[N/A]', '[Not Supported]', '[Unknown Error]'])
      expect(readCard(`GPU-1, 2001, 12, 1989, ${none}, NVIDIA GeForce GT 710`)?.busy).toBeNull();
  });

  it('takes nothing for a card that is none', () => {
    for (const line of [
      '',
      'No devices were found',
      'NVIDIA-SMI has failed because it couldn\u2019t communicate with the NVIDIA driver. Make sure that the latest NVIDIA driver is installed and running.',
      'Failed to initialize NVML: Driver/library version mismatch',
      'GPU-1, [Insufficient Permissions], [Insufficient Permissions], [Insufficient Permissions], [N/A], NVIDIA A100-SXM4-40GB MIG 1g.5gb',
      'GPU-1, 12282, 1874',
    ])
      expect(readCard(line), line).toBeNull();
  });

  it('keeps a name with a comma, and never says more than all of the time', () => {
    expect(readCard('GPU-1, 100, 1, 99, 104, Some Card, Special Edition')).toMatchObject({
      name: 'Some Card, Special Edition',
      busy: 1,
    });
  });
});

describe('readCardOf', () => {
  const apps = 'GPU-aaaa, 4711\nGPU-bbbb, 815\n';

  it('finds the card of a process', () => {
    expect(readCardOf(815, apps)).toBe('GPU-bbbb');
  });

  it('finds none for a process that is not listed, as in a container with numbers of its own', () => {
    expect(readCardOf(81, apps)).toBeNull();
    expect(readCardOf(1, '')).toBeNull();
  });
});
