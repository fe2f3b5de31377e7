/** What lies in a run's folder. */
export const RUN_FILES = {
  record: 'run.json',
  /** The design as trained. */
  document: 'design.loom',
  /** One metric point a line. */
  metrics: 'metrics.jsonl',
  bestWeights: 'best.safetensors',
  lastWeights: 'last.safetensors',
  /** Weights and optimiser slots to go on from, and in its metadata where that was. */
  checkpoint: 'checkpoint.safetensors',
  /** How samples were scaled (core/data Scaler) and the fields of the data. */
  data: 'data.json',
} as const;
