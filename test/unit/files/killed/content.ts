import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { TrainerSnapshot } from '../../../../core/engine/train/trainer.ts';
import type { MetricPoint, RunRecord } from '../../../../core/runs/index.ts';

/** What is written while its process is killed. */
export const KINDS = [
  'design',
  'autosave',
  'settings',
  'record',
  'metrics',
  'checkpoint',
  'exportFile',
  'exportFolder',
  'newRun',
] as const;
export type Kind = (typeof KINDS)[number];

export const counterSchema = z.object({ n: z.number() });

/** Large enough that a kill falls into the writing of it. */
const LINES = 40_000;

export const asText = (n: number): string => `${n}\n`.repeat(LINES);

/** The number that a whole text holds. Throws when it is cut or mixed. */
export function numberIn(text: string): number {
  const n = Number(text.slice(0, text.indexOf('\n')));
  if (text !== asText(n)) throw new Error(`a text of ${text.length} characters that begins with ${n} is not whole`);
  return n;
}

export const recordOf = (n: number): RunRecord => ({
  id: 'one',
  name: 'one',
  documentName: 'one',
  documentPath: null,
  status: 'running',
  createdAt: new Date(0).toISOString(),
  finishedAt: null,
  backend: null,
  device: null,
  backendReason: null,
  seed: 1,
  epochs: 10,
  epoch: 1,
  step: n,
  stepsPerEpoch: 1,
  samplesPerSecond: null,
  elapsed: 0,
  metrics: Object.fromEntries(Array.from({ length: 400 }, (_, i) => [`metric${i}`, n])),
  best: null,
  problem: null,
});

export const pointsOf = (n: number): MetricPoint[] => [
  { kind: 'step', step: n, epoch: n, time: n, values: { loss: n } },
];

const ELEMENTS = 200_000;

export const checkpointOf = (n: number): TrainerSnapshot => {
  const data = () => ({ shape: [ELEMENTS], data: new Float32Array(ELEMENTS).fill(n) });
  return {
    state: {
      epoch: n,
      batch: 0,
      step: n,
      elapsed: 0,
      epochSums: { samples: 0, values: [] },
      pointSums: { samples: 0, values: [] },
      best: null,
    },
    weights: new Map([['w', data()]]),
    slots: new Map([['w/m', data()]]),
    optimizerStep: n,
  };
};

/** Laid out as a TensorFlow.js export is: a description that names the file of weights. */
export function exportOf(n: number): { name: string; bytes: Uint8Array }[] {
  const bytes = Buffer.from(asText(n));
  const name = `group1-shard1of1-${createHash('sha256').update(bytes).digest('hex').slice(0, 16)}.bin`;
  return [
    { name: 'model.json', bytes: Buffer.from(JSON.stringify({ n, weightsManifest: [{ paths: [name] }] })) },
    { name, bytes },
  ];
}
