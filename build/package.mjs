// `npm run package`: the app as a folder, dist/package, with a Node runtime beside it for the engine (see electron/README.md).
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, realpathSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ensureBuilt } from './build.mjs';
import { electronBinary, fetchElectron } from './electronBinary.mjs';
import { ensureInstalled, requireNode } from './install.mjs';
import { root } from './stale.mjs';

requireNode();
ensureInstalled();
await ensureBuilt();
if (!electronBinary()) {
  const { reason } = await fetchElectron();
  if (reason) {
    console.error(`${reason}. Packaging needs Electron itself.`);
    process.exit(1);
  }
}
const electronDist = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(root, 'node_modules/electron/dist');
const runtime = join(root, 'dist/runtime', process.platform === 'win32' ? 'node.exe' : 'bin/node');
rmSync(join(root, 'dist/package'), { recursive: true, force: true });
mkdirSync(dirname(runtime), { recursive: true });
copyFileSync(process.execPath, runtime);
copyFileSync(nodeLicence(), join(root, 'dist/runtime/LICENSE'));
const cli = join(root, 'node_modules/electron-builder/out/cli/cli.js');
const flags = ['--dir', '--config', 'build/electron-builder.json', `-c.electronDist=${electronDist}`];
process.exit(spawnSync(process.execPath, [cli, ...flags], { cwd: root, stdio: 'inherit' }).status ?? 1);

/** The licence of the Node that runs this, and travels in the package. */
function nodeLicence() {
  const folder = dirname(realpathSync(process.execPath));
  const places = ['LICENSE', '../LICENSE', '../share/doc/nodejs/LICENSE', '../share/doc/node/LICENSE'];
  const found = places.map((place) => join(folder, place)).find((path) => existsSync(path));
  if (found) return found;
  console.error(
    `The package holds the Node it is made with (${process.execPath}), whose licence must come along, and there is none beside it. Use a Node from https://nodejs.org, which brings its LICENSE.`,
  );
  process.exit(1);
}
