import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Positions } from '../../../renderer/actions/layout/layoutTypes.ts';
import { CANVAS, COUNT, largeRequests, type Wiring } from './largeLayouts.ts';

const SIZE = { width: 140, height: 72 };

/** Less than half of a browser's stack for a worker, in KB: what overflows there overflows here. */
const STACK = 400;

let folder = '';
let drawings: { readonly [name in Wiring]: Positions };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'layerloom-layout-'));
  const outfile = join(folder, 'run.cjs');
  await build({
    entryPoints: [fileURLToPath(new URL('largeLayoutRun.ts', import.meta.url))],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    outfile,
    logLevel: 'error',
  });
  const { stdout } = await promisify(execFile)(process.execPath, [`--stack-size=${STACK}`, outfile], {
    maxBuffer: 64 * 1024 * 1024,
  });
  drawings = JSON.parse(stdout) as typeof drawings;
}, 120_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('a thousand layers', () => {
  it.each(largeRequests())('%s: all have a place, in the shape of the canvas, none over another', (name, request) => {
    const places = Object.values(drawings[name]);
    expect(places).toHaveLength(COUNT);
    const width = Math.max(...places.map(({ x }) => x)) + SIZE.width - Math.min(...places.map(({ x }) => x));
    const height = Math.max(...places.map(({ y }) => y)) + SIZE.height - Math.min(...places.map(({ y }) => y));
    const shape = width / height / (CANVAS.width / CANVAS.height);
    expect(shape, `${width} × ${height}`).toBeGreaterThan(1 / 1.5);
    expect(shape, `${width} × ${height}`).toBeLessThan(1.5);
    // Two layers of one place share a cell of a card's size, or lie in neighbouring ones.
    const cells = new Map<string, { readonly x: number; readonly y: number }[]>();
    for (const place of places) {
      const column = Math.floor(place.x / SIZE.width);
      const row = Math.floor(place.y / SIZE.height);
      for (let dx = -1; dx <= 1; dx++)
        for (let dy = -1; dy <= 1; dy++)
          for (const other of cells.get(`${column + dx},${row + dy}`) ?? [])
            expect(Math.abs(place.x - other.x) >= SIZE.width || Math.abs(place.y - other.y) >= SIZE.height).toBe(true);
      const key = `${column},${row}`;
      cells.set(key, [...(cells.get(key) ?? []), place]);
    }
    // Wires lead to the right, or on in a row below.
    for (const { source, target } of request.edges) {
      const from = drawings[name][source]!;
      const to = drawings[name][target]!;
      expect(to.x > from.x || to.y > from.y, `${source} to ${target}`).toBe(true);
    }
  });
});
