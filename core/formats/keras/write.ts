import { strToU8, zipSync } from 'fflate';
import type { LoomDocument } from '../../document/index.ts';
import { ProblemError } from '../../errors.ts';
import { modelName, resolveNetwork } from '../../graph/index.ts';
import { zippableWeightBytes } from '../weightBytes.ts';
import type { WeightMap } from '../weightMap.ts';
import { kerasModelConfig } from './modelConfig.ts';
import { writeKerasWeights } from './weightsFile.ts';

/** What the file says it was written with. Any Keras 3 loads it. */
const KERAS_VERSION = '3.0.0';

/**
 * A Keras 3 `.keras` file of this design with these weights: a stored zip of metadata.json, config.json and model.weights.h5.
 * Inputs and outputs are in graph order; layers keep their names.
 * @throws ProblemError when the design has errors, holds a layer Keras lacks, or is too big for one file.
 */
export async function writeKeras(document: LoomDocument, weights: WeightMap): Promise<Uint8Array> {
  const network = resolveNetwork(document);
  if (!network.ok) throw new ProblemError(network.error);
  zippableWeightBytes(network.value, 'keras');
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

/** HDF5 describes each group and dataset in some hundred bytes. */
const BYTES_EACH = 800;

/** About how many bytes `writeKeras` makes. @throws as it does */
export function kerasBytes(document: LoomDocument): number {
  const network = resolveNetwork(document);
  if (!network.ok) throw new ProblemError(network.error);
  const config = JSON.stringify(kerasModelConfig(modelName(document), network.value));
  const parts = network.value.layers.reduce((sum, { weights }) => sum + 2 + weights.length, 0);
  return zippableWeightBytes(network.value, 'keras') + config.length + parts * BYTES_EACH;
}
