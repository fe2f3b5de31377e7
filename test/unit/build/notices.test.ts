import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { notices } from '../../../build/notices.mjs';

const ROOT = new URL('../../..', import.meta.url).pathname;
const named = new Set(notices().map(({ name }) => name));

/** The package that a path below node_modules belongs to. */
const packageOf = (path: string) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1];

describe('third-party notices', () => {
  it('name every package whose code is in a bundle, as the source maps tell', () => {
    const maps = readdirSync(join(ROOT, 'dist')).filter((name) => name.endsWith('.cjs.map'));
    expect(maps.length).toBeGreaterThan(4);
    const bundled = new Set(
      maps
        .flatMap(
          (name) => (JSON.parse(readFileSync(join(ROOT, 'dist', name), 'utf8')) as { sources: string[] }).sources,
        )
        .map(packageOf)
        .filter((name) => name !== undefined),
    );
    expect(bundled.size).toBeGreaterThan(8);
    expect([...bundled].filter((name) => !named.has(name))).toEqual([]);
  });

  it('name every package that the window imports', () => {
    const files = readdirSync(join(ROOT, 'renderer'), { recursive: true, encoding: 'utf8' });
    const imported = new Set(
      files
        .filter((name) => /\.(tsx?|css)$/.test(name))
        .flatMap((name) => [
          ...readFileSync(join(ROOT, 'renderer', name), 'utf8').matchAll(
            /(?:from|import) '((?:@[\w-]+\/)?[\w-][^'/]*)/g,
          ),
        ])
        .map(([, name]) => name),
    );
    expect(imported).toContain('react');
    expect([...imported].filter((name) => name === undefined || !named.has(name))).toEqual([]);
  });

  it('give a whole licence for each', () => {
    for (const { name, texts } of notices()) {
      expect(texts.length, name).toBeGreaterThan(0);
      expect(texts.join('\n'), name).toMatch(/permi(t|ssion)|granted|redistribut/i);
    }
  });

  it('lie in the build', () => {
    const text = readFileSync(join(ROOT, 'dist/THIRD-PARTY-NOTICES.txt'), 'utf8');
    for (const { name, version } of notices()) expect(text).toContain(`\n${name} ${version} (`);
  });
});
