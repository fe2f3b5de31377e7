// Brings node_modules in line with the lockfile. Plain Node.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
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

/** Whether node_modules holds what the lockfile asks for, as after an `npm install` by hand. Packages for other systems may be absent. */
function alreadyMatches(lockText) {
  try {
    const wanted = JSON.parse(lockText).packages;
    const present = JSON.parse(readFileSync(join(root, 'node_modules', '.package-lock.json'), 'utf8')).packages;
    return Object.entries(wanted).every(
      ([path, { version, optional }]) => path === '' || (present[path] ? present[path].version === version : optional),
    );
  } catch {
    return false;
  }
}

/** `npm ci` when node_modules is missing or was made from another lockfile. */
export function ensureInstalled() {
  const text = readFileSync(join(root, 'package-lock.json'), 'utf8');
  const lock = createHash('sha256').update(text).digest('hex');
  const stampFile = join(cacheDir, 'installed');
  // npm ci empties node_modules; what took minutes to make there (a Python with its frameworks) waits beside it.
  const refuge = join(root, '.cache', 'layerloom');
  const move = (from, to) => {
    if (!existsSync(from)) return;
    rmSync(to, { recursive: true, force: true });
    mkdirSync(dirname(to), { recursive: true });
    renameSync(from, to);
  };
  const stamp = existsSync(stampFile) ? readFileSync(stampFile, 'utf8') : '';
  if (stamp === lock) return;
  if (!alreadyMatches(text)) {
    console.log(stamp ? 'Dependencies changed: npm ci …' : 'Installing dependencies: npm ci …');
    move(cacheDir, refuge);
    const code = npm(['ci', '--no-progress', '--loglevel=error']);
    if (code !== 0) {
      console.error(
        'npm ci failed (its messages are above). Check the network and the registry npm is set to, then try again.',
      );
      process.exit(1);
    }
  }
  // Also brings back what an interrupted run left there.
  move(refuge, cacheDir);
  mkdirSync(cacheDir, { recursive: true });
  writeFileSync(stampFile, lock);
}
