// Brings node_modules in line with the lockfile. Plain Node.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheDir, root } from './stale.mjs';

/** Runs npm of the Node that runs this, with its output shown. Returns the exit code. */
export function npm(args) {
  const cli = process.env.npm_execpath;
  const own = cli && /npm-cli\.(c|m)?js$/.test(cli) && existsSync(cli);
  const result = own
    ? spawnSync(process.execPath, [cli, ...args], { cwd: root, stdio: 'inherit' })
    : spawnSync('npm', args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
  return result.status ?? 1;
}

export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.error(`Layerloom needs Node 20.19 or newer; this is ${process.version}. Get it from https://nodejs.org.`);
  process.exit(1);
}

/** `npm ci` when node_modules is missing or was made from another lockfile. */
export function ensureInstalled() {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  const stampFile = join(cacheDir, 'installed');
  const stamp = existsSync(stampFile) ? readFileSync(stampFile, 'utf8') : '';
  if (stamp === lock) return;
  console.log(stamp ? 'Dependencies changed: npm ci …' : 'Installing dependencies: npm ci …');
  if (npm(['ci', '--no-progress']) !== 0) {
    console.error(
      'npm ci failed (its messages are above). Check the network and the registry npm is set to, then try again.',
    );
    process.exit(1);
  }
  mkdirSync(cacheDir, { recursive: true });
  writeFileSync(stampFile, lock);
}
