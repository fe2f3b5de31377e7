import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../../..');
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'layerloom-docs-'));
  const copied = ['docs.mjs', 'typedoc.json', 'tsconfig.docs.json', 'typescriptForLint.mjs', 'stale.mjs'];
  for (const name of ['package.json', 'tsconfig.json', ...copied.map((file) => `build/${file}`)])
    cpSync(join(root, name), join(folder, name));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function docs(files: Readonly<Record<string, string>>) {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), `${text}\n`);
  }
  const { status, stdout, stderr } = spawnSync(process.execPath, ['build/docs.mjs'], { cwd: folder, encoding: 'utf8' });
  return { good: status === 0, said: `${stdout}${stderr}` };
}

it('what the door of a room exports needs a docstring whose links lead somewhere', () => {
  const { good, said } = docs({
    'core/graph/index.ts': "export { rank } from './rank.ts';\n/** See {@link rank}. */\nexport const sound = 1;",
    'core/graph/rank.ts': '/** Dimensions, see {@link nowhere}. */\nexport const rank = 2;\nexport const inside = 3;',
    'core/data/node.ts': 'export function read(): void {}\nexport interface Row {\n  readonly id: number;\n}',
    'core/formats/one/index.ts': '/** One. */\nexport const one = 1;',
    'core/formats/one/node.ts': 'export const two = 2;',
  });
  expect(good).toBe(false);
  expect(said).toContain('nowhere');
  for (const name of ['read', 'Row', 'two'])
    expect(said).toMatch(new RegExp(`node\\.${name}.*does not have any documentation`));
  for (const name of ['sound', 'inside', 'one ']) expect(said).not.toContain(`.${name}`);
}, 120_000);
