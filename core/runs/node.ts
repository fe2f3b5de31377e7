// Node only: runs on disk. The browser-safe part is `index.ts`.
export { RUN_FILES } from './files.ts';
export { sweepRuns } from './newFolder.ts';
export { claimForEngine, holderText, trainedElsewhere } from './ownership.ts';
export {
  type MetricsWriter,
  openMetrics,
  readMetrics,
  readRecord,
  truncateMetrics,
  updateRecord,
} from './runFolder.ts';
export { type RunStore, runStore } from './runStore.ts';
