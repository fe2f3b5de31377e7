// An installed Chromium, Chrome or Edge: the app's window where Electron is not to be had, and what tests run in.
import { existsSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const names = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'microsoft-edge',
  'microsoft-edge-stable',
  'brave-browser',
];

function candidates() {
  if (process.platform === 'darwin')
    return ['Google Chrome', 'Chromium', 'Microsoft Edge', 'Brave Browser'].flatMap((name) =>
      ['/Applications', join(process.env.HOME ?? '', 'Applications')].map((folder) =>
        join(folder, `${name}.app`, 'Contents/MacOS', name),
      ),
    );
  if (process.platform === 'win32')
    return ['LOCALAPPDATA', 'PROGRAMFILES', 'PROGRAMFILES(X86)'].flatMap((variable) => {
      const folder = process.env[variable];
      return folder
        ? [
            'Google\\Chrome\\Application\\chrome.exe',
            'Microsoft\\Edge\\Application\\msedge.exe',
            'Chromium\\Application\\chrome.exe',
          ].map((path) => join(folder, path))
        : [];
    });
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

/** Path of a browser that can show app windows, or null. The environment variable LAYERLOOM_BROWSER names another. */
export function findBrowser() {
  const chosen = process.env.LAYERLOOM_BROWSER;
  if (chosen) return existsSync(chosen) ? chosen : null;
  return candidates().find((path) => statSync(path, { throwIfNoEntry: false })?.isFile()) ?? null;
}

/** Whether a window could be seen. */
export function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/** Chromium's own sandbox refuses to work for root, and only then is it off; `say` is told so, in a sentence for the person. */
export function sandboxFlags(say = () => undefined) {
  const root = process.platform === 'linux' && process.getuid?.() === 0;
  if (!root) return [];
  say(
    'Running as root: the window’s own sandbox is off, since it refuses to work for root. Start Layerloom as an ordinary user to have it.',
  );
  // The second flag keeps the browser from covering the window's top with a warning about the first.
  return ['--no-sandbox', '--test-type'];
}
