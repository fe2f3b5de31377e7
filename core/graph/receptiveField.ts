import type { AnyLayerDefinition, AnyParams } from '../catalogue/index.ts';
import type { Shape } from '../tensor/index.ts';

/** How far one output position sees, per spatial axis, and how far apart neighbouring outputs are, both in input positions. */
export interface ReceptiveField {
  readonly size: readonly number[];
  readonly jump: readonly number[];
}

/**
 * Receptive field of a layer's output from those of its inputs: r' = r + (k − 1)·d·j, j' = j·s (Araujo, Norris & Sim 2019).
 * Null where outputs have no position of their own: vectors, recurrent layers, after global pooling or a reshape.
 */
export function receptiveFieldAfter(
  layer: AnyLayerDefinition,
  params: AnyParams,
  inputs: readonly (ReceptiveField | null)[],
  output: Shape,
): ReceptiveField | null {
  const axes = output.length - 1;
  if (axes < 1) return null;
  if (layer.type === 'Input') return { size: Array(axes).fill(1), jump: Array(axes).fill(1) };
  const arriving = widest(inputs);
  if (arriving === null || arriving.size.length !== axes) return null;
  const { window } = layer.traits;
  if (window === undefined) return null;
  if (window === 'position') return arriving;
  const { size, strides, dilation } = window(params);
  return {
    size: arriving.size.map((r, i) => r + ((size[i] ?? 1) - 1) * (dilation[i] ?? 1) * (arriving.jump[i] ?? 1)),
    jump: arriving.jump.map((j, i) => j * (strides[i] ?? 1)),
  };
}

/** Where several wires meet, the output sees whatever the widest of them sees. */
function widest(inputs: readonly (ReceptiveField | null)[]): ReceptiveField | null {
  let result: ReceptiveField | null = null;
  for (const field of inputs) {
    if (field === null || (result !== null && result.size.length !== field.size.length)) return null;
    const before: ReceptiveField = result ?? field;
    result = {
      size: field.size.map((r, i) => Math.max(r, before.size[i] ?? r)),
      jump: field.jump.map((j, i) => Math.max(j, before.jump[i] ?? j)),
    };
  }
  return result;
}
