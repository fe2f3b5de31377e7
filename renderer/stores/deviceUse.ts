import { create } from 'zustand';
import type { DeviceUse } from '../../core/engine/index.ts';
import { formatBytes } from '../ui/format.ts';
import { host } from './host.ts';

/** How busy the run under way keeps its device; null while none trains, or the first figures are still to come. */
export const useDeviceUse = create<{ readonly runId: string | null; readonly use: DeviceUse | null }>()(() => ({
  runId: null,
  use: null,
}));

/** Figures that are not followed by others within this time say nothing of now. */
const STALE_MS = 4000;

/** Keeps the store in step with the host. Call once. */
export function followDeviceUse(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const forget = () => {
    clearTimeout(timer);
    useDeviceUse.setState({ runId: null, use: null });
  };
  const stop = host().onEvent((event) => {
    if (event.type === 'deviceUse') {
      clearTimeout(timer);
      timer = setTimeout(forget, STALE_MS);
      useDeviceUse.setState({ runId: event.runId, use: event.use });
    }
    // A paused or ended run leaves its device alone: its last figures must not stay.
    if (event.type === 'run' && event.record.status !== 'running' && event.record.id === useDeviceUse.getState().runId)
      forget();
    if (event.type === 'engineDied') forget();
  });
  return () => {
    clearTimeout(timer);
    stop();
  };
}

const percent = (share: number) => `${Math.round(share * 100)} %`;

export interface BusyFigure {
  readonly label: string;
  readonly value: string;
  readonly unit: string;
  /** Where there is room. */
  readonly more: string;
}

/** The figure that says most of this device. */
export function busyFigure(use: DeviceUse): BusyFigure {
  const { coresUsed, cores, memory, waiting, card } = use;
  if (card !== null && card.busy !== null)
    return {
      label: 'Card busy',
      value: percent(card.busy),
      unit: '',
      more: `${formatBytes(card.memoryUsed)} of ${formatBytes(card.memoryTotal)}`,
    };
  if (waiting !== null) return { label: 'Device wait', value: percent(waiting), unit: '', more: 'of the time' };
  return { label: 'Cores busy', value: coresUsed.toFixed(1), unit: `of ${cores}`, more: `· ${formatBytes(memory)}` };
}

/** `1.7 of 2 cores`, `card 93 % busy`: short enough for a line. */
export function busyText(use: DeviceUse): string {
  if (use.card !== null && use.card.busy !== null) return `card ${percent(use.card.busy)} busy`;
  if (use.waiting !== null) return `waits for the device ${percent(use.waiting)} of the time`;
  return `${use.coresUsed.toFixed(1)} of ${use.cores} ${use.cores === 1 ? 'core' : 'cores'}`;
}
