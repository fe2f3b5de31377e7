import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';

// Packages an app of one file with a stand-in for Electron's binary, by the very settings and packager of `npm run package`. The stand-in
// holds what Electron's own does: a mark, a version, a length, and one character for each fuse (electron/electron, docs/tutorial/fuses.md).

const ROOT = new URL('../../..', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'layerloom-package-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const MARK = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
/** In the order of the wire, as Electron ships: 1 is on. */
const SHIPPED = '10110001';

const PROGRAM = `
import { readFileSync } from 'node:fs';
import { build, Platform } from 'electron-builder';
const folder = process.argv[2];
const settings = JSON.parse(readFileSync('build/electron-builder.json', 'utf8'));
await build({
  targets: Platform.LINUX.createTarget('dir'),
  config: {
    ...settings,
    directories: { output: folder + '/out' },
    electronDist: folder + '/electron',
    files: ['package.json', { from: folder + '/app', to: 'dist' }, '!node_modules/**'],
    asarUnpack: [],
    extraResources: settings.extraResources.filter(({ to }) => to !== 'node'),
  },
});
`;

it('the packaged app runs nothing but itself: no Node inside it, no inspector, only its own archive', () => {
  mkdirSync(join(folder, 'electron/resources'), { recursive: true });
  mkdirSync(join(folder, 'app'));
  writeFileSync(join(folder, 'app/main.cjs'), '"use strict";');
  const wire = Buffer.concat([Buffer.from(MARK), Buffer.from([1, SHIPPED.length]), Buffer.from(SHIPPED)]);
  writeFileSync(join(folder, 'electron/electron'), wire, { mode: 0o755 });
  // Modules are found from the folder that a program is read in from standard input.
  const { status, stderr, stdout } = spawnSync(process.execPath, ['--input-type=module', '-', folder], {
    cwd: ROOT,
    input: PROGRAM,
    encoding: 'utf8',
  });
  expect(status, stdout.slice(-2000) + stderr.slice(-2000)).toBe(0);
  const binary = readFileSync(join(folder, 'out/linux-unpacked/layerloom'), 'latin1');
  const [runAsNode, cookies, nodeOptions, inspect, integrity, onlyAsar, , fileProtocol] = binary.slice(MARK.length + 2);
  expect({ runAsNode, cookies, nodeOptions, inspect, integrity, onlyAsar, fileProtocol }).toEqual({
    runAsNode: '0',
    cookies: '1',
    nodeOptions: '0',
    inspect: '0',
    integrity: '1',
    onlyAsar: '1',
    fileProtocol: '0',
  });
  // Beside the app, for people to read.
  const notices = readFileSync(join(folder, 'out/linux-unpacked/resources/THIRD-PARTY-NOTICES.txt'), 'utf8');
  expect(notices).toBe(readFileSync(join(ROOT, 'dist/THIRD-PARTY-NOTICES.txt'), 'utf8'));
}, 120_000);
