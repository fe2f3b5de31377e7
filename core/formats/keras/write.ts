import { strToU8, zipSync } from 'fflate';
import type { LoomDocument } from '../../document/index.ts';
import { ProblemError } from '../../errors.ts';
import { modelName, type Network, resolveNetwork } from '../../graph/index.ts';
import type { WeightMap } from '../weightMap.ts';
import { kerasModelConfig } from './modelConfig.ts';
import { writeKerasWeights } from './weightsFile.ts';

/** What the file says it was written with. Any Keras 3 loads it. */
const KERAS_VERSION = '3.0.0';

/** The zip format used here ends at 4 GiB, and the file is made in memory beside the weights. */
const MAX_WEIGHT_BYTES = 2 ** 31 - 2 ** 24;

/**
 * A Keras 3 `.keras` file of this design with these weights: a stored zip of metadata.json, config.json and model.weights.h5.
 * Inputs and outputs are in graph order; layers keep their names.
 * @throws ProblemError when the design has errors, holds a layer Keras lacks, or is too big for one file.
 */
export async function writeKeras(document: LoomDocument, weights: WeightMap): Promise<Uint8Array> {
  const network = resolveNetwork(document);
  if (!network.ok) throw new ProblemError(network.error);
  checkSize(network.value);
  const name = modelName(document);
  const config = kerasModelConfig(name, network.value);
  const weightsFile = await writeKerasWeights(name, network.value, weights);
  const metadata = {
    keras_version: KERAS_VERSION,
    date_saved: new Date().toISOString().slice(0, 19).replace('T', '@'),
  };
  return zipSync(
    {
      'metadata.json': strToU8(JSON.stringify(metadata)),
      'config.json': strToU8(JSON.stringify(config)),
      'model.weights.h5': weightsFile,
    },
    { level: 0 },
  );
}

function checkSize(network: Network): void {
  const bytes = network.layers
    .flatMap((layer) => layer.weights)
    .reduce((sum, weight) => sum + 4 * weight.shape.reduce((product, n) => product * n, 1), 0);
  if (bytes <= MAX_WEIGHT_BYTES) return;
  throw new ProblemError({
    code: 'export-too-big',
    title: 'Too big to export',
    message: `The weights take ${(bytes / 2 ** 30).toFixed(1)} GiB, but a .keras file written here can hold ${(MAX_WEIGHT_BYTES / 2 ** 30).toFixed(1)} GiB. Make the largest layers smaller, or export the source code and train it in Keras.`,
    facts: { bytes, limit: MAX_WEIGHT_BYTES },
  });
}
