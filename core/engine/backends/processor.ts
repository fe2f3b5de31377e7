import { availableParallelism, cpus, totalmem } from 'node:os';
import type { Hardware } from '../deviceFacts.ts';

/** Processor cores that this process may use. */
export function processorCores(): number {
  return availableParallelism();
}

/** The machine's processor and memory, as far as this process is allowed to use them. */
export function processor(): Hardware {
  // A container may have less than the machine; 0, or more than there is, means that nothing limits it.
  const limit = process.constrainedMemory();
  const total = limit > 0 ? Math.min(limit, totalmem()) : totalmem();
  return {
    kind: 'processor',
    name: cpus()[0]?.model.replace(/\s+/g, ' ').trim() || 'Processor',
    cores: processorCores(),
    memory: { total, free: Math.min(total, process.availableMemory()) },
    largestTensor: null,
  };
}
