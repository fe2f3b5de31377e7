import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

// A child process that inherits the current folder runs in whatever folder a person happens to be in. Python finds modules there, and
// systems programs and libraries: `pip.py` in a folder that came from elsewhere would be run by us.

const ROOT = new URL('../../..', import.meta.url).pathname;
const CALL = /(?<![.\w])(?:spawn|spawnSync|fork|execFile|execFileSync|exec|execSync)\(/g;

function sources(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|tsx|mjs)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

/** The text of a call from its name to the bracket that closes it. */
function callAt(text: string, start: number): string {
  let depth = 0;
  for (let at = text.indexOf('(', start); at < text.length; at++) {
    if (text[at] === '(') depth += 1;
    else if (text[at] === ')') depth -= 1;
    if (depth === 0) return text.slice(start, at + 1);
  }
  return text.slice(start);
}

const calls = ['core', 'electron', 'renderer', 'build'].flatMap(sources).flatMap((file) => {
  const text = readFileSync(file, 'utf8');
  if (!text.includes("'node:child_process'")) return [];
  return [...text.matchAll(CALL)].map(({ index }) => ({ file: file.slice(ROOT.length), call: callAt(text, index) }));
});

describe('child processes', () => {
  it('are found at all', () => expect(calls.length).toBeGreaterThan(12));

  it.each(calls)('are started in a folder of their own: $file', ({ call }) => {
    expect(call).toMatch(/\bcwd\s*[:,]/);
  });

  it.each(calls.filter(({ call }) => /'-m'/.test(call)))('run Python modules isolated: $file', ({ call }) => {
    expect(call).toContain("'-I'");
  });
});
