import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  followNvidiaCard,
  type NvidiaCard,
  nvidiaCards,
  readCard,
  readCardOf,
} from '../../../core/engine/backends/tensorflow/nvidiaSmi.ts';

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

// A program of that name that answers as the driver's does; the real one needs a card.
describe.skipIf(process.platform === 'win32')('nvidia-smi on the path', () => {
  const path = process.env.PATH;
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'layerloom-smi-'));
    process.env.PATH = `${folder}:${path}`;
  });
  afterEach(async () => {
    process.env.PATH = path;
    await rm(folder, { recursive: true, force: true });
  });
  const install = async (script: string) => {
    const file = join(folder, 'nvidia-smi');
    await writeFile(file, `#!/bin/sh\n${script}\n`);
    await chmod(file, 0o755);
  };
  const SMALL = 'GPU-aaaa, 2001, 12, 1989, [N/A], NVIDIA GeForce GT 710';
  const LARGE = 'GPU-bbbb, 24564, 3000, 21564, 71, NVIDIA GeForce RTX 4090';
  const first = () =>
    new Promise<NvidiaCard>((resolve) => {
      const stop = followNvidiaCard((card) => {
        stop();
        resolve(card);
      });
    });

  it('lists the cards, and none where the program fails or is not there', async () => {
    await install(`printf '%s\\n' '${SMALL}' '${LARGE}'`);
    expect((await nvidiaCards()).map(({ name }) => name)).toEqual(['NVIDIA GeForce GT 710', 'NVIDIA GeForce RTX 4090']);
    await install(`echo 'NVIDIA-SMI has failed because it could not communicate with the NVIDIA driver.'; exit 9`);
    expect(await nvidiaCards()).toEqual([]);
    process.env.PATH = folder;
    await rm(join(folder, 'nvidia-smi'));
    expect(await nvidiaCards()).toEqual([]);
    followNvidiaCard(() => expect.unreachable())();
  });

  it('follows the one card there is', async () => {
    await install(`while true; do echo '${LARGE}'; sleep 0.05; done`);
    expect(await first()).toMatchObject({ uuid: 'GPU-bbbb', busy: 0.71 });
  });

  it('follows, of two, the card on which this process computes', async () => {
    // The program's parent is who asks.
    await install(`case "$1" in
      --query-compute-apps*) echo "GPU-aaaa, 1"; echo "GPU-bbbb, $PPID";;
      *) while true; do echo '${SMALL}'; echo '${LARGE}'; sleep 0.05; done;;
    esac`);
    const told: string[] = [];
    const stop = followNvidiaCard(({ uuid }) => told.push(uuid));
    await expect.poll(() => told.at(-1), { timeout: 10_000 }).toBe('GPU-bbbb');
    stop();
  });
});
