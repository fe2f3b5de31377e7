import { io } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { ProblemError } from '../../errors.ts';

export interface TfjsFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const WEIGHTS_FILE = 'group1-shard1of1.bin';

/**
 * A model as a TensorFlow.js layers model: `model.json` (topology and weights manifest) and one file of weights. Plain
 * `@tensorflow/tfjs-layers` loads it, with none of our code.
 * @param model built in `export` mode, so that its layers, initialisers and constraints carry stock names
 * @throws ProblemError `tfjs-unsupported`, naming the layer, where one needs a class of our own
 */
export async function writeTfjs(model: LayersModel): Promise<readonly TfjsFile[]> {
  for (const layer of model.layers) checkStock(layer);
  let artifacts: io.ModelArtifacts | undefined;
  await model.save(
    io.withSaveHandler(async (made) => {
      artifacts = made;
      return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } };
    }),
  );
  if (!artifacts?.weightData) throw new Error('TensorFlow.js gave no weights to save');
  const description = {
    format: 'layers-model',
    generatedBy: 'Layerloom',
    convertedBy: null,
    modelTopology: withoutConstraints(artifacts.modelTopology),
    weightsManifest: [{ paths: [WEIGHTS_FILE], weights: artifacts.weightSpecs }],
  };
  return [
    { name: 'model.json', bytes: new TextEncoder().encode(`${JSON.stringify(description, null, 2)}\n`) },
    { name: WEIGHTS_FILE, bytes: new Uint8Array(io.CompositeArrayBuffer.join(artifacts.weightData)) },
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

/** Our own classes (`CustomLayerName`) all begin so; a chain's later layers are called `<node>.<what>`. */
function checkStock(layer: Layer): void {
  const needs = layer.getClassName().startsWith('Loom') ? layer.getClassName() : unreadableActivation(layer);
  if (needs === null) return;
  const node = layer.name.split('.')[0] ?? layer.name;
  if (needs === 'LoomMultiHeadAttention')
    throw new ProblemError({
      code: 'tfjs-unsupported',
      title: 'Not in TensorFlow.js',
      message: `Layer "${node}" is multi-head attention. The layers of TensorFlow.js have none, so plain TensorFlow.js could not load this design. Export to Keras instead.`,
      facts: { layer: node, needs },
    });
  throw new ProblemError({
    code: 'tfjs-unsupported',
    title: 'Not in TensorFlow.js',
    message: `Layer "${node}" is set to something that the layers of TensorFlow.js lack or get wrong (dilation, groups, an activation or an interpolation, for example), so plain TensorFlow.js could not load this design. Set the layer back to its simpler form, or export to Keras instead.`,
    facts: { layer: node, needs },
  });
}

/** TensorFlow.js 4.22 saves this activation as `gelu_new`, then looks for `geluNew` when it loads the file. */
function unreadableActivation(layer: Layer): string | null {
  return layer.getConfig().activation === 'gelu_new' ? 'gelu_new' : null;
}
