import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../../..');
const folder = mkdtempSync(join(tmpdir(), 'layerloom-casts-'));
afterAll(() => rmSync(folder, { recursive: true }));

const casts = [
  ['core/graph/a.ts', 'never'],
  ['renderer/app/b.tsx', 'never'],
  ['electron/c.ts', 'never'],
  ['electron/d.ts', 'any'],
  ['core/graph/e.ts', 'number'],
] as const;

it('a cast to never or any is an offence in the product, another is not', () => {
  for (const path of ['biome.json', 'build/lint/noAsNever.grit', '.gitignore'])
    cpSync(join(root, path), join(folder, path));
  for (const [path, type] of casts) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), `export const x = Number(1 as ${type});\n`);
  }
  const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
  const { stdout } = spawnSync(process.execPath, [biome, 'lint', '--vcs-enabled=false', '--reporter=json', '.'], {
    cwd: folder,
    encoding: 'utf8',
  });
  for (const [path, type] of casts) expect(stdout.includes(path), path).toBe(type !== 'number');
});
