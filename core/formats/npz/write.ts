import { strToU8, zipSync } from 'fflate';
import type { LoomDocument } from '../../document/index.ts';
import { ProblemError } from '../../errors.ts';
import { resolveNetwork } from '../../graph/index.ts';
import type { Shape } from '../../tensor/index.ts';
import { zippableWeightBytes } from '../weightBytes.ts';
import type { Weight, WeightMap } from '../weightMap.ts';

/**
 * The weights of a design as a NumPy archive: `numpy.load` gives float32 arrays by `<layer name>/<weight name>`, laid out as in Keras.
 * @throws ProblemError when the design has errors or is too big for one file
 */
export function writeNpz(document: LoomDocument, weights: WeightMap): Uint8Array {
  const network = resolveNetwork(document);
  if (!network.ok) throw new ProblemError(network.error);
  zippableWeightBytes(network.value, 'npz');
  const names = network.value.layers.flatMap(({ name, weights: specs }) =>
    specs.map((weight) => `${name}/${weight.name}`),
  );
  const files = names.map((name): [string, Uint8Array] => {
    const weight = weights.get(name);
    if (weight === undefined) throw new Error(`Weight "${name}" is missing.`);
    return [`${name}.npy`, arrayFile(weight)];
  });
  return zipSync(Object.fromEntries(files), { level: 0 });
}

/** About how many bytes `writeNpz` makes. @throws as it does */
export function npzBytes(document: LoomDocument): number {
  const network = resolveNetwork(document);
  if (!network.ok) throw new ProblemError(network.error);
  const count = network.value.layers.reduce((sum, { weights }) => sum + weights.length, 0);
  return zippableWeightBytes(network.value, 'npz') + count * 300;
}

/** A `.npy` file, version 1.0 (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html): its data begin at a multiple of 64. */
function arrayFile({ shape, data }: Weight): Uint8Array {
  const described = `{'descr': '<f4', 'fortran_order': False, 'shape': ${tuple(shape)}, }`;
  const length = Math.ceil((MAGIC.length + 2 + described.length + 1) / 64) * 64 - MAGIC.length - 2;
  const header = strToU8(`${described.padEnd(length - 1)}\n`);
  const file = new Uint8Array(MAGIC.length + 2 + length + data.byteLength);
  file.set(MAGIC);
  new DataView(file.buffer).setUint16(MAGIC.length, length, true);
  file.set(header, MAGIC.length + 2);
  file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), MAGIC.length + 2 + length);
  return file;
}

const MAGIC = Uint8Array.of(0x93, ...strToU8('NUMPY'), 1, 0);

const tuple = (shape: Shape) => (shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`);
