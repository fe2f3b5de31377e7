import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

// `npm ci` compares a package with the lockfile's hash, and takes one without a hash as it comes.

interface Locked {
  readonly version?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly link?: boolean;
}
const { packages } = JSON.parse(readFileSync(new URL('../../../package-lock.json', import.meta.url), 'utf8')) as {
  packages: Record<string, Locked>;
};
const entries = Object.entries(packages).filter(([path]) => path !== '');

it('every package of the lockfile has a hash that cannot be forged', () => {
  expect(entries.length).toBeGreaterThan(300);
  // 64 bytes of SHA-512 are 86 characters of base64 and two of padding.
  const without = entries.filter(([, { integrity }]) => !/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity ?? ''));
  expect(without.map(([path, { version }]) => `${path} ${version}`)).toEqual([]);
});

it('none comes from elsewhere than a registry', () => {
  const elsewhere = entries.filter(
    ([, { link, resolved }]) =>
      link === true || (resolved !== undefined && !/^https:\/\/[^/]+\/.+\.tgz$/.test(resolved)),
  );
  expect(elsewhere.map(([path]) => path)).toEqual([]);
});
