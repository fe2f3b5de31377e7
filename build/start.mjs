// `npm start [-- file.loom] [--browser] [--no-open] [--port N]`: installs what is missing, builds what is stale, opens the app. Plain Node.
import { fork, spawn } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { findBrowser, hasDisplay, sandboxFlags } from './browser.mjs';
import { electronBinary, fetchElectron } from './electronBinary.mjs';
import { ensureInstalled, requireNode } from './install.mjs';
import { root } from './stale.mjs';

const USAGE = `npm start -- [file.loom] [options]
  --browser    open in a browser window even where Electron is there
  --no-open    only print the address to open
  --port N     fixed port for the browser window's host (otherwise any free one); its file dialogs take N + 1`;

/** Electron that ends with an error this soon never showed a window. */
const EARLY_MS = 4000;

function options() {
  let parsed;
  try {
    parsed = parseArgs({
      allowPositionals: true,
      options: {
        browser: { type: 'boolean', default: false },
        'no-open': { type: 'boolean', default: false },
        port: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (error) {
    stop(`${error.message}\n${USAGE}`);
  }
  const { values, positionals } = parsed;
  if (values.help) {
    console.log(USAGE);
    process.exit(0);
  }
  if (positionals.length > 1) stop(`One file at a time, please: ${positionals.join(', ')}.`);
  if (values.port !== undefined && !(/^\d{1,5}$/.test(values.port) && Number(values.port) < 65_536))
    stop(`“${values.port}” is not a port: give a number from 1 to 65535.`);
  // npm runs scripts in the package's folder; the file was named from where the person stood.
  const file = positionals[0] === undefined ? null : resolve(process.env.INIT_CWD ?? process.cwd(), positionals[0]);
  if (file !== null && !existsSync(file)) stop(`There is no file ${file}.`);
  return { file, browser: values.browser, open: !values['no-open'], port: values.port };
}

function stop(message) {
  console.error(message);
  process.exit(1);
}

/** Resolves to true when Electron showed the app, to false when it could not start. */
function runElectron(executable, file) {
  const env = { ...process.env, LAYERLOOM_NODE: process.execPath };
  delete env.ELECTRON_RUN_AS_NODE;
  const started = Date.now();
  const child = spawn(executable, [...sandboxFlags(console.log), root, ...(file === null ? [] : [file])], {
    cwd: root,
    env,
    stdio: 'inherit',
  });
  // Ctrl+C reaches Electron too, which saves what is being trained; this program waits for it.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  return new Promise((done) => {
    child.on('error', () => done(false));
    child.on('exit', (code) => done(code === 0 || code === null || Date.now() - started > EARLY_MS));
  });
}

/** `page` is a file that only the user can read: command lines are everyone's to read, and the address lets in whoever has it. */
function openWindow(browser, { url, page }, userDataDir) {
  mkdirSync(userDataDir, { recursive: true });
  const flags = [
    `--app=${page}`,
    `--user-data-dir=${userDataDir}`,
    '--no-first-run',
    '--no-default-browser-check',
    '--window-size=1440,900',
    ...sandboxFlags(console.log),
  ];
  const child = spawn(browser, flags, { cwd: userDataDir, stdio: 'ignore', detached: process.platform !== 'win32' });
  child.on('error', () => console.log(`${browser} could not be started. Open ${url}`));
  child.unref();
  return child;
}

async function userHome() {
  if (process.env.LAYERLOOM_HOME) return resolve(process.env.LAYERLOOM_HOME);
  const { default: envPaths } = await import('env-paths');
  return envPaths('Layerloom', { suffix: '' }).data;
}

/** The web host as a child that lives as long as its window or its run. */
async function runBrowser({ file, open, port }) {
  const home = await userHome();
  const browser = open && hasDisplay() ? findBrowser() : null;
  const flags = [
    ...(file === null ? [] : ['--file', file]),
    ...(port === undefined ? [] : ['--port', port]),
    ...(browser ? ['--until-closed'] : []),
  ];
  const host = fork(join(root, 'dist/web.cjs'), flags, { cwd: root, stdio: 'inherit' });
  let window = null;
  let running = false;
  let interrupts = 0;
  host.on('message', (message) => {
    if (message.type === 'listening') {
      running = message.running;
      if (browser) {
        // A profile of our own: nothing of the person's browser is touched, and its windows are told apart from ours.
        window = openWindow(browser, message, join(home, 'browser'));
        console.log(
          running
            ? 'Layerloom is running already: opened another window of it.'
            : 'Layerloom is open. Close its window or press Ctrl+C to end.',
        );
      } else {
        if (open) console.log(hasDisplay() ? 'No Chromium, Chrome or Edge was found.' : 'There is no display here.');
        console.log(`Open ${message.url}${running ? '' : '\nCtrl+C ends Layerloom.'}`);
      }
    } else if (message.type === 'shown') console.log('Layerloom is running already: its window is shown.');
    else if (message.type === 'trainingAlone')
      console.log('The window is closed, and training goes on. `npm start` shows it again; Ctrl+C saves it and ends.');
    else if (message.type === 'failed') console.error(message.message);
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => {
      interrupts += 1;
      // A terminal sends Ctrl+C to the host too; `kill` reaches only us. A second one does not wait for the weights to be saved.
      host.kill(interrupts > 1 ? 'SIGKILL' : 'SIGTERM');
      if (interrupts === 1) console.log('\nEnding …');
    });
  host.on('exit', (code) => {
    // A window that was handed to a browser already running is not ours to close.
    if (interrupts > 0 && window && window.exitCode === null) window.kill();
    process.exitCode = code ?? 1;
  });
}

requireNode();
const chosen = options();
ensureInstalled();
const { ensureBuilt } = await import('./build.mjs');
try {
  await ensureBuilt();
} catch (error) {
  stop(`The build failed: ${error.message}`);
}

let reason = null;
if (!chosen.browser && chosen.open && hasDisplay()) {
  const found = electronBinary();
  const { executable, reason: why } = found ? { executable: found } : await fetchElectron();
  if (executable && (await runElectron(executable, chosen.file))) process.exit(0);
  reason = why ?? 'Electron could not start here';
}
if (reason) console.log(`${reason}; opening the app in a browser window.`);
await runBrowser(chosen);
