import type { Benchmark, DeviceUse, Hardware } from '../engine/index.ts';
import { formatBytes, formatCount } from './table.ts';

/** `AMD EPYC, 2 cores, 23.5 GiB memory (21.0 GiB free)` */
export function hardwareText({ name, cores, memory, largestTensor }: Hardware): string {
  return [
    name,
    ...(cores === null ? [] : [`${cores} ${cores === 1 ? 'core' : 'cores'}`]),
    ...(memory === null ? [] : [`${formatBytes(memory.total)} memory (${formatBytes(memory.free)} free)`]),
    ...(largestTensor === null ? [] : [`largest tensor ${formatBytes(largestTensor)}`]),
  ].join(', ');
}

/** `1,840 samples/s, 34.8 ms a step of 64` */
export function speedText({ samplesPerSecond, msPerStep, batchSize }: Benchmark): string {
  const speed =
    samplesPerSecond < 100
      ? String(Number(samplesPerSecond.toPrecision(2)))
      : formatCount(Math.round(samplesPerSecond));
  return `${speed} samples/s, ${Number(msPerStep.toPrecision(3))} ms a step of ${batchSize}`;
}

/** `measured 2026-11-22: 1,840 samples/s, 34.8 ms a step of 64`; with the version where it is not today's. */
export function measuredText(measured: Benchmark, version: string): string {
  const then = measured.version === version ? '' : ` with version ${measured.version}`;
  return `measured ${measured.measuredAt.slice(0, 10)}${then}: ${speedText(measured)}`;
}

/** `card 93 % busy, 1.7 of 2 cores` */
export function useText({ coresUsed, cores, waiting, card }: DeviceUse): string {
  const percent = (share: number) => `${Math.round(share * 100)} %`;
  return [
    ...(card === null || card.busy === null ? [] : [`card ${percent(card.busy)} busy`]),
    ...(waiting === null ? [] : [`waits for the device ${percent(waiting)}`]),
    `${coresUsed.toFixed(1)} of ${cores} cores`,
  ].join(', ');
}
