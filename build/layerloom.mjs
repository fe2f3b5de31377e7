#!/usr/bin/env node
// `npx layerloom …`: brings the build up to date, then hands over to the command line.
import { createRequire } from 'node:module';
import { ensureBuilt } from './build.mjs';
import { ensureInstalled, requireNode } from './install.mjs';

requireNode();
ensureInstalled();
// `serve` shows the app too; every other command needs no renderer.
await ensureBuilt(process.argv[2] === 'serve' ? ['kernels', 'node', 'renderer'] : ['kernels', 'node']);
createRequire(import.meta.url)('../dist/cli.cjs');
