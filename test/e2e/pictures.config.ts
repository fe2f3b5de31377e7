import { defineConfig } from '@playwright/test';
import config from './playwright.config.ts';

/** Takes a picture of every panel, in light and in dark: `npx playwright test --config=test/e2e/pictures.config.ts`. */
export default defineConfig({
  ...config,
  testMatch: 'pictures.ts',
  outputDir: '../../test-results/pictures-run',
  timeout: 300_000,
  use: { ...config.use, trace: 'off' },
  projects: (['light', 'dark'] as const).map((colorScheme) => ({
    name: colorScheme,
    use: { hostKind: 'web' as const, colorScheme },
  })),
});
