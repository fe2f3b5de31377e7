import type { TrainingSettings } from '../document/index.ts';
import { optimizerOf } from '../training/index.ts';
import type { NodeAnalysis, Totals } from './analysis.ts';

const BYTES = 4;

/** Copies of every trainable weight the optimiser keeps: two moments for Adam, one velocity for SGD with momentum. */
export function optimizerSlots({ optimizer }: TrainingSettings): number {
  return optimizerOf(optimizer).slots(optimizer).length;
}

/** Sums over the layers that take part in the network; `layers` does not count Input and Output nodes. */
export function sumUp(nodes: Iterable<NodeAnalysis>, layers: number, training: TrainingSettings): Totals {
  let trainable = 0;
  let nonTrainable = 0;
  let macs = 0;
  let activations = 0;
  for (const node of nodes) {
    trainable += node.params.trainable;
    nonTrainable += node.params.nonTrainable;
    macs += node.macs;
    activations += node.activationBytes;
  }
  const params = trainable + nonTrainable;
  const weightBytes = BYTES * (params + trainable * (1 + optimizerSlots(training)));
  const activationBytes = activations * training.batchSize;
  return {
    layers,
    params,
    trainable,
    nonTrainable,
    macs,
    weightBytes,
    activationBytes,
    bytes: weightBytes + activationBytes,
  };
}
