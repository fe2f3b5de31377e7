import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ExplainedEnding, howItEnded } from '../../../core/engine/howItEnded.ts';
import { startEngine } from '../../../core/engine/node.ts';

const ending = { code: null, signal: null, memory: null, errorText: '' };

describe('the end of an engine is told as a sentence with its reason and what to do, its own words apart', () => {
  test.each([
    ['memory, by the system', { signal: 'SIGKILL' }, /^The system.*memory is full.*smaller batch size/],
    ['the same behind a shell', { code: 137 }, /memory is full/],
    [
      'memory, by V8',
      {
        signal: 'SIGABRT',
        errorText: 'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory',
      },
      /^The engine ran out of memory.*smaller batch size/,
    ],
    [
      'memory of a graphics device',
      { code: 1, errorText: 'CUDA_ERROR_OUT_OF_MEMORY: out of memory' },
      /ran out of memory/,
    ],
    ['a crash', { signal: 'SIGSEGV' }, /crashed in native code \(SIGSEGV\).*another device/],
    ['a crash behind a shell', { code: 139 }, /crashed in native code/],
    ['a processor too old', { signal: 'SIGILL' }, /instruction that this processor does not have.*wasm/],
    [
      'a lost device',
      { signal: 'SIGABRT', errorText: 'CUDA_ERROR_LAUNCH_FAILED: unspecified' },
      /device was lost.*driver/,
    ],
    ['a lost device, by Dawn', { code: 1, errorText: 'VK_ERROR_DEVICE_LOST' }, /device was lost/],
    ['a full disk', { code: 1, errorText: 'ENOSPC: no space left on device, write' }, /disk is full.*Free some space/],
    ['anything else', { code: 3, errorText: 'a fault' }, /\(exit code 3\).*another device.*report it/],
  ] as const)('%s', (_, how, sentence) => {
    const { message, details } = howItEnded({ ...ending, ...how });
    expect(message).toMatch(sentence);
    const words = 'errorText' in how ? how.errorText : undefined;
    expect(details).toBe(words);
    if (words !== undefined) expect(message).not.toContain(words);
  });

  test('how much memory it took is said', () => {
    expect(howItEnded({ ...ending, signal: 'SIGKILL', memory: 2.5e9 }).message).toContain('It last took 2.5 of ');
  });
});

describe('a process that ends', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'layerloom-ended-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const endedBy = (program: string) => {
    const engineFile = join(folder, 'ended.cjs');
    writeFileSync(engineFile, program);
    const engine = startEngine({ engineFile, home: folder });
    return new Promise<ExplainedEnding>((resolve) => engine.onExit(resolve));
  };

  test.skipIf(process.platform === 'win32')('by the system says so', async () => {
    const { message, details } = await endedBy("process.kill(process.pid, 'SIGKILL');");
    expect(message).toContain('(SIGKILL)');
    expect(details).toBeUndefined();
  });

  test('by a fault of its own leaves its last words, without what libraries log as they start', async () => {
    const { message, details } = await endedBy(
      "console.error('I0000 00:00:17 9856 port.cc:153] oneDNN custom operations are on.'); console.error('a fault'); process.exitCode = 3; process.disconnect();",
    );
    expect(message).toContain('(exit code 3)');
    expect(message).not.toContain('a fault');
    expect(details).toBe('a fault');
  });
});
