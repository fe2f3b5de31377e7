// What tests need besides npm packages: a Chromium, and a Python with the frameworks that results are compared with.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findBrowser } from './browser.mjs';
import { cacheDir, root } from './stale.mjs';

const isDebianRoot = () =>
  process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/etc/debian_version');
const run = (command, args) => spawnSync(command, args, { cwd: root, stdio: 'inherit' }).status === 0;
const aptInstall = (name) => {
  console.log(`Installing ${name} with apt-get …`);
  const quiet = ['-qq', '-o=Dpkg::Use-Pty=0'];
  return (
    run('apt-get', [...quiet, 'update']) && run('apt-get', [...quiet, 'install', '-y', '--no-install-recommends', name])
  );
};

/** Path of the Chromium that tests run in; an installed one, else apt's, else Playwright's own. Throws with the reason. */
export async function testBrowser() {
  const found = findBrowser();
  if (found) return found;
  if (isDebianRoot() && aptInstall('chromium')) {
    const installed = findBrowser();
    if (installed) return installed;
  }
  const { chromium } = await import('@playwright/test');
  if (existsSync(chromium.executablePath())) return chromium.executablePath();
  console.log('Downloading Chromium with Playwright …');
  const cli = join(root, 'node_modules/@playwright/test/cli.js');
  if (run(process.execPath, [cli, 'install', 'chromium']) && existsSync(chromium.executablePath()))
    return chromium.executablePath();
  throw new Error(
    'No Chromium, Chrome or Edge was found and none could be downloaded. Install one, or name it in LAYERLOOM_BROWSER.',
  );
}

function findPython() {
  const names =
    process.platform === 'win32'
      ? ['python', 'py']
      : ['python3', 'python3.13', 'python3.12', 'python3.11', 'python3.10', 'python'];
  const check = 'import sys; sys.exit(0 if (3, 10) <= sys.version_info[:2] < (3, 14) else 1)';
  return (
    names.find((name) => spawnSync(name, ['-I', '-c', check], { cwd: root, stdio: 'ignore' }).status === 0) ?? null
  );
}

/** Path of a Python with what test/parity/requirements.txt lists, in a folder of our own. Throws with the reason. */
export function testPython() {
  if (process.env.LAYERLOOM_PYTHON) return process.env.LAYERLOOM_PYTHON;
  const requirements = join(root, 'test/parity/requirements.txt');
  const venv = join(cacheDir, 'venv');
  const python = join(venv, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
  const stamp = join(cacheDir, 'venv-stamp');
  const wanted = createHash('sha256').update(readFileSync(requirements)).digest('hex');
  if (existsSync(python) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return python;
  const base = findPython();
  if (!base)
    throw new Error(
      'Comparing with Keras and PyTorch needs Python 3.10 to 3.13 (python3 on the PATH). Install it, or name one that has the packages of test/parity/requirements.txt in LAYERLOOM_PYTHON.',
    );
  console.log('Setting up Python with Keras, TensorFlow and PyTorch (some minutes, once) …');
  rmSync(venv, { recursive: true, force: true });
  mkdirSync(cacheDir, { recursive: true });
  const make = () => spawnSync(base, ['-I', '-m', 'venv', venv], { cwd: root, stdio: 'ignore' }).status === 0;
  if (!make() && !(isDebianRoot() && aptInstall('python3-venv') && make()))
    throw new Error(`${base} cannot make a virtual environment (on Debian and Ubuntu: apt install python3-venv).`);
  if (!run(python, ['-I', '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements]))
    throw new Error('pip could not install test/parity/requirements.txt (its messages are above).');
  writeFileSync(stamp, wanted);
  return python;
}

/**
 * A data folder with the TensorFlow engine in it, installed by the product's own command; or the reason why there is none. Its tests
 * are then skipped, since the engine is an option of the product's and not every system has one.
 */
export function testEngine() {
  const home = join(cacheDir, 'engine-home');
  const program = join(root, 'dist/cli.cjs');
  const layerloom = (...args) =>
    spawnSync(process.execPath, [program, 'engines', ...args, '--json'], {
      cwd: root,
      env: { ...process.env, LAYERLOOM_HOME: home },
      encoding: 'utf8',
    });
  const tensorflow = () => JSON.parse(layerloom().stdout).find(({ name }) => name === 'tensorflow');
  const found = tensorflow();
  if (found.available) return { home };
  if (!found.installs) return { reason: found.reason };
  if (spawnSync('c++', ['--version'], { cwd: root, stdio: 'ignore' }).status !== 0 && isDebianRoot()) aptInstall('g++');
  console.log(`Installing the TensorFlow engine (${Math.round(found.installs.download / 1e6)} MB, once) …`);
  const installed = layerloom('install', 'tensorflow');
  if (installed.status === 0) return { home };
  return { reason: installed.stderr.trim() };
}
