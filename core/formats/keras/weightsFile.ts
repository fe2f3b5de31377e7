import type { Group } from 'h5wasm';
import type { Network, NetworkLayer } from '../../graph/index.ts';
import type { WeightMap } from '../weightMap.ts';
import { kerasLoadOrder } from './loadOrder.ts';
import { kerasCallOf } from './modelConfig.ts';

/**
 * `model.weights.h5` of a `.keras` file: `layers/<class in snake case>[_n]/[<holder>/]vars/<i>`, where i counts the holder's weights in the
 * order of its `WeightSpec`s, which is Keras's own. Tensors are laid out alike on both sides.
 * @throws Error when `weights` lacks one of the network's weights or has it in another shape (a bug, not a mistake of the user).
 */
export async function writeKerasWeights(
  name: string,
  network: Network,
  weights: WeightMap,
): Promise<Uint8Array<ArrayBuffer>> {
  // Loaded when first needed: the compiled HDF5 library is 4 MB. It keeps the file in its own memory, so nothing touches the disk.
  const { File, ready } = await import('h5wasm');
  const { FS } = await ready;
  const path = `model-${fileNumber++}.h5`;
  const file = new File(path, 'w');
  try {
    try {
      file.create_group('vars').create_attribute('name', name);
      const layers = file.create_group('layers');
      const used = new Map<string, number>();
      for (const layer of kerasLoadOrder(network.outputs.map((output) => output.source.layer))) {
        // Operations hold nothing and are not counted among the layers.
        if (layer.type !== 'Input' && kerasCallOf(layer).operation !== undefined) continue;
        const stem = snakeCase(layer.type === 'Input' ? 'InputLayer' : kerasCallOf(layer).className);
        const count = used.get(stem) ?? 0;
        used.set(stem, count + 1);
        writeLayer(layers.create_group(count === 0 ? stem : `${stem}_${count}`), layer, weights);
      }
    } finally {
      file.close();
    }
    return new Uint8Array(FS.readFile(path));
  } finally {
    FS.unlink(path);
  }
}

let fileNumber = 0;

function writeLayer(group: Group, layer: NetworkLayer, weights: WeightMap): void {
  const { holders = {} } = layer.type === 'Input' ? {} : kerasCallOf(layer);
  const own = group.create_group('vars');
  own.create_attribute('name', layer.exportName);
  const inside = new Map<string, Group>();
  for (const spec of layer.weights) {
    const name = holders[spec.name];
    const holder = name === undefined ? own : (inside.get(name) ?? group.create_group(name).create_group('vars'));
    if (name !== undefined) inside.set(name, holder);
    const key = `${layer.name}/${spec.name}`;
    const weight = weights.get(key);
    if (!weight || weight.shape.join() !== spec.shape.join())
      throw new Error(
        `Weight "${key}" should have shape [${spec.shape.join(', ')}], but is ${weight ? `[${weight.shape.join(', ')}]` : 'missing'}.`,
      );
    holder.create_dataset({
      name: String(holder.keys().length),
      data: weight.data,
      shape: [...spec.shape],
      dtype: '<f4',
    });
  }
}

/** As Keras spells class names in paths: `PReLU` is `p_re_lu`, `Conv2D` is `conv2d` (keras/src/utils/naming.py). */
export function snakeCase(className: string): string {
  return className
    .replace(/(.)([A-Z][a-z]+)/g, '$1_$2')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();
}
