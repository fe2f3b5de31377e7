import { createHash } from 'node:crypto';
import { io } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { ProblemError } from '../../errors.ts';
import type { Network } from '../../graph/index.ts';
import { type StockChange, stockAdvice, stockFix } from './stockSettings.ts';

/** A file of a TensorFlow.js model. */
export interface TfjsFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/**
 * Named by what is in it: another export into the same folder does not touch the file that the old `model.json` leads to, so that at every
 * moment `model.json` leads to weights of its own.
 */
function weightsFile(bytes: Uint8Array): string {
  const hash = createHash('sha256');
  for (let at = 0; at < bytes.length; at += MOST_AT_ONCE) hash.update(bytes.subarray(at, at + MOST_AT_ONCE));
  return `group1-shard1of1-${hash.digest('hex').slice(0, 16)}.bin`;
}

/** Node hashes less than 2 GiB at once. */
const MOST_AT_ONCE = 2 ** 30;

/**
 * A model as a TensorFlow.js layers model: `model.json` (topology and weights manifest) and one file of weights. Plain
 * `@tensorflow/tfjs-layers` loads it, with none of our code.
 * @param network what it was built from, in which a layer that cannot be written is looked up
 * @param model built in `export` mode, so that its layers, initialisers and constraints carry stock names
 * @throws ProblemError `tfjs-unsupported`, naming the layer, where one needs a class of our own
 */
export async function writeTfjs(model: LayersModel, network: Network): Promise<readonly TfjsFile[]> {
  for (const layer of model.layers) checkStock(layer, network);
  let artifacts: io.ModelArtifacts | undefined;
  await model.save(
    io.withSaveHandler(async (made) => {
      artifacts = made;
      return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } };
    }),
  );
  if (!artifacts?.weightData) throw new Error('TensorFlow.js gave no weights to save');
  const weights = new Uint8Array(io.CompositeArrayBuffer.join(artifacts.weightData));
  const name = weightsFile(weights);
  const description = {
    format: 'layers-model',
    generatedBy: 'Layerloom',
    convertedBy: null,
    modelTopology: withoutConstraints(artifacts.modelTopology),
    weightsManifest: [{ paths: [name], weights: artifacts.weightSpecs }],
  };
  return [
    { name: 'model.json', bytes: new TextEncoder().encode(`${JSON.stringify(description, null, 2)}\n`) },
    { name, bytes: weights },
  ];
}

/**
 * The topology with every weight constraint taken out. Plain TensorFlow.js applies a constraint to each weight it loads, and its
 * constraints take norms over the first axis alone, so it would change the weights of convolutions before the first prediction.
 */
function withoutConstraints(topology: unknown): unknown {
  if (Array.isArray(topology)) return topology.map(withoutConstraints);
  if (typeof topology !== 'object' || topology === null) return topology;
  return Object.fromEntries(
    Object.entries(topology).map(([key, value]) => [
      key,
      key.endsWith('_constraint') ? null : withoutConstraints(value),
    ]),
  );
}

type Layer = LayersModel['layers'][number];

/** Our own classes (`CustomLayerName`) all begin so; a chain's later layers are called `<layer>.<what>`. */
function checkStock(layer: Layer, network: Network): void {
  const needs = layer.getClassName();
  if (!needs.startsWith('Loom')) return;
  const exportName = layer.name.split('.')[0] ?? layer.name;
  const advice = stockAdvice(network, exportName);
  const name = advice?.layer.name ?? exportName;
  const changes = advice?.changes ?? [];
  const what = advice === null ? 'layer' : advice.layer.definition.title;
  const way =
    changes.length === 0
      ? 'Export to Keras instead.'
      : `To export it so, ${changes.map(({ words }) => words).join(' and ')}, and train again where it had been trained; or export to Keras.`;
  throw new ProblemError({
    code: 'tfjs-unsupported',
    title: 'Not in TensorFlow.js',
    message: `“${name}” is a ${what} that the layers of TensorFlow.js ${changes.length === 0 ? 'do not have' : `do not have with ${settings(changes)} as set`}, so plain TensorFlow.js could not load this design. ${way}`,
    ...(advice !== null && { nodeId: advice.layer.id, fixes: stockFix(advice) }),
    facts: { layer: name, needs, settings: changes.map(({ param }) => param) },
  });
}

const settings = (changes: readonly StockChange[]) => changes.map(({ label }) => `“${label}”`).join(' and ');
