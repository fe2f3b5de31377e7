import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Relative addresses, so that the same files serve under app:// and under the loopback host. */
export default defineConfig({
  root: fileURLToPath(new URL('../renderer', import.meta.url)),
  base: './',
  plugins: [react()],
  // Radix hides the page behind an open menu from screen readers, but leaves it to the Tab key: ours makes it inert.
  resolve: {
    alias: [
      { find: /^aria-hidden$/, replacement: fileURLToPath(new URL('../renderer/ui/hideOthers.ts', import.meta.url)) },
    ],
  },
  worker: { format: 'es' },
  cacheDir: fileURLToPath(new URL('../node_modules/.cache/vite', import.meta.url)),
  build: {
    outDir: fileURLToPath(new URL('../dist/renderer', import.meta.url)),
    emptyOutDir: true,
    rolldownOptions: {
      // The app, and the page of its file dialog where the system has none (electron/README.md).
      input: ['index.html', 'chooser.html'].map((page) =>
        fileURLToPath(new URL(`../renderer/${page}`, import.meta.url)),
      ),
    },
    target: 'chrome120',
    // The content security policy allows no inline scripts; the polyfill would be one.
    modulePreload: { polyfill: false },
    // Fonts and workers stay files: the policy allows no data: sources for them.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 2000,
  },
});
