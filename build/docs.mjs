// `npm run docs`: reads the docstrings of everything that the doors of core's rooms export (TypeDoc). What is exported without one, and a
// link that leads nowhere, is an error. Nothing is written.
import { spawnSync } from 'node:child_process';
import { root } from './stale.mjs';

const { status } = spawnSync(
  process.execPath,
  [
    '--import',
    './build/typescriptForLint.mjs',
    'node_modules/typedoc/bin/typedoc',
    '--options',
    'build/typedoc.json',
    ...process.argv.slice(2),
  ],
  { cwd: root, stdio: 'inherit' },
);
if (status === 0) console.log('Every export of core’s doors has its docstring.');
process.exit(status ?? 1);
