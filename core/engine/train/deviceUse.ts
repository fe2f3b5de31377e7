import { processorCores } from '../backends/processor.ts';
import { followNvidiaCard, type NvidiaCard } from '../backends/tensorflow/nvidiaSmi.ts';
import type { DeviceUse } from '../deviceFacts.ts';

const EVERY_MS = 1000;
/** The driver writes every two seconds; a figure older than this says nothing of now. */
const CARD_STALE_MS = 5000;

export interface UseOptions {
  /** Whether it is an NVIDIA card that computes. */
  readonly nvidia: boolean;
  /** Seconds spent so far in waiting for the device; null for one that makes the engine itself compute. */
  readonly waited: () => number | null;
  readonly tell: (use: DeviceUse) => void;
}

/**
 * Tells about once a second how busy this process keeps its device. Needs nothing of the training itself: the system counts processor
 * time, the card's driver its own.
 * @returns a function that ends it
 */
export function watchDeviceUse({ nvidia, waited, tell }: UseOptions): () => void {
  let card: { readonly facts: NvidiaCard; readonly at: number } | null = null;
  const unfollow = nvidia
    ? followNvidiaCard((facts) => {
        card = { facts, at: performance.now() };
      })
    : () => undefined;
  let before = { at: performance.now(), cpu: process.cpuUsage(), waited: waited() };
  const timer = setInterval(() => {
    const now = { at: performance.now(), cpu: process.cpuUsage(), waited: waited() };
    const seconds = (now.at - before.at) / 1000;
    const cpu = (now.cpu.user + now.cpu.system - before.cpu.user - before.cpu.system) / 1e6;
    const idle = now.waited === null || before.waited === null ? null : now.waited - before.waited;
    before = now;
    const cores = processorCores();
    tell({
      coresUsed: Math.min(cores, cpu / seconds),
      cores,
      memory: process.memoryUsage.rss(),
      waiting: idle === null ? null : Math.min(1, Math.max(0, idle / seconds)),
      card:
        card !== null && now.at - card.at < CARD_STALE_MS
          ? { busy: card.facts.busy, memoryUsed: card.facts.memoryUsed, memoryTotal: card.facts.memoryTotal }
          : null,
    });
  }, EVERY_MS);
  timer.unref();
  return () => {
    clearInterval(timer);
    unfollow();
  };
}
