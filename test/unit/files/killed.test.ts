import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCheckpoint } from '../../../core/engine/checkpoint/checkpoint.ts';
import { writeExport } from '../../../core/engine/export/destination.ts';
import { seededRandom } from '../../../core/engine/model/random.ts';
import { isTemporary } from '../../../core/files/node.ts';
import { autosaves } from '../../../core/host/autosaves.ts';
import { openDataFolder } from '../../../core/host/dataFolder.ts';
import { openDocument } from '../../../core/host/documentFiles.ts';
import { jsonFile } from '../../../core/host/jsonFile.ts';
import { readMetrics, readRecord, runStore } from '../../../core/runs/node.ts';
import { bundle } from '../bundle.ts';
import { counterSchema, exportOf, KINDS, type Kind, numberIn } from './killed/content.ts';

/** Kills of each kind. More by hand: LAYERLOOM_KILLS=34 makes 306 of them. */
const KILLS = Number(process.env.LAYERLOOM_KILLS ?? 3);
const LONGEST_MS = 200;

let folder: string;
let program: string;
const figures: string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'layerloom-killed-'));
  program = await bundle(join(import.meta.dirname, 'killed', 'worker.ts'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  console.log(figures.join('\n'));
});

/**
 * Runs the worker and kills it `after` milliseconds from its first whole write, or from the beginning of it.
 * Answers the last number it reported as written.
 */
function killed(kind: Kind, place: string, from: number, after: number, atOnce: boolean): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, kind, place, String(from), atOnce ? 'at once' : 'later'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    let errors = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      if (output === '') setTimeout(() => child.kill('SIGKILL'), after);
      output += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      errors += text;
    });
    child.on('close', (_code, signal) => {
      if (signal !== 'SIGKILL') reject(new Error(errors));
      else resolve(Number(output.trimEnd().split('\n').filter(Number).at(-1) ?? from - 1));
    });
  });
}

/** The number that lies on the disk now, whole; null when nothing does. Throws when what lies there is not whole. */
const READ: { readonly [K in Exclude<Kind, 'newRun'>]: (place: string) => Promise<number> } = {
  design: async (place) => numberIn((await openDocument(join(place, 'net.loom'))).text),
  autosave: async (place) => numberIn((await autosaves(place).read('key')).text),
  settings: async (place) => (await jsonFile(join(place, 'settings.json'), counterSchema, { n: -1 }).read()).n,
  record: async (place) => {
    const { step, metrics } = await readRecord(join(place, 'runs', 'one'));
    expect(new Set(Object.values(metrics))).toEqual(new Set([step]));
    return step;
  },
  metrics: async (place) => {
    const steps = (await readMetrics(join(place, 'runs', 'one'))).map(({ step }) => step);
    // A point that was told of twice, after a kill before it was, is the same point.
    const all = [...new Set(steps)];
    expect(all).toEqual(Array.from({ length: all.length }, (_, i) => i + 1));
    return all.length;
  },
  checkpoint: async (place) => {
    const read = await readCheckpoint(join(place, 'runs', 'one'));
    const values = [...(read?.weights.get('w')?.data ?? []), ...(read?.slots.get('w/m')?.data ?? [])];
    expect(new Set(values)).toEqual(new Set([read?.state.step]));
    return read?.state.step ?? -1;
  },
  exportFile: async (place) => numberIn(readFileSync(join(place, 'model.keras'), 'utf8')),
  exportFolder: async (place) => {
    const model = JSON.parse(readFileSync(join(place, 'web', 'model.json'), 'utf8'));
    expect(numberIn(readFileSync(join(place, 'web', model.weightsManifest[0].paths[0]), 'utf8'))).toBe(model.n);
    return model.n;
  },
};

/** What is there once something was written whole. */
const FILE: { readonly [K in Exclude<Kind, 'newRun'>]: string } = {
  design: 'net.loom',
  autosave: 'autosave/key.json',
  settings: 'settings.json',
  record: 'runs/one/run.json',
  metrics: 'runs/one/metrics.jsonl',
  checkpoint: 'runs/one/checkpoint.safetensors',
  exportFile: 'model.keras',
  exportFolder: 'web/model.json',
};

const temporaries = (place: string) =>
  readdirSync(place, { recursive: true, encoding: 'utf8' }).filter((path) => isTemporary(path.split('/').at(-1) ?? ''));

describe(`processes killed while they write, ${KILLS} of each kind`, () => {
  it.each(KINDS.filter((kind) => kind !== 'newRun'))(
    '%s: whole, and never older than what was reported written',
    async (kind) => {
      const place = join(folder, kind);
      const random = seededRandom(KINDS.indexOf(kind) + 1);
      let next = 1;
      let left = 0;
      for (let kill = 0; kill < KILLS; kill++) {
        const reported = await killed(kind, place, next, random() * LONGEST_MS, kill === 0);
        left += temporaries(place).length;
        // Killed before anything was whole, nothing was lost, as nothing was there.
        const now = existsSync(join(place, FILE[kind])) ? await READ[kind](place) : 0;
        // The next one may have been whole before it could be reported.
        expect(now).toBeGreaterThanOrEqual(reported);
        expect(now).toBeLessThanOrEqual(reported + 1);
        next = now + 1;
      }
      figures.push(`${kind}: ${KILLS} kills, ${next - 1} written, ${left} times a temporary file was left`);
      // The next program that writes or starts there clears away what was left.
      if (kind === 'exportFile')
        await writeExport('keras', join(place, 'model.keras'), [{ name: '', bytes: Buffer.of(1) }]);
      else if (kind === 'exportFolder') {
        await writeExport('tfjs', join(place, 'web'), exportOf(next));
        expect(readdirSync(join(place, 'web'))).toHaveLength(2);
      } else if (kind === 'design') await openDocument(join(place, 'net.loom'));
      else await openDataFolder(place);
      expect(temporaries(place)).toEqual([]);
    },
    60_000 + KILLS * 3000,
  );

  it(
    'newRun: every run that is listed is whole, and nothing else stays',
    async () => {
      const place = join(folder, 'newRun');
      const random = seededRandom(99);
      let reported = 0;
      for (let kill = 0; kill < KILLS; kill++)
        reported += await killed('newRun', place, 1, random() * LONGEST_MS, kill === 0);
      await openDataFolder(place);
      const store = runStore(join(place, 'runs'));
      const runs = await store.list();
      expect(runs.length).toBeGreaterThanOrEqual(reported);
      expect(runs.length).toBeLessThanOrEqual(reported + KILLS);
      for (const { id, status } of runs) {
        expect(status).not.toBe('failed');
        expect(await store.readDocument(id)).toContain('"format"');
      }
      // `one` is the worker's own, empty.
      expect(readdirSync(join(place, 'runs')).sort()).toEqual([...runs.map(({ id }) => id), 'one'].sort());
      expect(temporaries(place)).toEqual([]);
      figures.push(`newRun: ${KILLS} kills, ${runs.length} runs, all whole`);
    },
    60_000 + KILLS * 3000,
  );
});
