// dist/THIRD-PARTY-NOTICES.txt: the licences of everything that is built into the app or travels with it.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './stale.mjs';

/** Build tools that put code of their own into what they make; all other development dependencies leave nothing behind. */
const TOOLS_THAT_LEAVE_CODE = ['assemblyscript', 'esbuild', 'rolldown', 'vite'];
const LICENCE_FILE = /^(licen[cs]e|copying|copyright|notice|third[-_ ]?party)/i;
const RULE = '='.repeat(100);

const read = (...path) => readFileSync(join(root, ...path), 'utf8');

/** Folders of the installed packages, below the root, that this system's app is made of. */
function packageFolders() {
  const { packages } = JSON.parse(read('package-lock.json'));
  const tools = new Set(TOOLS_THAT_LEAVE_CODE.map((name) => `node_modules/${name}`));
  return Object.entries(packages)
    .filter(([path, { dev }]) => path !== '' && (!dev || tools.has(path)))
    .map(([path]) => path)
    .filter((path) => {
      try {
        read(path, 'package.json');
        return true;
      } catch {
        return false; // For another system.
      }
    });
}

/** The section of a README that speaks of the licence, where there is one. */
function licenceSection(folder) {
  const name = readdirSync(join(root, folder)).find((file) => /^readme/i.test(file));
  const text = name === undefined ? '' : read(folder, name);
  const section = /^#+ *(?:licen[cs]|copyright).*$[\s\S]*?(?=^#+ [^#]|(?![\s\S]))/im.exec(text)?.[0] ?? '';
  return section.trim();
}

/** A package without a file of its own: who made it, what it says of its licence, and the licence's standard text. */
function standardTexts(folder, { license, author }) {
  const maker = typeof author === 'string' ? author : author?.name;
  const texts = String(license)
    .replace(/[()]/g, '')
    .split(/ (?:AND|OR) /)
    .map((id) => {
      try {
        return read('build/licences', `${id}.txt`);
      } catch {
        throw new Error(
          `${folder} has no licence file, and build/licences has no text of ${id}. Put the text there, from https://spdx.org/licenses.`,
        );
      }
    });
  return [...(maker ? [`By ${maker}`] : []), licenceSection(folder), ...texts].filter((text) => text !== '');
}

/** One package: `{name, version, licence, texts}`. */
function notice(folder) {
  const manifest = JSON.parse(read(folder, 'package.json'));
  const files = readdirSync(join(root, folder), { withFileTypes: true }).filter(
    (entry) => entry.isFile() && LICENCE_FILE.test(entry.name) && !/\.(c|m)?[jt]s$/.test(entry.name),
  );
  const texts = files.map(({ name }) => read(folder, name).trim());
  const whole = files.some(({ name }) => !/^notice/i.test(name));
  const { name, version, license = 'see below' } = manifest;
  return { name, version, licence: license, texts: whole ? texts : [...texts, ...standardTexts(folder, manifest)] };
}

/** Every package once for each version of it, by name. */
export function notices() {
  const found = new Map(packageFolders().map((folder) => [folder, notice(folder)]));
  const once = new Map([...found.values()].map((one) => [`${one.name}@${one.version}`, one]));
  return [...once.values()].sort((a, b) =>
    a.name < b.name ? -1 : a.name > b.name ? 1 : a.version < b.version ? -1 : 1,
  );
}

/** Writes the notices to the files named, relative to the root. */
export function writeNotices(...files) {
  const all = notices();
  const text = [
    `Layerloom is made with ${all.length} packages of others. These are their licences.\n`,
    ...all.map(({ name, version, licence, texts }) =>
      [RULE, `${name} ${version} (${licence})`, RULE, '', ...texts.flatMap((one) => [one.trim(), ''])].join('\n'),
    ),
  ].join('\n');
  for (const file of files) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
}
