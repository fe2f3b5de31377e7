// `npm run lint`: formatting and code rules (Biome), then who imports whom (dependency-cruiser, rules in .dependency-cruiser.cjs).
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './stale.mjs';

const tool = (path) => join(root, 'node_modules', path);
const run = (args) => spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status === 0;

const formatted = run([tool('@biomejs/biome/bin/biome'), 'check', '--error-on-warnings', '.']);
const layered = run([
  '--import',
  './build/typescriptForLint.mjs',
  tool('dependency-cruiser/bin/dependency-cruise.mjs'),
  '--config',
  '.dependency-cruiser.cjs',
  'core',
  'electron',
  'renderer',
]);
process.exit(formatted && layered ? 0 : 1);
