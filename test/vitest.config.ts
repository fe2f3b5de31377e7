import { defineConfig } from 'vitest/config';

/** One project for each part of `npm test`; `npm test -- unit` runs one. End-to-end specs run in Playwright instead. */
const part = (name: string, timeout: number, parallel = true) => ({
  test: {
    name,
    root: new URL('..', import.meta.url).pathname,
    include: [`test/${name}/**/*.test.{ts,tsx}`],
    environment: 'node' as const,
    setupFiles: ['test/seed.ts'],
    testTimeout: timeout,
    hookTimeout: timeout,
    // The same backends everywhere, graphics card or not: tests of webgpu bring a device of their own.
    env: { LAYERLOOM_WEBGPU_ADAPTER: 'none' },
    fileParallelism: parallel,
  },
});

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      part('unit', 30_000),
      part('property', 120_000),
      part('conformance', 120_000),
      part('parity', 600_000, false),
      part('host', 120_000, false),
    ],
  },
});
