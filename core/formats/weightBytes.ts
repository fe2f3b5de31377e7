import { ProblemError } from '../errors.ts';
import type { Network } from '../graph/index.ts';
import { sizeOf } from '../tensor/index.ts';

/** The zip format used here ends at 4 GiB, and the file is made in memory beside the weights. */
const MAX_WEIGHT_BYTES = 2 ** 31 - 2 ** 24;

/** Bytes of a network's weights. @throws ProblemError `export-too-big` where they are more than one zip file takes. */
export function zippableWeightBytes(network: Network, extension: string): number {
  const bytes = network.layers
    .flatMap((layer) => layer.weights)
    .reduce((sum, weight) => sum + 4 * sizeOf(weight.shape), 0);
  if (bytes <= MAX_WEIGHT_BYTES) return bytes;
  throw new ProblemError({
    code: 'export-too-big',
    title: 'Too big to export',
    message: `The weights take ${(bytes / 2 ** 30).toFixed(1)} GiB, but a .${extension} file written here can hold ${(MAX_WEIGHT_BYTES / 2 ** 30).toFixed(1)} GiB. Make the largest layers smaller, or export the source code and train it in Keras.`,
    facts: { bytes, limit: MAX_WEIGHT_BYTES },
  });
}
