import type { BackendInfo, Benchmark, Hardware } from '../../../core/engine/index.ts';
import { formatBytes, formatCount, formatMoment, plural } from '../../ui/index.ts';

/** What a device is to this window, in two or three words. */
export interface DeviceState {
  readonly label: string;
  readonly tone: 'neutral' | 'good' | 'warning' | 'accent';
}

export function deviceState(info: BackendInfo, inUse: boolean): DeviceState {
  if (inUse && info.available) return { label: 'in use', tone: 'accent' };
  if (info.software) return { label: 'software', tone: 'warning' };
  if (info.available) return { label: 'available', tone: 'good' };
  if (info.obstacle === 'not-installed') return { label: 'not installed', tone: 'neutral' };
  if (info.obstacle === 'no-device') return { label: 'no device', tone: 'neutral' };
  return { label: 'not possible here', tone: 'neutral' };
}

/** `AMD EPYC · 2 cores · 25 GB memory, 22 GB free`, without what the device's name has said already. */
export function hardwareLine({ name, cores, memory, largestTensor }: Hardware, device: string): string {
  return [
    ...(device.includes(name) ? [] : [name]),
    ...(cores === null ? [] : [plural(cores, 'core')]),
    ...(memory === null ? [] : [`${formatBytes(memory.total)} memory, ${formatBytes(memory.free)} free`]),
    ...(largestTensor === null ? [] : [`largest tensor ${formatBytes(largestTensor)}`]),
  ].join(' · ');
}

/** `2,223`; two digits where there are not many. */
export function speedNumber({ samplesPerSecond }: Benchmark): string {
  return samplesPerSecond < 100
    ? String(Number(samplesPerSecond.toPrecision(2)))
    : formatCount(Math.round(samplesPerSecond));
}

/** `28.8 ms a step of 64 · measured today 14:02`, with what was different then. */
export function measuredLine(measured: Benchmark, info: BackendInfo): string {
  return [
    `${stepTime(measured.msPerStep)} ms a step of ${measured.batchSize}`,
    `measured ${formatMoment(measured.measuredAt)}`,
    ...(measured.version === info.version ? [] : [`with version ${measured.version}`]),
    ...(measured.device === info.device ? [] : [`on ${measured.device}`]),
  ].join(' · ');
}

function stepTime(ms: number): string {
  return ms < 1000 ? String(Number(ms.toPrecision(3))) : formatCount(ms);
}

/** `7.4× slower` than the fastest. */
export function slower(measured: Benchmark, fastest: Benchmark): string {
  const times = fastest.samplesPerSecond / measured.samplesPerSecond;
  if (times < 1.05) return '';
  return `${times < 10 ? times.toFixed(1) : formatCount(Math.round(times))}× slower`;
}
