import { describe, expect, it } from 'vitest';
import type { SampleId } from '../../../../core/data/index.ts';
import { hasMoreToTrain, type RunRecord } from '../../../../core/runs/index.ts';
import { classShares, downscale, toSourceRange } from '../../../../renderer/features/evaluate/drawing.ts';
import { SampleLookup } from '../../../../renderer/features/evaluate/sampleLookup.ts';
import { folderInside, safeFileName } from '../../../../renderer/features/export/formats.ts';
import { isDefaultOptimizer } from '../../../../renderer/features/training/editTraining.ts';
import { runProgress } from '../../../../renderer/stores/runProgress.ts';
import { languageOf } from '../../../../renderer/ui/code/highlight.ts';
import { toRgba } from '../../../../renderer/ui/sample/pixels.ts';

const record: RunRecord = {
  id: 'r',
  name: 'r 1',
  documentName: 'r',
  documentPath: null,
  status: 'running',
  createdAt: '2026-01-01T00:00:00.000Z',
  finishedAt: null,
  backend: 'wasm',
  device: 'WebAssembly',
  backendReason: null,
  seed: 1,
  epochs: 10,
  epoch: 2,
  step: 25,
  stepsPerEpoch: 10,
  samplesPerSecond: 100,
  elapsed: 5,
  metrics: {},
  best: null,
  problem: null,
};

describe('progress of a run', () => {
  it('counts the epoch under way from one and extrapolates the time', () => {
    expect(runProgress(record)).toEqual({ epoch: 3, share: 0.25, left: 15 });
  });
  it('stays within the last epoch on its last step', () => {
    expect(runProgress({ ...record, step: 100, epoch: 10 })).toMatchObject({ epoch: 10, share: 1, left: 0 });
  });
  it('says the epochs done once it has ended', () => {
    expect(runProgress({ ...record, status: 'stopped' })).toMatchObject({ epoch: 2, left: null });
  });
  it('resumes what was cut off, not what is done or going on', () => {
    expect(hasMoreToTrain({ ...record, status: 'interrupted' })).toBe(true);
    expect(hasMoreToTrain({ ...record, status: 'stopped' })).toBe(true);
    expect(hasMoreToTrain({ ...record, status: 'stopped', epoch: 10 })).toBe(false);
    expect(hasMoreToTrain(record)).toBe(false);
    // A run that failed is refused by the host, so nobody may offer to resume it.
    expect(hasMoreToTrain({ ...record, status: 'failed' })).toBe(false);
  });
});

describe('finding samples by their identity', () => {
  const lookup = (rows: readonly SampleId[]) => {
    const requests: (readonly SampleId[])[] = [];
    const finder = new SampleLookup((ids) => {
      requests.push(ids);
      return Promise.resolve(ids.map((id) => (rows.includes(id) ? { id, target: '', image: null, row: null } : null)));
    });
    return { finder, requests };
  };
  it('asks at once for all that come on screen together, and never again', async () => {
    const { finder, requests } = lookup([0, 3, 4, 'a/b.png']);
    const asked = [3, 1, 'a/b.png', 3] as const;
    const found = await Promise.all(asked.map((id) => finder.get(id)));
    expect(found.map((sample) => sample?.id ?? null)).toEqual([3, null, 'a/b.png', 3]);
    await finder.get(3);
    expect(requests).toEqual([[3, 1, 'a/b.png']]);
  });
  it('sends what no request may hold in several', async () => {
    const rows = Array.from({ length: 1001 }, (_, i) => i);
    const { finder, requests } = lookup(rows);
    const found = await Promise.all(rows.map((row) => finder.get(row)));
    expect(found.map((sample) => sample?.id)).toEqual(rows);
    for (const ids of requests) expect(ids.length).toBeLessThanOrEqual(500);
  });
  it('tries again what could not be read', async () => {
    let broken = true;
    const finder = new SampleLookup((ids) =>
      broken
        ? Promise.reject(new Error('gone'))
        : Promise.resolve(ids.map((id) => ({ id, target: '', image: null, row: null }))),
    );
    await expect(finder.get(2)).rejects.toThrow('gone');
    broken = false;
    expect((await finder.get(2))?.id).toBe(2);
  });
});

describe('a drawing', () => {
  it('is averaged down by area', () => {
    const drawing = [1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0];
    expect(downscale(drawing, 4, 2, 2, 1).pixels).toEqual([1, 0, 0, 0.25]);
  });
  it('fills every channel, and pictures larger than itself', () => {
    expect(downscale([0.5], 1, 1, 1, 3).pixels).toEqual([0.5, 0.5, 0.5]);
    expect(downscale([1, 0, 0, 1], 2, 4, 4, 1).pixels).toHaveLength(16);
  });
  it('speaks in the source’s own numbers', () => {
    const image = { height: 1, width: 2, channels: 1, pixels: [0, 0.5] };
    expect(toSourceRange(image, 16)).toEqual([0, 8]);
    expect(toSourceRange(image, 1)).toEqual([0, 0.5]);
  });
  it('gives a yes-or-no output two bars', () => {
    expect(classShares([0.25], ['no', 'yes'])).toEqual([
      { name: 'no', share: 0.75 },
      { name: 'yes', share: 0.25 },
    ]);
    expect(classShares([], ['a', 'b']).map((one) => one.share)).toEqual([0, 0]);
  });
});

describe('pictures', () => {
  it('are grey for one channel, colour for three, and clipped', () => {
    expect([...toRgba({ height: 1, width: 1, channels: 1, pixels: [0.5] })]).toEqual([128, 128, 128, 255]);
    expect([...toRgba({ height: 1, width: 1, channels: 3, pixels: [1, 0, 2] })]).toEqual([255, 0, 255, 255]);
    expect([...toRgba({ height: 1, width: 1, channels: 2, pixels: [1, 0] })]).toEqual([255, 255, 255, 255]);
  });
});

describe('names of exports', () => {
  it('hold nothing a file system refuses', () => {
    expect(safeFileName('My net: v2/final?')).toBe('My-net--v2-final');
    expect(safeFileName('..')).toBe('model');
  });
  it('get a folder of their own inside the one chosen', () => {
    expect(folderInside('/home/me/', 'net 1')).toBe('/home/me/net-1-tfjs');
    expect(folderInside('C:\\models', 'net')).toBe('C:\\models\\net-tfjs');
  });
  it('say their language', () => {
    expect([languageOf('a.py'), languageOf('model.json'), languageOf('a.bin')]).toEqual(['python', 'json', 'text']);
  });
});

describe('optimisers', () => {
  it('know their own defaults', () => {
    expect(isDefaultOptimizer({ name: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-7 })).toBe(true);
    expect(isDefaultOptimizer({ name: 'sgd', momentum: 0, nesterov: false, weightDecay: 0 })).toBe(false);
  });
});
