import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../../..');
const folder = mkdtempSync(join(tmpdir(), 'layerloom-rules-'));
afterAll(() => rmSync(folder, { recursive: true }));

const files = [
  ['core/graph/a.ts', 'export const x = Number(1 as never);', true],
  ['renderer/app/b.tsx', 'export const x = Number(1 as never);', true],
  ['electron/c.ts', 'export const x = Number(1 as never);', true],
  ['electron/d.ts', 'export const x = Number(1 as any);', true],
  ['core/graph/e.ts', 'export const x = Number(1 as number);', false],
  ['renderer/stores/f.ts', 'export const x = (d: Doc) => d.graphs[d.root];', true],
  ['core/data/l.ts', 'export const x = (d?: Doc) => d?.graphs[d.root]?.nodes;', true],
  ['core/engine/g.ts', 'export const x = (state: State) => state.document.graphs[state.document.root]?.nodes;', true],
  ['core/formats/h.ts', 'export const x = (d: Doc) => rootGraph(d).nodes;', true],
  ['core/graph/i.ts', 'export const x = (d: Doc) => rootGraph(d).nodes;', false],
  ['core/commands/j.ts', 'export const x = (d: Doc) => d.graphs[d.root];', false],
  ['renderer/stores/k.ts', 'export const x = (d: Doc, id: string) => d.graphs[id];', false],
] as const;

let said = '';
beforeAll(() => {
  for (const path of ['biome.json', 'build/lint', '.gitignore'])
    cpSync(join(root, path), join(folder, path), { recursive: true });
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), `${text}\n`);
  }
  const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
  said = spawnSync(
    process.execPath,
    [biome, 'lint', '--vcs-enabled=false', '--reporter=json', '--max-diagnostics=none', '.'],
    { cwd: folder, encoding: 'utf8' },
  ).stdout;
});

it.each(files)('%s, %s: an offence is %s', (path, _, offence) => {
  expect(said.includes(path)).toBe(offence);
});
