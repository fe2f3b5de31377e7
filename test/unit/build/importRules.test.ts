import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../../..');
let folder: string;
let violations: { readonly rule: { readonly name: string }; readonly from: string; readonly to: string }[];

/** A small tree with one offence a file, so that a rule that checks nothing would be noticed. */
const files: Readonly<Record<string, string>> = {
  'core/errors.ts': 'export const problem = 1;',
  'core/tensor/index.ts': 'export const rank = 2;',
  'core/document/index.ts': "export type { Layer } from '../catalogue/index.ts';",
  'core/catalogue/index.ts': "export interface Layer { id: string }\nexport { rank } from '../tensor/index.ts';",
  'core/catalogue/secret.ts': "import { rank } from '../tensor/index.ts';\nexport const secret = rank;",
  'core/graph/index.ts':
    "import { start } from '../engine/index.ts';\nimport { secret } from '../catalogue/secret.ts';\nexport const graph = [start, secret];",
  'core/data/index.ts': "import { files } from './node.ts';\nexport const data = files;",
  'core/data/node.ts': "import { readFile } from 'node:fs';\nexport const files = readFile;",
  'core/engine/index.ts':
    "import type { Tensor } from '@tensorflow/tfjs-core';\nexport const start = (tensor: Tensor) => tensor;",
  'core/runs/index.ts': "import { tensor } from '@tensorflow/tfjs-core';\nexport const runs = tensor;",
  'core/formats/index.ts': "import type { Tensor } from '@tensorflow/tfjs-core';\nexport type Weights = Tensor;",
  'core/formats/lonely.ts': 'export const lonely = 1;',
  'core/commands/a.ts': "import { b } from './b.ts';\nexport const a: number = b;",
  'core/commands/b.ts': "import { a } from './a.ts';\nexport const b: number = a;",
  'renderer/features/data/Room.tsx': "import { Room } from '../train/Room.tsx';\nexport const Data = () => <Room />;",
  'renderer/features/train/Room.tsx':
    "import { files } from '../../../core/data/node.ts';\nexport const Room = () => <p>{String(files)}</p>;",
  'renderer/chooser/main.tsx': "import { Data } from '../features/data/Room.tsx';\nexport const page = Data;",
  'renderer/app/App.tsx': "import { page } from '../chooser/main.tsx';\nexport const App = page;",
  'electron/main.ts':
    "import { Data } from '../renderer/features/data/Room.tsx';\nimport { problem } from '../core/errors.ts';\nexport const main = [Data, problem];",
};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'layerloom-rules-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), `${text}\n`);
  }
  for (const name of ['package.json', 'tsconfig.json', '.dependency-cruiser.cjs'])
    cpSync(join(root, name), join(folder, name));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const result = spawnSync(
    process.execPath,
    [
      '--import',
      join(root, 'build/typescriptForLint.mjs'),
      join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs'),
      '--config',
      '.dependency-cruiser.cjs',
      '--output-type',
      'json',
      'core',
      'electron',
      'renderer',
    ],
    { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 26 },
  );
  violations = JSON.parse(result.stdout).summary.violations;
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const found = (rule: string, from: string) =>
  violations.some((violation) => violation.rule.name === rule && violation.from === from);

it.each([
  ['core-document', 'core/document/index.ts'],
  ['core-graph', 'core/graph/index.ts'],
  ['by-the-door', 'core/graph/index.ts'],
  ['browser-safe-doors', 'core/data/index.ts'],
  ['tensorflow-in-the-engine-only', 'core/runs/index.ts'],
  ['no-orphans', 'core/formats/lonely.ts'],
  ['no-cycles', 'core/commands/a.ts'],
  ['features-keep-apart', 'renderer/features/data/Room.tsx'],
  ['renderer-enters-core-by-browser-doors', 'renderer/features/train/Room.tsx'],
  ['file-dialog-apart', 'renderer/chooser/main.tsx'],
  ['app-not-file-dialog', 'renderer/app/App.tsx'],
  ['electron-not-renderer', 'electron/main.ts'],
])('reports %s in %s', (rule, from) => {
  expect(found(rule, from)).toBe(true);
});

it('reports nothing else in the files that keep to the rules', () => {
  for (const from of [
    'core/engine/index.ts',
    'core/formats/index.ts',
    'core/tensor/index.ts',
    'core/catalogue/secret.ts',
  ])
    expect(violations.filter((violation) => violation.from === from)).toEqual([]);
});
