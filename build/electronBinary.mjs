// Electron's binary: is it there, and can it be had? Never `require('electron')`: under plain Node that downloads, without a time limit.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheDir, root } from './stale.mjs';

const PROBE_MS = 4000;
/** Not asked again for a day: a start without a network must not wait each time. */
const PROBE_AGAIN_MS = 24 * 3600_000;
const FETCH_MS = 10 * 60_000;
const folder = join(root, 'node_modules', 'electron');

const executables = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' };

function wantedVersion() {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version;
}

/** Path of the executable when it is whole and of the version that package.json asks for, else null. */
export function electronBinary() {
  const dist = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(folder, 'dist');
  const executable = join(dist, executables[process.platform] ?? 'electron');
  if (!existsSync(executable)) return null;
  if (process.env.ELECTRON_OVERRIDE_DIST_PATH) return executable;
  try {
    const version = readFileSync(join(dist, 'version'), 'utf8').trim().replace(/^v/, '');
    return version === wantedVersion() ? executable : null;
  } catch {
    return null;
  }
}

/** Fetches the binary if its release host answers. Resolves to the executable or to the reason why there is none. */
export async function fetchElectron() {
  const version = wantedVersion();
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 22 || (major === 22 && minor < 12))
    return {
      reason: `Electron's binary is not there, and its installer needs Node 22.12 (this is ${process.version})`,
    };
  const stamp = join(cacheDir, 'electron-probe.json');
  try {
    const last = JSON.parse(readFileSync(stamp, 'utf8'));
    if (last.version === version && Date.now() - last.at < PROBE_AGAIN_MS)
      return {
        reason: `Electron's binary is not there and could not be fetched (${last.why}; tried again after a day)`,
      };
  } catch {
    // Never tried.
  }
  const failed = (why) => {
    mkdirSync(cacheDir, { recursive: true });
    writeFileSync(stamp, JSON.stringify({ version, at: Date.now(), why }));
    return { reason: `Electron's binary is not there and could not be fetched (${why})` };
  };
  const mirror =
    process.env.ELECTRON_MIRROR ??
    process.env.npm_config_electron_mirror ??
    'https://github.com/electron/electron/releases/download/';
  const address = `${mirror.replace(/\/?$/, '/')}v${version}/electron-v${version}-${process.platform}-${process.arch}.zip`;
  try {
    const answer = await fetch(address, { method: 'HEAD', signal: AbortSignal.timeout(PROBE_MS) });
    if (!answer.ok) return failed(`${new URL(address).host} answers ${answer.status}`);
  } catch {
    return failed(`${new URL(address).host} does not answer`);
  }
  console.log(`Fetching Electron ${version} (about 120 MB, once) …`);
  const result = spawnSync(process.execPath, [join(folder, 'install.js')], {
    cwd: folder,
    stdio: 'inherit',
    timeout: FETCH_MS,
    killSignal: 'SIGKILL',
  });
  const executable = electronBinary();
  if (executable) return { executable };
  return failed(result.error ? 'the download took too long' : 'its installer failed');
}
