import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { emptyDocument } from '../../../core/document/index.ts';
import { engineDirName, enginesDir } from '../../../core/engine/install/location.ts';
import { TENSORFLOW_VERSION } from '../../../core/engine/install/release.ts';
import { recoverEngines } from '../../../core/engine/node.ts';
import { isTemporary, sweepTemporaries, temporaryName } from '../../../core/files/node.ts';
import { openDataFolder } from '../../../core/host/dataFolder.ts';
import { runStore } from '../../../core/runs/node.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'layerloom-sweep-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A mark as this process gives, with something else in the place of a part: `.layerloom-<place>-<pid>-<began>-<random>.tmp`. */
function marked(change: { place?: string; pid?: number; began?: string }): string {
  const [, place, pid, began, rest] = /^\.layerloom-(\w+)-(\d+)-(\d+)-(\w+\.tmp)$/.exec(temporaryName()) ?? [];
  return `.layerloom-${change.place ?? place}-${change.pid ?? pid}-${change.began ?? began}-${rest}`;
}
const put = (name: string, daysOld = 0) => {
  writeFileSync(join(folder, name), 'half');
  const then = Date.now() / 1000 - daysOld * 86_400;
  utimesSync(join(folder, name), then, then);
  return name;
};
const dead = () => spawnSync(process.execPath, ['-e', '']).pid;

it('removes what a dead process left, and nothing that is someone else’s or still written', async () => {
  const stays = [
    put(marked({})),
    put(marked({}), 400),
    // Another machine on a shared disk: its process cannot be seen.
    put(marked({ place: '00000000', pid: dead() })),
    put('.layerloom-notes.tmp', 400),
    put('net.loom.tmp', 400),
    put(`${marked({ pid: dead() })}~`, 400),
  ];
  const goes = [put(marked({ pid: dead() })), put(marked({ place: '00000000' }), 2)];
  // The number was given to a later process: on Linux its beginning gives it away.
  if (process.platform === 'linux') goes.push(put(marked({ began: '1' })));
  mkdirSync(join(folder, marked({ pid: dead() }), 'deep'), { recursive: true });
  for (const name of goes) expect(isTemporary(name)).toBe(true);
  await sweepTemporaries(folder);
  expect(readdirSync(folder).sort()).toEqual(stays.sort());
  await sweepTemporaries(join(folder, 'nowhere'));
});

it('opens the data folder for its user alone, and mends what was more open', async () => {
  const home = join(folder, 'home');
  const mode = (path: string) => statSync(join(home, path)).mode & 0o777;
  mkdirSync(join(home, 'runs', 'old'), { recursive: true });
  mkdirSync(join(home, 'autosave'));
  mkdirSync(join(home, 'engines', 'tensorflow'), { recursive: true });
  const open = ['settings.json', 'runs/old/run.json', 'runs/old/best.safetensors', 'autosave/a.json'];
  for (const path of [...open, 'engines/tensorflow/lib.so']) {
    writeFileSync(join(home, path), '{}');
    chmodSync(join(home, path), path.endsWith('.so') ? 0o755 : 0o644);
  }
  const folders = ['.', 'runs', 'runs/old', 'autosave', 'engines'];
  for (const path of folders) chmodSync(join(home, path), 0o755);
  await openDataFolder(home);
  for (const path of folders) expect([path, mode(path)]).toEqual([path, 0o700]);
  for (const path of open) expect([path, mode(path)]).toEqual([path, 0o600]);
  expect(mode('engines/tensorflow/lib.so')).toBe(0o755);

  const { dir } = await runStore(join(home, 'runs')).create(emptyDocument(), null);
  expect(statSync(dir).mode & 0o777).toBe(0o700);
  for (const name of readdirSync(dir)) expect([name, statSync(join(dir, name)).mode & 0o777]).toEqual([name, 0o600]);
});

it('removes runs that were never whole, old temporaries of the data folder, and no run', async () => {
  const home = join(folder, 'home');
  const store = runStore(join(home, 'runs'));
  const { record, dir } = await store.create(emptyDocument(), null);
  const half = join(home, 'runs', '2026-01-01T00-00-00-half-0000');
  mkdirSync(half);
  writeFileSync(join(half, 'design.loom'), '{}');
  writeFileSync(join(half, marked({ pid: dead() })), '');
  const being = join(home, 'runs', '2026-01-01T00-00-00-being-0000');
  mkdirSync(being);
  writeFileSync(join(being, temporaryName()), '');
  // A person's own folder there, and a name of theirs.
  mkdirSync(join(home, 'runs', 'kept'));
  for (const name of ['run.json.1234567', 'notes.1234567']) {
    writeFileSync(join(dir, name), '');
    utimesSync(join(dir, name), 1, 1);
  }
  await openDataFolder(home);
  expect(readdirSync(join(home, 'runs')).sort()).toEqual([record.id, '2026-01-01T00-00-00-being-0000', 'kept'].sort());
  expect(readdirSync(dir)).toContain('notes.1234567');
  expect(readdirSync(dir)).not.toContain('run.json.1234567');
  expect((await store.list()).map(({ id }) => id)).toEqual([record.id]);
});

it('puts back the engine that a killed install had just taken away, the newer one', async () => {
  const root = enginesDir(folder);
  const target = join(root, engineDirName('cpu'));
  const engine = (installedAt: string) => {
    const dir = join(root, marked({ pid: dead() }));
    mkdirSync(dir, { recursive: true });
    const manifest = { version: TENSORFLOW_VERSION, variant: 'cpu', wheels: [], installedAt, bytes: 1 };
    writeFileSync(join(dir, 'installed.json'), JSON.stringify(manifest));
  };
  const installedAt = () => JSON.parse(readFileSync(join(target, 'installed.json'), 'utf8')).installedAt;
  engine('2026-01-01');
  engine('2026-02-02');
  mkdirSync(join(root, marked({ pid: dead() })));
  await recoverEngines(folder);
  expect(readdirSync(root)).toEqual([engineDirName('cpu')]);
  expect(installedAt()).toBe('2026-02-02');
  // One that is in its place stays there.
  engine('2026-03-03');
  await recoverEngines(folder);
  expect(readdirSync(root)).toEqual([engineDirName('cpu')]);
  expect(installedAt()).toBe('2026-02-02');
});
