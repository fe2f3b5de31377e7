import type { AnyLayerDefinition, AnyParams } from '../catalogue/index.ts';
import type { JsonValue } from '../json.ts';
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
  if (layer.family === 'conv' || layer.family === 'pool') {
    const window = params.kernelSize ?? params.poolSize;
    if (window === undefined) return layer.family === 'conv' ? rescaled(arriving, params) : null;
    const kernel = perAxis(window, axes, 1);
    const stride = perAxis(params.strides ?? null, axes, params.poolSize === undefined ? 1 : kernel);
    const dilation = perAxis(params.dilationRate ?? 1, axes, 1);
    return {
      size: arriving.size.map((r, i) => r + ((kernel[i] ?? 1) - 1) * (dilation[i] ?? 1) * (arriving.jump[i] ?? 1)),
      jump: arriving.jump.map((j, i) => j * (stride[i] ?? 1)),
    };
  }
  if (layer.type.startsWith('UpSampling')) return rescaled(arriving, params);
  if (KEEPS_POSITIONS.has(layer.family) || layer.type === 'Dense' || layer.type.startsWith('ZeroPadding'))
    return arriving;
  return null;
}

const KEEPS_POSITIONS: ReadonlySet<string> = new Set(['norm', 'act', 'reg', 'merge', 'io']);

/** Repeating every position `size` times brings neighbouring outputs closer together. */
function rescaled(field: ReceptiveField, params: AnyParams): ReceptiveField {
  const factor = perAxis(params.size ?? 1, field.jump.length, 1);
  return { size: field.size, jump: field.jump.map((j, i) => j / (factor[i] ?? 1)) };
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

function perAxis(value: JsonValue, axes: number, fallback: number | readonly number[]): readonly number[] {
  const given = value ?? fallback;
  if (typeof given === 'number') return Array(axes).fill(given);
  return Array.isArray(given) ? given.map((n) => (typeof n === 'number' ? n : 1)) : Array(axes).fill(1);
}
