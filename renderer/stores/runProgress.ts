import { isActive, isTraining, type RunRecord } from '../../core/runs/index.ts';

export interface RunProgress {
  /** The epoch under way, from 1; after the end, the last one done. */
  readonly epoch: number;
  /** 0..1 of all steps. */
  readonly share: number;
  /** Seconds still to go at the pace so far, null when it cannot be told. */
  readonly left: number | null;
}

/** How far a run is. */
export function runProgress(record: RunRecord): RunProgress {
  const total = record.epochs * record.stepsPerEpoch;
  const share = total > 0 ? Math.min(1, record.step / total) : record.epochs > 0 ? record.epoch / record.epochs : 0;
  const under = record.stepsPerEpoch > 0 ? Math.floor(record.step / record.stepsPerEpoch) + 1 : record.epoch + 1;
  const going = isActive(record);
  return {
    epoch: going ? Math.min(record.epochs, Math.max(1, under)) : record.epoch,
    share,
    left: going && share > 0.001 && record.elapsed > 0 ? (record.elapsed * (1 - share)) / share : null,
  };
}

const STATUS_LABELS: { readonly [S in RunRecord['status']]: string } = {
  starting: 'starting',
  running: 'training',
  paused: 'paused',
  finished: 'finished',
  stopped: 'stopped',
  failed: 'failed',
  interrupted: 'interrupted',
};

/** What a training that ended without an error came to, where that was not well. */
const FINDING_LABELS: { readonly [code: string]: string } = {
  'at-chance': 'at chance',
  'class-never-predicted': 'class missed',
  'loss-exploded': 'exploded',
};

/** What a status is read from. */
type Standing = Pick<RunRecord, 'status' | 'findings' | 'elsewhere'>;

/** One word for where a run stands, or how it came out. */
export function statusLabel({ status, findings = [], elsewhere }: Standing): string {
  if (elsewhere !== undefined) return 'elsewhere';
  const found = status === 'finished' ? findings[0] : undefined;
  return found === undefined ? STATUS_LABELS[status] : (FINDING_LABELS[found.code] ?? 'see below');
}

export function statusTone(standing: Standing): 'neutral' | 'good' | 'warning' | 'error' | 'accent' {
  const { status, findings = [] } = standing;
  if (isTraining(standing)) return 'accent';
  if (status === 'paused' || status === 'interrupted') return 'warning';
  if (status === 'failed') return 'error';
  if (status !== 'finished') return 'neutral';
  return findings.length > 0 ? 'warning' : 'good';
}
